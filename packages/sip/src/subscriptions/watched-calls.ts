import type { LineCall } from '@multiline/core';
import type { AccountLink } from '../account-link.ts';
import { tell } from '../tell.ts';
import { readDialogInfo, type DialogInfo } from './dialog-info.ts';
import { DialogTable } from './dialog-table.ts';
import { keepSubscribed } from './subscription.ts';
import { WatchedCall, type DialogFollower } from './watched-call.ts';

export interface WatchedCallsOptions {
  /**
   * Whether calls are told of while they ring on other devices. A phone that rings itself has its own call of them, and hears of
   * another device's only when that one has answered.
   */
  readonly ringing: boolean;
  /** A call that is known by other means hears of its dialog itself, and nobody else of it. */
  readonly claims?: (dialog: DialogInfo) => DialogFollower | undefined;
}

/**
 * The calls of the user's other devices, by the dialog event package (RFC 4235). What this phone has itself is left out. The
 * server is asked as long as somebody listens; the function answered says how to stop.
 */
export function watchedCalls(
  link: AccountLink,
  options: WatchedCallsOptions,
): (listener: (call: LineCall) => void) => () => void {
  const listeners = new Set<(call: LineCall) => void>();
  let stop: (() => void) | undefined;
  return (listener) => {
    listeners.add(listener);
    stop ??= watch(link, options, (call) => {
      tell(listeners, call);
    });
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      stop?.();
      stop = undefined;
    };
  };
}

function watch(
  link: AccountLink,
  { ringing, claims = () => undefined }: WatchedCallsOptions,
  onCall: (call: LineCall) => void,
): () => void {
  let table = new DialogTable();
  const calls = new Map<string, DialogFollower>();

  function newCall(dialog: DialogInfo): DialogFollower | undefined {
    const { id, direction, state, remote, callId = '' } = dialog;
    const claimed = claims(dialog);
    if (claimed) {
      calls.set(id, claimed);
      return claimed;
    }
    if (!direction || !remote || state === 'terminated') return undefined;
    if (direction === 'recipient' && state !== 'confirmed' && !(ringing && state === 'early')) return undefined;
    const own = link.ownCalls.stateOf(callId);
    if (own === 'ours' || own === 'ringing') return undefined;
    const correlation = link.ownCalls.correlationOf(callId) ?? dialog.callId;
    const call = new WatchedCall(direction === 'recipient' ? 'inbound' : 'outbound', remote, correlation);
    calls.set(id, call);
    onCall(call);
    return call;
  }

  const look = (dialog: DialogInfo): void => (calls.get(dialog.id) ?? newCall(dialog))?.update(dialog);

  function over(): void {
    for (const call of calls.values()) call.lost();
    calls.clear();
    table = new DialogTable();
  }

  const subscription = keepSubscribed(link, {
    event: 'dialog',
    accept: 'application/dialog-info+xml',
    onNotify(body, first) {
      const document = readDialogInfo(body);
      if (!document) return;
      if (first) table.restart();
      const { changes, missed } = table.apply(document);
      for (const [before, now] of changes) {
        if (now) look(now);
        else calls.get(before?.id ?? '')?.update(undefined);
        if (!now || now.state === 'terminated') calls.delete((now ?? before)?.id ?? '');
      }
      if (missed) subscription.refresh();
    },
    onAbsent: over,
  });
  const unlisten = [
    link.ownCalls.listen(() => {
      for (const dialog of table.dialogs) look(dialog);
    }),
    link.$status.listen(({ state }) => {
      if (state === 'off') over();
    }),
  ];
  return () => {
    for (const stop of unlisten) stop();
    subscription.stop();
    over();
  };
}
