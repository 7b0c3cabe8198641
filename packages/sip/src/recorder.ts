import { MultiLineError, type LineStatus } from '@multiline/core';
import type { ReadableAtom } from 'nanostores';
import type { Session } from 'sip.js';
import { codeOf } from './end-reason.ts';
import type { PhoneService, Recording } from './phone-service.ts';

export type RecordAction = 'start' | 'pause' | 'stop';

/** Records a call on the server. Rejects when the server does not. */
export type Recorder = (
  call: { readonly knownAs: string; readonly session: Session },
  action: RecordAction,
) => Promise<Recording>;

/**
 * By the phone service, which knows the call by its correlation or its Call-ID. A service that has no recorder says so as soon as we are
 * registered, and nobody is offered a button.
 *
 * @returns what tells the recorder there is at the moment
 */
export function serviceRecorder(service: PhoneService, $status: ReadableAtom<LineStatus>): () => Recorder | undefined {
  let known: boolean | undefined;
  $status.listen(({ state }) => {
    if (state !== 'registered' || known !== undefined) return;
    // Who cannot be reached now may have one all the same.
    service.records?.().then(
      (records) => (known = records),
      () => undefined,
    );
  });
  const recorder: Recorder = ({ knownAs }, action) => service.record(knownAs, action);
  return () => (known === false ? undefined : recorder);
}

/** By the `Record` header in an INFO, as Asterisk's one-touch recording takes it. */
export const infoRecorder: Recorder = ({ session }, action) =>
  new Promise((resolve, reject) => {
    const state = ({ start: 'on', pause: 'paused', stop: 'off' } as const)[action];
    session
      .info({
        requestOptions: { extraHeaders: [`Record: ${state === 'on' ? 'on' : 'off'}`] },
        requestDelegate: {
          onAccept: () => resolve({ state }),
          onReject: ({ message: { statusCode = 500, reasonPhrase = '' } }) => {
            reject(new MultiLineError(codeOf(statusCode), { message: `${String(statusCode)} ${reasonPhrase}`.trim() }));
          },
        },
      })
      .catch((cause: unknown) => reject(new MultiLineError('network', { cause })));
  });
