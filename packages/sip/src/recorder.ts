import { MultiLineError, type Clock, type LineStatus } from '@multiline/core';
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

/** A service that could not be reached is asked again by the first call after this, or when we register anew (ms). */
const AGAIN_MS = 60_000;

/**
 * By the phone service, which knows the call by its correlation or its Call-ID. It says whether it has a recorder as soon as we are
 * registered; before that, or where it cannot be reached, nobody is offered a button, but what must be recorded is tried.
 */
export function serviceRecorder(
  service: PhoneService,
  $status: ReadableAtom<LineStatus>,
  clock: Clock,
): ServiceRecorder {
  const record: Recorder = ({ knownAs }, action) => service.record(knownAs, action);
  if (!service.records) return { recorder: () => record };
  const $records = atom(false);
  let none = false;
  /** From when on it is asked (epoch ms): never while it is being asked, nor once it has answered. */
  let next = 0;
  const ask = (): void => {
    if (clock.now() < next) return;
    next = Infinity;
    service.records?.().then(
      (records) => {
        none = !records;
        $records.set(records);
      },
      () => {
        next = clock.now() + AGAIN_MS;
      },
    );
  };
  $status.listen(({ state }) => {
    if (state !== 'registered') return;
    if (next < Infinity) next = 0;
    ask();
  });
  const recorder = (): Recorder | undefined => {
    ask();
    return none ? undefined : record;
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
