import { MultiLineError, type Failure, type Line, type LineCall } from '@multiline/core';
import { insideOf, type SipAccount } from './account.ts';
import { addressText, targetUri } from './headers.ts';
import { checksOnDemand, phoneSystem, publishOnDemand, watchedOnDemand } from './on-demand.ts';
import type { PhoneService } from './phone-service.ts';
import type { CallbackCall } from './remote-line/callback-call.ts';
import type { ReferredCall } from './remote-line/referred-call.ts';
import { messageWaiting } from './subscriptions/message-waiting.ts';
import type { DialogFollower } from './subscriptions/watched-call.ts';
import { tell } from './tell.ts';
import { uuid } from './uuid.ts';

export interface RemoteLineOptions {
  /** Makes calls by ringing the user's own device first (ML-23), and has the mailbox. */
  readonly service?: PhoneService;
  /**
   * Without a service: the device that is asked to call (REFER), e.g. `sip:1001-desk@example.com`; by default the user's own
   * address, which reaches the devices that are registered there.
   */
  readonly device?: string;
}

/** The dialog of a call that the service tells of itself. */
const TOLD_BY_THE_SERVICE: DialogFollower = { update: () => undefined, lost: () => undefined };

/**
 * The softphone-disabled mode (ML-21, SM-01): another device of the user's rings and carries the audio; we ask for calls, watch
 * them and log them. Nothing is registered, so nothing rings here.
 */
export function remoteLine(account: SipAccount, { service, device }: RemoteLineOptions = {}): Line {
  const inside = insideOf(account);
  const { link } = inside;
  const calls = new Set<CallbackCall | ReferredCall>();
  const incoming = new Set<(call: LineCall) => void>();
  const elsewhere = new Set<(call: LineCall) => void>();
  /** What the service is being asked to call: it may ring before it has answered. */
  const asked = new Set<string>();
  const watch = watchedOnDemand(link, {
    ringing: true,
    claims: (dialog) =>
      [...calls].find((call) => call.claims(dialog)) ??
      (asked.has(dialog.remote?.address ?? '') ? TOLD_BY_THE_SERVICE : undefined),
  });
  let unwatch: (() => void) | undefined;

  link.attach({
    unregistered: true,
    media: () => {
      throw new MultiLineError('unsupported');
    },
    onInvitation: (invitation) => {
      invitation.reject({ statusCode: 480 }).catch(() => undefined);
    },
    onLost: (_failure: Failure) => undefined,
    onRegistered: () => undefined,
    onMoved: () => undefined,
    inCall: () => [...calls].some(({ ended }) => !ended),
  });

  function hear(listeners: Set<(call: LineCall) => void>, listener: (call: LineCall) => void): () => void {
    listeners.add(listener);
    unwatch ??= watch((call) => {
      tell(call.direction === 'inbound' ? incoming : elsewhere, call);
    });
    return () => {
      listeners.delete(listener);
      if (incoming.size + elsewhere.size > 0) return;
      unwatch?.();
      unwatch = undefined;
    };
  }

  function begin<Call extends CallbackCall | ReferredCall>(call: Call): Call {
    for (const other of calls) if (other.ended) calls.delete(other);
    calls.add(call);
    link.watchClosely();
    return call;
  }

  return {
    $status: account.$status,
    identity: account.identity,
    device: 'elsewhere',
    start: () => account.start(),
    forget: () => account.forget(),
    async stop() {
      for (const call of [...calls]) call.interrupt();
      await account.stop();
    },
    onIncoming: (listener) => hear(incoming, listener),
    onWatched: (listener) => hear(elsewhere, listener),
    async dial(target, { alsoRing } = {}) {
      if (account.$status.get().state !== 'registered') throw new MultiLineError('not-registered');
      const uri = targetUri(target, link.uri);
      const { CallbackCall, ReferredCall, refer } = await phoneSystem();
      const address = addressText(uri);
      if (service) {
        const correlation = uuid();
        asked.add(address);
        try {
          const callback = await service.call({ to: address, correlation, ...(alsoRing && { alsoRing }) });
          return begin(new CallbackCall(callback, address, correlation, link.clock));
        } finally {
          asked.delete(address);
        }
      }
      const call = begin(new ReferredCall({ address }));
      try {
        await refer(link, device === undefined ? link.uri : targetUri(device, link.uri), uri, call);
      } catch (thrown) {
        calls.delete(call);
        throw thrown;
      }
      return call;
    },
    reconnect() {
      account.reconnect();
    },
    logIn: (login) => account.logIn(login),
    log: () => account.log(),
    checks: checksOnDemand(['server', 'registration', 'round-trip', 'recorder'], (parts) => [
      ...parts.signallingChecks(inside),
      parts.recorderCheck(() => Promise.resolve(false)),
    ]),
    $messageWaiting: messageWaiting(link),
    publish: publishOnDemand(link),
    ...(service && { voicemail: service.voicemail }),
  };
}
