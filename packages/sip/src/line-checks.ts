import type { CheckResult, LineCheck } from '@multiline/core';
import type { AccountInside } from './account.ts';
import type { AccountLink } from './account-link.ts';
import { iceCheck } from './line-checks/ice-check.ts';
import { serverCheck } from './line-checks/server-check.ts';
import { askForLife } from './sign-of-life.ts';

/** Three rounds, the middle one counts. */
const ROUNDS = 3;
const ANSWER_MS = 4_000;
/** From here on people talk over one another (ITU-T G.114), and every click is felt. */
const SLOW_MS = 150;
const stopped: CheckResult = { state: 'skipped', finding: 'stopped' };

/** What every line can try: that the server is there, knows us and is near (MV-44, MV-53). */
export function signallingChecks({ link, webSockets }: AccountInside): readonly LineCheck[] {
  return [serverCheck(webSockets, link.clock), registrationCheck(link), roundTripCheck(link)];
}

/** Whether the server's recorder can be started from here: finds `recorder-works` or `recorder-none`. */
export function recorderCheck(records: () => Promise<boolean>): LineCheck {
  return {
    name: 'recorder',
    run: async () =>
      (await records()) ? { state: 'ok', finding: 'recorder-works' } : { state: 'warning', finding: 'recorder-none' },
  };
}

/** What a line with its audio in this browser tries besides. */
export function mediaChecks({ link: { clock }, iceServers }: AccountInside): readonly LineCheck[] {
  return [iceCheck({ name: 'stun', iceServers, clock }), iceCheck({ name: 'turn', iceServers, clock })];
}

/** Finds `registered`, `signed-out`, or the code of what went wrong; an attempt under way is waited for. */
function registrationCheck({ $status }: AccountLink): LineCheck {
  return {
    name: 'registration',
    run: (signal) =>
      new Promise((resolve) => {
        const settle = (result: CheckResult): void => {
          resolve(result);
          queueMicrotask(() => {
            unlisten();
          });
        };
        const unlisten = $status.subscribe((status) => {
          if (status.state === 'registered') settle({ state: 'ok', finding: 'registered' });
          else if (status.state === 'off') settle({ state: 'skipped', finding: 'signed-out' });
          else if ('failure' in status) settle({ state: 'failed', finding: status.failure.code });
        });
        signal.addEventListener(
          'abort',
          () => {
            settle(stopped);
          },
          { once: true },
        );
      }),
  };
}

/** Finds `round-trip`, `round-trip-slow` with `ms`, or `round-trip-silent`. */
function roundTripCheck(link: AccountLink): LineCheck {
  return {
    name: 'round-trip',
    async run(signal): Promise<CheckResult> {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const ms = await roundTripMs(link);
        if (signal.aborted) return stopped;
        if (ms === undefined) return { state: 'failed', finding: 'round-trip-silent' };
        times.push(ms);
      }
      const ms = Math.round(times.sort((a, b) => a - b)[1] ?? 0);
      const slow = ms > SLOW_MS;
      return { state: slow ? 'warning' : 'ok', finding: slow ? 'round-trip-slow' : 'round-trip', values: { ms } };
    },
  };
}

function roundTripMs({ userAgent, connected, clock }: AccountLink): Promise<number | undefined> {
  if (!userAgent || !connected) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const askedAt = clock.now();
    const cancel = clock.at(askedAt + ANSWER_MS, () => {
      resolve(undefined);
    });
    askForLife(userAgent, () => {
      cancel();
      resolve(clock.now() - askedAt);
    });
  });
}
