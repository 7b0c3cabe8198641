/** How a message sounds at the moment; times in ms. */
export interface Playing {
  readonly id: string;
  readonly playing: boolean;
  readonly positionMs: number;
  readonly lengthMs: number;
}

/**
 * Plays one message at a time through an AudioContext: a page with a strict `media-src` lets no element play what is in
 * memory. Make it by a gesture; nothing runs while nothing plays.
 */
export class Player {
  readonly #tell: (now: Playing | null) => void;
  #context: AudioContext | undefined;
  #buffer: AudioBuffer | undefined;
  #source: AudioBufferSourceNode | undefined;
  #id = '';
  /** Where in the message it stands, in seconds, when it does not play. */
  #offset = 0;
  #startedAt = 0;
  #frame = 0;

  /** @param tell hears each change, and each frame while it plays; null when it is put away */
  constructor(tell: (now: Playing | null) => void) {
    this.#tell = tell;
  }

  get id(): string {
    return this.#id;
  }

  /** Takes another message and plays it from its beginning. Rejects when it is no sound. */
  async load(id: string, bytes: ArrayBuffer): Promise<void> {
    this.stop();
    this.#context ??= new AudioContext();
    const buffer = await this.#context.decodeAudioData(bytes.slice(0));
    this.#id = id;
    this.#buffer = buffer;
    this.#offset = 0;
    await this.play();
  }

  async play(): Promise<void> {
    const context = this.#context;
    if (!context || !this.#buffer || this.#source) return;
    if (this.#offset >= this.#buffer.duration) this.#offset = 0;
    await context.resume();
    // Asked for twice meanwhile: one of the two could not be stopped any more.
    if (this.#source) return;
    const source = context.createBufferSource();
    source.buffer = this.#buffer;
    source.connect(context.destination);
    source.addEventListener('ended', () => {
      if (this.#source === source) this.#rest(this.#buffer?.duration ?? 0);
    });
    source.start(0, this.#offset);
    this.#source = source;
    this.#startedAt = context.currentTime - this.#offset;
    this.#follow();
  }

  pause(): void {
    if (this.#source) this.#rest(this.#position());
  }

  seek(positionMs: number): void {
    if (!this.#buffer) return;
    const plays = this.#source !== undefined;
    this.#rest(Math.min(positionMs / 1000, this.#buffer.duration));
    if (plays) void this.play();
  }

  /** Puts the message away. */
  stop(): void {
    if (!this.#id) return;
    this.#silence();
    this.#id = '';
    this.#buffer = undefined;
    this.#tell(null);
  }

  /** Lets go of the sound device. */
  async close(): Promise<void> {
    this.stop();
    const context = this.#context;
    this.#context = undefined;
    await context?.close();
  }

  #position(): number {
    if (!this.#source || !this.#context) return this.#offset;
    return Math.min(this.#context.currentTime - this.#startedAt, this.#buffer?.duration ?? 0);
  }

  #rest(offset: number): void {
    this.#silence();
    this.#offset = offset;
    this.#say(false);
  }

  #silence(): void {
    cancelAnimationFrame(this.#frame);
    const source = this.#source;
    this.#source = undefined;
    source?.stop();
    source?.disconnect();
  }

  #follow(): void {
    this.#say(true);
    this.#frame = requestAnimationFrame(() => this.#follow());
  }

  #say(playing: boolean): void {
    const lengthMs = (this.#buffer?.duration ?? 0) * 1000;
    this.#tell({ id: this.#id, playing, positionMs: this.#position() * 1000, lengthMs });
  }
}
