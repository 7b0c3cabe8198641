import { forwarded, placeOf, senderPlace, type Core } from './core.ts';
import { header, withoutHeaders } from './message.ts';
import type { ServerTransaction } from './transactions.ts';

const INVITE_MS = 180_000;
const OTHER_MS = 32_000;

/**
 * Sends a request of a dialog to the device its Request-URI names, through the socket that device lives on now. A
 * device that is just reconnecting is waited for: the request goes out, or goes out again, when it is back.
 */
export function forwardInDialog(core: Core, transaction: ServerTransaction): void {
  const { request } = transaction;
  const place = placeOf(request.uri);
  if (place === undefined) {
    transaction.respond(404);
    return;
  }
  if (request.method === 'INVITE') transaction.respond(100);
  let cancelled: string | undefined;
  transaction.onCancel = (cancel) => {
    cancelled = header(cancel, 'Reason') ?? '';
    transaction.respond(487);
  };
  core.flows.wait(place, core.graceMs, (flow) => {
    if (cancelled !== undefined) return;
    if (!flow) {
      // 480 and not 481: the far end may only be slow to come back, and its dialog with it.
      transaction.respond(480);
      return;
    }
    const onClose = (closed: typeof flow) => {
      if (closed !== client.flow) return;
      core.flows.wait(place, core.graceMs, (next) => {
        if (next && !transaction.answered) client.resend(next);
      });
    };
    const client = core.transactions.send({
      // Who somebody is was settled when the call began; nobody asserts it anew in its course.
      request: forwarded(core, withoutHeaders(request, 'P-Asserted-Identity'), request.uri),
      flow,
      timeoutMs: request.method === 'INVITE' ? INVITE_MS : OTHER_MS,
      onResponse: (response) => {
        if (response.status === 100) return;
        if (response.status >= 200) core.closings.delete(onClose);
        followSender(core, transaction);
        transaction.relay(response);
      },
    });
    core.closings.add(onClose);
    transaction.onCancel = (cancel) => client.cancel(header(cancel, 'Reason'));
  });
}

/** Sends an ACK on to the device its Request-URI names; nothing answers an ACK, so nothing waits for it long. */
export function forwardAck(core: Core, request: ServerTransaction['request']): void {
  const place = placeOf(request.uri);
  if (place === undefined) return;
  core.flows.wait(place, core.graceMs, (flow) => {
    if (flow) core.transactions.sendOnly(forwarded(core, request, request.uri), flow);
  });
}

/** Points a transaction at the socket its sender has moved to, when the old one is gone. */
export function followSender(core: Core, transaction: ServerTransaction): void {
  if (transaction.flow.open) return;
  const place = senderPlace(transaction.request);
  const flow = place === undefined ? undefined : core.flows.find(place);
  if (flow) transaction.flow = flow;
}
