import { MultiLineError, type LineStatus } from '@multiline/core';
import { atom, type ReadableAtom } from 'nanostores';
import type { Session } from 'sip.js';
import { codeOf } from './end-reason.ts';
import type { PhoneService, Recording } from './phone-service.ts';

export type RecordAction = 'start' | 'pause' | 'stop';

/** Records a call on the server. Rejects when the server does not. */
export type Recorder = (
  call: { readonly knownAs: string; readonly session: Session },
  action: RecordAction,
) => Promise<Recording>;

/** The recorder that there is at the moment, and whether somebody may be offered it. */
export interface ServiceRecorder {
  readonly recorder: () => Recorder | undefined;
  /** Absent where the service does not tell. */
  readonly $records?: ReadableAtom<boolean>;
}

/**
 * By the phone service, which knows the call by its correlation or its Call-ID. It says whether it has a recorder as soon as we are
 * registered; before that, or where it cannot be reached, nobody is offered a button, but what must be recorded is tried.
 */
export function serviceRecorder(service: PhoneService, $status: ReadableAtom<LineStatus>): ServiceRecorder {
  const record: Recorder = ({ knownAs }, action) => service.record(knownAs, action);
  if (!service.records) return { recorder: () => record };
  const $records = atom(false);
  let known = false;
  const ask = (): void => {
    if (known) return;
    service.records?.().then(
      (records) => {
        known = true;
        $records.set(records);
      },
      // The next call asks again.
      () => undefined,
    );
  };
  $status.listen(({ state }) => {
    if (state === 'registered') ask();
  });
  const recorder = (): Recorder | undefined => {
    ask();
    return known && !$records.get() ? undefined : record;
  };
  return { recorder, $records };
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
