import { bestResponse } from './best-response.ts';
import { forwarded, type Core } from './core.ts';
import { followSender } from './in-dialog.ts';
import type { SipRequest, SipResponse } from './message.ts';
import type { Place } from './call.ts';
import { createResponse } from './response.ts';
import type { ServerTransaction } from './transactions.ts';

const ANSWER_MS = 32_000;

/** A request other than INVITE on its way to one or more devices at once. */
export interface Fork {
  readonly core: Core;
  readonly transaction: ServerTransaction;
  readonly request: SipRequest;
  readonly places: readonly Place[];
  /** Takes over when no device took it; false leaves it to the best refusal. */
  readonly onAway: (best: SipResponse) => boolean;
}

/** Sends the request to every place; the first 2xx answers it, else the best refusal of all. */
export function forkRequest({ core, transaction, request, places, onAway }: Fork): void {
  const finals: SipResponse[] = [];
  const settle = () => {
    if (transaction.answered || finals.length < places.length) return;
    const best = bestResponse(finals) ?? createResponse(transaction.request, 480, { toTag: core.random() });
    if (!onAway(best)) {
      followSender(core, transaction);
      transaction.relay(best);
    }
  };
  for (const { uri, flow } of places) {
    core.transactions.send({
      request: forwarded(core, request, uri),
      flow,
      timeoutMs: ANSWER_MS,
      onResponse: (response) => {
        if (response.status < 200) return;
        finals.push(response);
        if (response.status >= 300) settle();
        else if (!transaction.answered) {
          followSender(core, transaction);
          transaction.relay(response);
        }
      },
    });
  }
  settle();
}
