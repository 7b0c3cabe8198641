import type { Clock } from '@multiline/core';
import type { AudioFlow } from './audio-stats.ts';
import { onGesture } from './gesture.ts';
import { loudness, speech, type Speech } from './speech.ts';

/** What goes out in the place of the microphone. */
export interface AudioRoute {
  /** Asked whenever the microphone changes, also for none. */
  through(microphone: MediaStreamTrack | undefined): MediaStreamTrack;
  /** How loud the microphone is that goes in: what the connection measures is all that comes out. */
  microphone(): Pick<AudioFlow, 'level' | 'energy'>;
}

/** A call as the mixer needs it; a `SessionMedia` is one. */
export interface MixedCall {
  /** What the other side says. */
  readonly remote: MediaStream;
  /** Sends by this route from now on; without one the microphone alone. Resolves when it is so. */
  route(through?: AudioRoute): Promise<void>;
}

/** Lets calls hear one another in this browser. */
export interface Mixer<Member extends MixedCall> {
  /** These hear one another and us, nobody itself; whoever was in it and is not named hears only us. Fewer than two dissolve it. */
  mix(members: readonly Member[]): Promise<void>;
  /** The others do not hear this one, now or once it is in; it hears them and us. */
  silence(member: Member, silenced: boolean): void;
  /** Hears who begins and stops to speak, at most ten times a second. Measures only while somebody listens. Answers how to stop. */
  onSpeaking(listener: (member: Member, speaking: boolean) => void): () => void;
}

/**
 * Each member is sent our microphone, which is silent while we are muted, and the voices of all other members. What plays here
 * is not the mixer's: each call's own playback goes on.
 */
export function createMixer<Member extends MixedCall>(
  clock: Clock,
  openContext: () => AudioContext = () => new AudioContext(),
): Mixer<Member> {
  const places = new Map<Member, Place>();
  const silenced = new WeakSet<Member>();
  const listeners = new Set<(member: Member, speaking: boolean) => void>();
  const tell = (member: Member, speaking: boolean): void => {
    for (const listener of [...listeners]) listener(member, speaking);
  };
  let context: AudioContext | undefined;
  let stopLook: (() => void) | undefined;
  let stopWaiting: (() => void) | undefined;

  const look = (): void => {
    for (const [member, { said }] of places) {
      const speaking = said.look(clock.now());
      if (speaking !== undefined) tell(member, speaking);
    }
    stopLook = clock.at(clock.now() + lookMs, look);
  };
  const watch = (): void => {
    const wanted = places.size > 0 && listeners.size > 0;
    if (wanted && !stopLook) look();
    if (wanted) return;
    stopLook?.();
    stopLook = undefined;
  };

  /** A browser may hold the sound back until this page has had a gesture: the conference was perhaps made in another tab. */
  const begin = (): void => {
    stopWaiting?.();
    if (context?.state !== 'suspended') return;
    const resume = (): void => void context?.resume().catch(() => undefined);
    stopWaiting = onGesture(resume);
    resume();
  };

  const enter = (member: Member): Promise<void> => {
    context ??= openContext();
    const place = seat(context, member.remote);
    place.voice.gain.value = silenced.has(member) ? 0 : 1;
    for (const other of places.values()) {
      other.voice.connect(place.ear);
      place.voice.connect(other.ear);
    }
    places.set(member, place);
    return member.route(place);
  };
  const leave = async (member: Member, place: Place): Promise<void> => {
    places.delete(member);
    if (place.said.speaking) tell(member, false);
    place.voice.disconnect();
    for (const other of places.values()) other.voice.disconnect(place.ear);
    await member.route();
    place.close();
  };

  return {
    async mix(members) {
      const wanted = new Set(members.length < 2 ? [] : members);
      const changes = [...places].filter(([member]) => !wanted.has(member)).map((place) => leave(...place));
      for (const member of wanted) if (!places.has(member)) changes.push(enter(member));
      const done = places.size === 0 ? context : undefined;
      if (done) context = undefined;
      watch();
      begin();
      await Promise.all(changes);
      await done?.close();
    },
    silence(member, silent) {
      if (silent) silenced.add(member);
      else silenced.delete(member);
      const place = places.get(member);
      if (place) place.voice.gain.value = silent ? 0 : 1;
    },
    onSpeaking(listener) {
      listeners.add(listener);
      watch();
      return () => {
        listeners.delete(listener);
        watch();
      };
    },
  };
}

/** How often voices are measured, in ms. */
const lookMs = 100;
/** The last samples tell how loud a microphone is now. */
const nowSamples = 4096;

/** What a member has in the mixing context. */
interface Place extends AudioRoute {
  /** What the others hear of it. */
  readonly voice: GainNode;
  /** What it hears. */
  readonly ear: MediaStreamAudioDestinationNode;
  readonly said: Speech;
  close(): void;
}

function seat(context: AudioContext, remote: MediaStream): Place {
  const voice = new GainNode(context);
  // Voices are mono; two channels would cost twice.
  const ear = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  const [mixed] = ear.stream.getAudioTracks() as [MediaStreamTrack];
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  // Whoever asks how loud we were asks every two seconds: as much of them as an analyser keeps.
  const ours = new AnalyserNode(context, { fftSize: 32_768 });
  const samples = new Float32Array(ours.fftSize);
  let energy = 0;
  let source: MediaStreamAudioSourceNode | undefined;
  // Chromium lets a remote stream flow only while an element has it.
  const tap = new Audio();
  tap.muted = true;
  tap.srcObject = remote;
  // Absent when the other side has never sent anything: it listens.
  const heard = remote.getAudioTracks().length > 0 ? context.createMediaStreamSource(remote) : undefined;
  heard?.connect(voice);
  heard?.connect(analyser);
  return {
    voice,
    ear,
    said: speech(analyser),
    through(track) {
      source?.disconnect();
      source = track && context.createMediaStreamSource(new MediaStream([track]));
      source?.connect(ear);
      source?.connect(ours);
      return mixed;
    },
    microphone() {
      ours.getFloatTimeDomainData(samples);
      energy += loudness(samples) ** 2;
      return { level: loudness(samples.subarray(-nowSamples)), energy };
    },
    close() {
      source?.disconnect();
      heard?.disconnect();
      mixed.stop();
      tap.srcObject = null;
    },
  };
}
