/** Runs in a worker: tells of each telephone event that passes, by its code and the RTP time that all its packets share. */
const WATCH = `onrtctransform = ({ transformer: { readable, writable } }) => {
  const watch = new TransformStream({
    transform(frame, controller) {
      const { mimeType, rtpTimestamp } = frame.getMetadata();
      if (mimeType === 'audio/telephone-event') postMessage([rtpTimestamp, new Uint8Array(frame.data)[0]]);
      controller.enqueue(frame);
    },
  });
  void readable.pipeThrough(watch).pipeTo(writable);
};`;

/** The codes of telephone events as digits (RFC 4733 §3.2). */
const DIGITS = '0123456789*#';

/**
 * The telephone events (RFC 4733) that reach connections made from now on, until `stop`: a browser plays them and tells nobody, but
 * shows every packet to a transform.
 */
export function telephoneEvents(): { next(count: number): Promise<string>; stop(): void } {
  const { RTCPeerConnection } = globalThis;
  const worker = new Worker(URL.createObjectURL(new Blob([WATCH], { type: 'text/javascript' })));
  const digits = new Map<number, string>();
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('track', ({ receiver }) => (receiver.transform = new RTCRtpScriptTransform(worker)));
    }
  };
  return {
    next: (count) =>
      new Promise((resolve) => {
        worker.onmessage = ({ data: [time, code] }: MessageEvent<[number, number]>) => {
          digits.set(time, DIGITS.charAt(code));
          if (digits.size === count) resolve([...digits.values()].join(''));
        };
      }),
    stop() {
      globalThis.RTCPeerConnection = RTCPeerConnection;
      worker.terminate();
    },
  };
}
