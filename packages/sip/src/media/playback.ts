import { onGesture } from './gesture.ts';

/** An audio element that can choose its loudspeaker; not every browser's can. */
type SinkElement = HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> };

/** Plays what the other side says. */
export interface Playback {
  /** Plays a stream from now on; tracks that join it later too. */
  play(stream: MediaStream): void;
  /** Silence; the element stays for the next call. */
  stop(): void;
  /**
   * Chooses the loudspeaker, now or for later. Empty: the system's default.
   * @returns whether the browser can choose and has the device.
   */
  chooseOutput(deviceId: string): Promise<boolean>;
  /** The browser refuses to make a sound before the person has touched the page; it is tried again with the next click or key. */
  readonly blocked: boolean;
  dispose(): void;
}

/**
 * Plays remote audio through an `HTMLAudioElement` that is made with the first stream and never joins the page.
 * @param onBlocked hears when the browser refuses to play (`true`) and when sound comes after all (`false`).
 */
export function playback(onBlocked?: (blocked: boolean) => void): Playback {
  let element: SinkElement | undefined;
  let output = '';
  let blocked = false;

  let stopWaiting: (() => void) | undefined;

  const report = (now: boolean): void => {
    stopWaiting?.();
    stopWaiting = now ? onGesture(start) : undefined;
    if (now === blocked) return;
    blocked = now;
    onBlocked?.(now);
  };
  const start = (): void => {
    const playing = element;
    if (!playing?.srcObject) return;
    playing.play().then(
      () => report(false),
      (thrown: unknown) => {
        // An AbortError only says that another stream or a stop came in between.
        if (thrown instanceof DOMException && thrown.name === 'NotAllowedError') report(true);
      },
    );
  };

  return {
    play(stream) {
      if (!element) {
        element = new Audio();
        // A device that has gone is no reason for silence: the default speaks instead.
        if (output) element.setSinkId?.(output).catch(() => undefined);
      }
      element.srcObject = stream;
      start();
    },
    stop() {
      if (!element) return;
      element.pause();
      element.srcObject = null;
      report(false);
    },
    async chooseOutput(deviceId) {
      output = deviceId;
      if (!element) return 'setSinkId' in HTMLMediaElement.prototype;
      if (!element.setSinkId) return false;
      return element.setSinkId(deviceId).then(
        () => true,
        () => false,
      );
    },
    get blocked() {
      return blocked;
    },
    dispose() {
      this.stop();
      element = undefined;
    },
  };
}
