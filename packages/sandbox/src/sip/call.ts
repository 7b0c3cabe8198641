import { parseAddress } from './address.ts';
import { bestResponse } from './best-response.ts';
import { forwarded, senderPlace, type Core } from './core.ts';
import { endDialog } from './dialog.ts';
import { diverted } from './diversion.ts';
import type { Flow } from './flows.ts';
import { followSender } from './in-dialog.ts';
import { header, headerList, type SipRequest, type SipResponse } from './message.ts';
import type { Binding } from './registrar.ts';
import { createResponse } from './response.ts';
import type { ClientTransaction, ServerTransaction } from './transactions.ts';

const MAX_BRANCHES = 30;
const MAX_REDIRECTS = 5;
const LINGER_MS = 32_000;
const ELSEWHERE = 'SIP;cause=200;text="Call completed elsewhere"';
const REDIRECTED = 'SIP;cause=302;text="Redirected elsewhere"';
const UNANSWERED = 'SIP;cause=480;text="No answer"';

/** A place a call can ring at: a device, whoever it belongs to. */
export interface Place {
  readonly user: string;
  readonly key: string;
  readonly uri: string;
  readonly flow: Flow;
}

/** Where a redirection leads: people to ring, one device, or something that answers by itself. */
export type Redirection =
  | { readonly kind: 'people'; readonly users: readonly string[] }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'answered'; readonly answer: (transaction: ServerTransaction) => void }
  | { readonly kind: 'refused'; readonly status: number };

/** What a call is made of. */
export interface CallOptions {
  readonly core: Core;
  readonly transaction: ServerTransaction;
  /** The INVITE as it goes on, before each device's own Request-URI. */
  readonly request: SipRequest;
  /** People whose devices ring, those that register late included. */
  readonly users: readonly string[];
  /** One device that rings beside them: a call to a Contact. */
  readonly place?: Place | undefined;
  /** Where the Contact of a 3xx leads, with the INVITE as it goes there. */
  readonly redirect: (uri: string, request: SipRequest) => Redirection;
  /** Takes over a call nobody answered or somebody was too busy for; false leaves it to a refusal. */
  readonly onUnanswered: (transaction: ServerTransaction) => boolean;
  readonly onEnded: (call: Call) => void;
}

/** An INVITE on its way to one or more devices, until a final response went back. */
export interface Call {
  readonly ended: boolean;
  /** Rings at a device that has just registered. */
  arrived(binding: Binding): void;
  /** Stops ringing everywhere and answers the caller. */
  refuse(status: number): void;
}

interface Branch {
  readonly place: Place;
  readonly client: ClientTransaction;
  final: SipResponse | undefined;
}

