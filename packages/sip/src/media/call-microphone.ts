import type { SessionMedia } from './session-media.ts';

/** The microphone of a call as its user knows it: muted or not. */
export interface CallMicrophone {
  /** This audio carries the call from now on. */
  join(audio: SessionMedia): void;
  mute(muted: boolean): void;
  /** It was pulled out: another takes its place; with none the call is muted until there is one again. */
  lost(): Promise<void>;
  /** Another microphone is to be used, or there may be one again. Rejects when it did not open; the one before goes on. */
  renew(): Promise<void>;
}

/**
 * @param tell hears whether nobody hears us, when it changes: because we wished so, because the system mutes the microphone, or
 *   because there is none
 */
export function callMicrophone(tell: (muted: boolean) => void): CallMicrophone {
  let audio: SessionMedia | undefined;
  let wished = false;
  let bySystem = false;
  let missing = false;
  let told = false;

  const update = (): void => {
    const muted = wished || bySystem || missing;
    if (muted === told) return;
    told = muted;
    tell(muted);
  };

  async function find(): Promise<void> {
    try {
      await audio?.openMicrophone();
      missing = false;
    } catch {
      missing = true;
    }
    update();
  }

  return {
    join(joined) {
      audio = joined;
      joined.mute(wished);
      joined.onSystemMute((muted) => {
        bySystem = muted;
        update();
      });
    },
    mute(muted) {
      wished = muted;
      audio?.mute(muted);
      // Without a microphone nobody would hear us: it says "unmuted" when there is one again.
      if (missing && !muted) void find();
      else update();
    },
    lost: find,
    renew: async () => (missing ? find() : audio?.renewMicrophone()),
  };
}
