import { MultiLineError } from '@multiline/core';

/** Chromium's way to ask what the page's Permissions-Policy lets this document use; other browsers have none. */
interface FeaturePolicy {
  allowsFeature(feature: string): boolean;
}

/** Why a microphone was refused: what the remedy depends on. */
export interface MicrophoneDetails {
  /** `page`: the framing page's Permissions-Policy; `system`: the operating system; `person`: the browser's prompt or setting. */
  readonly by: 'page' | 'system' | 'person';
}

function asMicrophoneError(thrown: unknown): MultiLineError {
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError': {
      const by = refusedBy(thrown as Error);
      const messages = {
        page: 'The page around this phone does not lend it the microphone (Permissions-Policy).',
        system: 'The operating system keeps the microphone from this browser.',
        person: undefined,
      };
      const message = messages[by];
      const details: MicrophoneDetails = { by };
      return new MultiLineError('mic-denied', { cause: thrown, details, ...(message ? { message } : {}) });
    }
    case 'NotFoundError':
      return new MultiLineError('mic-missing', { cause: thrown });
    case 'OverconstrainedError':
      return new MultiLineError('mic-missing', { cause: thrown, message: 'The chosen microphone is not connected.' });
    // AbortError: the device was there and free, and the hardware failed to start all the same.
    case 'NotReadableError':
    case 'AbortError':
      return new MultiLineError('mic-in-use', { cause: thrown });
    default:
      return new MultiLineError('unexpected', {
        cause: thrown,
        message: `The microphone did not open: ${String(thrown)}`,
      });
  }
}

function refusedBy(error: Error): MicrophoneDetails['by'] {
  const policy = (document as Document & { featurePolicy?: FeaturePolicy }).featurePolicy;
  if (policy && !policy.allowsFeature('microphone')) return 'page';
  return /system/i.test(error.message) ? 'system' : 'person';
}

/**
 * Opens the microphone.
 * @param constraints e.g. `{ deviceId: { exact: … } }`; without any the browser's default with its echo canceller.
 * @param signal ends the wait: the promise rejects with the signal's reason, and a track that comes later is stopped.
 * @throws MultiLineError `mic-denied` (with {@link MicrophoneDetails}), `mic-missing`, `mic-in-use`; `unsupported` on a page
 *   that is not secure, where browsers offer no microphone at all.
 */
export async function openMicrophone(
  constraints: MediaTrackConstraints = {},
  signal?: AbortSignal,
): Promise<MediaStreamTrack> {
  signal?.throwIfAborted();
  // Typed as always there, but left out on insecure pages.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices?.getUserMedia) {
    throw new MultiLineError('unsupported', {
      message: isSecureContext
        ? 'This browser gives pages no microphone.'
        : 'Browsers give a microphone to secure pages alone: open this page by https.',
    });
  }
  const opening = devices.getUserMedia({ audio: constraints }).then(
    (stream) => {
      const [track] = stream.getAudioTracks();
      if (!track) throw new MultiLineError('mic-missing');
      if (signal?.aborted) track.stop();
      return track;
    },
    (thrown: unknown) => {
      throw asMicrophoneError(thrown);
    },
  );
  if (!signal) return opening;
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    opening.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

/**
 * What the browser would say to a wish for the microphone; `unknown` where it does not tell beforehand, and where the wish is
 * granted but no microphone is there.
 */
export type MicrophonePermissionState = PermissionState | 'unknown';

/** The microphone permission, kept current. */
export interface MicrophonePermission {
  /** `unknown` until the browser has answered. */
  readonly state: MicrophonePermissionState;
  /** Resolves when the browser has answered the first time. Never rejects. */
  readonly known: Promise<MicrophonePermissionState>;
  /** Hears each change, the first answer too. Answers how to stop. */
  watch(listener: (state: MicrophonePermissionState) => void): () => void;
  /** Stops watching. */
  dispose(): void;
}

/** Asks for the microphone permission without opening the microphone, and follows it. */
export function microphonePermission(): MicrophonePermission {
  const listeners = new Set<(state: MicrophonePermissionState) => void>();
  let state: MicrophonePermissionState = 'unknown';
  let status: PermissionStatus | undefined;
  let missing = false;
  let disposed = false;
  // Typed as always there, but left out on insecure pages.
  const devices = navigator.mediaDevices as MediaDevices | undefined;

  const update = (): void => {
    if (!status) return;
    const now = status.state === 'granted' && missing ? 'unknown' : status.state;
    if (now === state) return;
    state = now;
    for (const listener of [...listeners]) listener(state);
  };
  const look = (): void =>
    void noMicrophone(devices).then((none) => {
      missing = none;
      if (!disposed) update();
    });
  const known = Promise.all([query(), noMicrophone(devices)]).then(([answer, none]) => {
    if (disposed || !answer) return state;
    status = answer;
    missing = none;
    status.addEventListener('change', update);
    devices?.addEventListener?.('devicechange', look);
    update();
    return state;
  });

  return {
    get state() {
      return state;
    },
    known,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      disposed = true;
      listeners.clear();
      status?.removeEventListener('change', update);
      devices?.removeEventListener?.('devicechange', look);
    },
  };
}

/** Whether this machine is known to have no microphone: where pages may not ask, one is taken to be there. */
async function noMicrophone(devices: MediaDevices | undefined): Promise<boolean> {
  try {
    const found = await devices?.enumerateDevices();
    return found?.every(({ kind }) => kind !== 'audioinput') ?? false;
  } catch {
    return false;
  }
}

/** Firefox long refused the name `microphone` by throwing; insecure pages have no `permissions`. */
async function query(): Promise<PermissionStatus | undefined> {
  try {
    const permissions = navigator.permissions as Permissions | undefined;
    return await permissions?.query({ name: 'microphone' });
  } catch {
    return undefined;
  }
}
