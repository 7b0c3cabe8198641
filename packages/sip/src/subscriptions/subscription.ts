import type { Core, UserAgent } from 'sip.js';
import type { AccountLink } from '../account-link.ts';
import { Deadlines } from '../deadlines.ts';
import { pauseMs, type Doubling } from '../recovery.ts';

export interface SubscriptionSpec {
  /** The event package, e.g. `message-summary`. */
  readonly event: string;
  /** The type of body it brings, e.g. `application/simple-message-summary`. */
  readonly accept: string;
  /** A body came; the first of a subscription tells the whole state, and its versions count anew. */
  readonly onNotify: (body: string, first: boolean) => void;
  /** The server does not do this, or not for us: it is not asked again on this connection. */
  readonly onAbsent?: (status: number) => void;
}

/** A subscription to our own address that is kept as long as the account is registered (RFC 6665). */
export interface Subscription {
  /** Asks for the whole state. */
  refresh(): void;
  stop(): void;
}

const EXPIRES_S = 600;
/** Refusals that no later attempt changes. */
const FINAL = [400, 401, 402, 403, 404, 405, 406, 407, 410, 415, 416, 420, 488, 489, 493, 501, 505, 603, 604, 606];
const backOff: Doubling = { firstMs: 15_000, longestMs: 600_000, chance: 0.7 };

/**
 * Subscribes when the account is registered and anew after each reconnect; renews in time; subscribes again where the server has
 * lost or ended it (481, `terminated`), unless it said for good.
 */
export function keepSubscribed(link: AccountLink, spec: SubscriptionSpec): Subscription {
  const deadlines = new Deadlines(link.clock);
  let dialog: Core.Subscription | undefined;
  let absent = false;
  let failures = 0;
  let expiresS = EXPIRES_S;
  /** Which SUBSCRIBE outside a dialog is the present one: what an older one brings is nobody's. */
  let turn = 0;

  const leave = (): void => {
    turn++;
    deadlines.clear();
    if (dialog) dialog.delegate = undefined;
    dialog?.dispose();
    dialog = undefined;
  };
  const again = (ms: number): void => {
    leave();
    deadlines.in('again', ms, subscribe);
  };
  const failed = (status: number, retryAfterS = 0): void => {
    leave();
    if (FINAL.includes(status)) {
      absent = true;
      spec.onAbsent?.(status);
    } else {
      // Lost by the server: at once, if that is not all it ever says.
      const pause = status === 481 && failures === 0 ? 0 : pauseMs(failures + 1, link.random(), backOff);
      failures++;
      again(Math.max(pause, retryAfterS * 1_000));
    }
  };
  const rejected = ({ message }: Core.IncomingResponse): void => {
    const minimumS = message.statusCode === 423 ? seconds(message.getHeader('min-expires')) : 0;
    if (minimumS > expiresS && minimumS <= 86_400) {
      expiresS = minimumS;
      again(0);
    } else {
      failed(message.statusCode ?? 500, seconds(message.getHeader('retry-after')));
    }
  };
  function subscribe(): void {
    const { userAgent } = link;
    if (absent || !userAgent || !link.connected) return;
    leave();
    const mine = turn;
    const fresh = (): boolean => mine === turn;
    const core = userAgent.userAgentCore;
    const { aor } = core.configuration;
    core.subscribe(core.makeOutgoingRequestMessage('SUBSCRIBE', aor, aor, aor, {}, headers(userAgent)), {
      onNotify({ request, subscription }) {
        if (!fresh()) {
          request.reject({ statusCode: 481 });
          return;
        }
        dialog = subscription;
        if (dialog) {
          dialog.delegate = {
            onNotify: (later) => {
              notified(later, false);
            },
            onTerminated: () => {
              failed(481);
            },
          };
        }
        notified(request, true);
      },
      onNotifyTimeout: () => {
        if (fresh()) failed(408);
      },
      onReject: (response) => {
        if (fresh()) rejected(response);
      },
      onRedirect: (response) => {
        if (fresh()) rejected(response);
      },
    });
  }

  const headers = ({ contact }: UserAgent, forS = expiresS): string[] => [
    `Event: ${spec.event}`,
    `Expires: ${String(forS)}`,
    `Accept: ${spec.accept}`,
    `Contact: ${contact.toString()}`,
  ];

  function notified(request: Core.IncomingNotifyRequest, first: boolean): void {
    request.accept();
    const { message: notify } = request;
    const state = notify.getHeader('subscription-state') ?? '';
    // An empty one only says that the subscription stands.
    if (notify.body !== '') spec.onNotify(notify.body, first);
    if (/^\s*terminated/i.test(state)) {
      terminated(state);
      return;
    }
    const leftS = Math.max(seconds(/;\s*expires=(\d+)/i.exec(state)?.[1]) || expiresS, 10);
    deadlines.in('refresh', leftS * 1_000 * (0.75 + 0.15 * link.random()), () => {
      // It has held for a while.
      failures = 0;
      refresh();
    });
  }

  /** RFC 6665 §4.1.3: what the server says of why it ended it. */
  function terminated(state: string): void {
    const reason = /;\s*reason=([^;\s]+)/i.exec(state)?.[1]?.toLowerCase() ?? '';
    const retryAfterS = seconds(/;\s*retry-after=(\d+)/i.exec(state)?.[1]);
    if (['rejected', 'noresource', 'invariant'].includes(reason)) failed(reason === 'noresource' ? 404 : 403);
    else failed(['deactivated', 'timeout'].includes(reason) ? 481 : 480, retryAfterS);
  }

  function refresh(): void {
    if (!dialog) {
      if (!deadlines.has('again')) subscribe();
      return;
    }
    if (link.connected && link.userAgent) dialog.subscribe(undefined, { extraHeaders: headers(link.userAgent) });
  }

  const farewell = (): void => {
    if (dialog && link.connected && link.userAgent) {
      dialog.subscribe(undefined, { extraHeaders: headers(link.userAgent, 0) });
    }
    leave();
  };
  const unlisten = [
    link.onLeaving(farewell),
    link.$status.subscribe(({ state }) => {
      if (state === 'registered') {
        absent = false;
        failures = 0;
        subscribe();
      } else {
        leave();
      }
    }),
  ];

  return {
    refresh,
    stop() {
      for (const stop of unlisten) stop();
      farewell();
    },
  };
}

function seconds(text: string | undefined): number {
  return /^\s*\d{1,9}/.test(text ?? '') ? Number.parseInt(text ?? '', 10) : 0;
}