/** Starts ringing. The call is a stateful forking proxy's response context (RFC 3261 §16.7). */
export function startCall(options: CallOptions): Call {
  const { core, transaction } = options;
  const users = new Set<string>();
  const branches: Branch[] = [];
  const extra: SipResponse[] = [];
  // People who may register in a moment, and the start itself until everybody was tried, keep a call open.
  const expected = new Set<string>(['']);
  let { request } = options;
  let redirects = 0;
  let ended = false;
  let cancelled = false;
  let stopNoAnswer: () => void = () => undefined;

  const refusal = (status: number) => createResponse(transaction.request, status, { toTag: core.random() });

  const end = () => {
    ended = true;
    stopNoAnswer();
    core.closings.delete(onClose);
    for (const { client } of branches) core.timers.after(LINGER_MS, () => client.end());
    options.onEnded(call);
  };

  const stopBranches = (reason: string | undefined, which: (branch: Branch) => boolean = () => true) => {
    for (const branch of branches) {
      if (branch.final || !which(branch)) continue;
      const { client, place } = branch;
      if (client.flow.open) client.cancel(reason);
      else {
        branch.final = refusal(487);
        // The device may still be ringing behind a broken socket: tell it when it is back.
        core.flows.wait(place.key, LINGER_MS, (flow) => {
          if (!flow) return;
          client.flow = flow;
          client.cancel(reason);
        });
      }
    }
  };

  const conclude = (response: SipResponse) => {
    if (ended) return;
    followSender(core, transaction);
    transaction.relay(response);
    end();
  };

  const connect = (response: SipResponse, flow: Flow) => {
    const place = senderPlace(transaction.request);
    if (transaction.flow.open || place === undefined) {
      conclude(response);
      return;
    }
    // Answered while the caller's connection is broken: the answer waits for the caller, and the callee not for ever.
    end();
    core.flows.wait(place, core.graceMs, (back) => {
      if (back) transaction.flow = back;
      else endDialog(core, response, flow);
      transaction.relay(back ? response : refusal(487));
    });
  };

  const settle = () => {
    if (ended || (expected.size > 0 && !cancelled) || branches.some(({ final }) => !final)) return;
    if (cancelled) {
      conclude(refusal(487));
      return;
    }
    const finals = [...branches.flatMap(({ final }) => final ?? []), ...extra].filter(({ status }) => status >= 400);
    const best = bestResponse(finals) ?? refusal(480);
    const unanswered = [408, 480, 482, 487].includes(best.status);
    if (best.status === 486) nobodyAnswered(best);
    else if (unanswered) nobodyAnswered(best.status === 408 || best.status === 480 ? best : refusal(480));
    else conclude(best);
  };

  const nobodyAnswered = (response: SipResponse) => {
    if (ended) return;
    if (options.onUnanswered(transaction)) end();
    else conclude(response);
  };

  const restartNoAnswer = () => {
    stopNoAnswer();
    stopNoAnswer = core.timers.after(core.noAnswerMs, () => {
      stopBranches(UNANSWERED);
      nobodyAnswered(refusal(480));
    });
  };

  const ring = (place: Place) => {
    if (ended || cancelled) return;
    const known = branches.find((branch) => branch.place.key === place.key);
    if (known) {
      // The same device over a new socket: the same request again, which it absorbs or, started afresh, takes.
      if (!known.final && known.client.flow !== place.flow) known.client.resend(place.flow);
      return;
    }
    if (branches.length >= MAX_BRANCHES) return;
    const client = core.transactions.send({
      request: forwarded(core, request, place.uri),
      flow: place.flow,
      onResponse: (response, flow) => onResponse(branch, response, flow),
    });
    const branch: Branch = { place, client, final: undefined };
    branches.push(branch);
    if (!place.flow.open) onClose(place.flow);
  };

  const ringUser = (user: string) => {
    if (users.has(user)) return;
    users.add(user);
    const bindings = core.registrar.bindings(user);
    for (const binding of bindings) ring(binding);
    const lostAt = core.registrar.lostAt(user);
    if (bindings.length > 0 || lostAt === undefined) return;
    const left = lostAt + core.graceMs - core.now();
    if (left <= 0) return;
    expected.add(user);
    core.timers.after(left, () => {
      expected.delete(user);
      settle();
    });
  };

  const onResponse = (branch: Branch, response: SipResponse, flow: Flow) => {
    if (response.status < 200) {
      if (ended || response.status === 100) return;
      followSender(core, transaction);
      transaction.relay(response);
      return;
    }
    const answeredHere = branch.final !== undefined && branch.final.status < 300;
    branch.final = response;
    if (response.status < 300) {
      if (ended && !answeredHere) endDialog(core, response, flow);
      else if (ended) transaction.relay(response);
      else {
        stopBranches(ELSEWHERE, (other) => other !== branch);
        connect(response, flow);
      }
      return;
    }
    if (ended) return;
    const mine = (other: Branch) => other.place.user === branch.place.user;
    if (response.status < 400 && !cancelled) {
      stopBranches(REDIRECTED, mine);
      follow(response, branch.place.user);
    }
    if (response.status >= 600) stopBranches(`SIP;cause=${String(response.status)};text="Declined elsewhere"`, mine);
    // Somebody who is busy here is not waited for behind a broken socket.
    else if (response.status === 486) stopBranches(undefined, (other) => mine(other) && !other.client.flow.open);
    settle();
  };

  const follow = (response: SipResponse, from: string) => {
    request = diverted(request, from, 'deflection', core.domain);
    for (const value of headerList(response, 'Contact')) {
      const contact = parseAddress(value);
      const next: Redirection =
        contact && redirects < MAX_REDIRECTS
          ? options.redirect(contact.uriText, request)
          : { kind: 'refused', status: 404 };
      redirects++;
      if (next.kind === 'refused') extra.push(refusal(next.status));
      else if (next.kind === 'place') ring(next.place);
      else if (next.kind === 'people') next.users.forEach(ringUser);
      else {
        stopBranches(ELSEWHERE);
        next.answer(transaction);
        end();
        return;
      }
      restartNoAnswer();
    }
  };

  const onClose = (flow: Flow) => {
    for (const branch of branches) {
      if (branch.final || branch.client.flow !== flow) continue;
      if (cancelled) branch.final = refusal(487);
      else {
        core.timers.after(core.graceMs, () => {
          if (!branch.client.flow.open) branch.final ??= refusal(480);
          settle();
        });
      }
    }
    if (transaction.flow === flow) {
      core.timers.after(core.graceMs, () => {
        const place = senderPlace(transaction.request);
        const back = transaction.flow.open || (place !== undefined && core.flows.find(place) !== undefined);
        if (!back && !ended) call.refuse(487);
      });
    }
    settle();
  };

  const call: Call = {
    get ended() {
      return ended;
    },
    arrived(binding) {
      const ringing = branches.some(({ place }) => place.key === binding.key);
      if (!ringing && !users.has(binding.user)) return;
      ring(binding);
      expected.delete(binding.user);
    },
    refuse(status) {
      stopBranches(undefined);
      conclude(refusal(status));
    },
  };

  transaction.onCancel = (cancel) => {
    if (ended || cancelled) return;
    cancelled = true;
    stopBranches(header(cancel, 'Reason'));
    // A device that never answers the CANCEL must not keep the caller waiting.
    core.timers.after(core.graceMs, () => conclude(refusal(487)));
    settle();
  };
  core.closings.add(onClose);
  restartNoAnswer();
  if (options.place) ring(options.place);
  options.users.forEach(ringUser);
  expected.delete('');
  settle();
  return call;
}
