import { parseAddress } from './address.ts';
import { startCall, type Call, type Redirection } from './call.ts';
import type { CallHandlings } from './call-handling.ts';
import type { Core } from './core.ts';
import type { FeatureCode } from './directory.ts';
import { diverted } from './diversion.ts';
import { depositPart, playbackPart } from './media/mailbox-parts.ts';
import { acknowledgement, echo } from './media/parts.ts';
import type { Legs } from './media/legs.ts';
import type { Mailboxes } from './mailboxes.ts';
import { headerList, type SipRequest } from './message.ts';
import type { Binding } from './registrar.ts';
import { peopleOf, targetOf, type Target } from './target.ts';
import type { ServerTransaction } from './transactions.ts';

const MAX_FORWARDS = 5;

/** Where calls go, by what the called want. */
export interface CallRouting {
  /** Takes an INVITE of `caller` outside a dialog. */
  invite(transaction: ServerTransaction, request: SipRequest, caller: string, target: Target): void;
  /** Gives the calls that ring for somebody to a device that has just registered. */
  arrived(binding: Binding): void;
  /** Ends the calls that ring. */
  end(): void;
}

/** What the routing asks and gives to. */
export interface CallRoutingParts {
  readonly core: Core;
  readonly legs: Legs;
  readonly handlings: CallHandlings;
  readonly mailboxes: Mailboxes;
}

/** A target after everybody's forwarding: where to ring, who takes no calls, or a dead end. */
type Way =
  | { readonly kind: 'ring'; readonly target: Target; readonly request: SipRequest }
  | { readonly kind: 'disturbed'; readonly user: string }
  | { readonly kind: 'refused'; readonly status: number };

/** Makes the routing. */
export function createCallRouting({ core, legs, handlings, mailboxes }: CallRoutingParts): CallRouting {
  const calls = new Set<Call>();

  const wayOf = (first: Target, request: SipRequest): Way => {
    let target = first;
    let sent = request;
    for (let hops = 0; hops <= MAX_FORWARDS; hops++) {
      const { destination, place } = target;
      if (place || destination.kind !== 'person') return { kind: 'ring', target, request: sent };
      const { forward, dnd } = handlings.of(destination.user);
      if (forward === null) {
        if (dnd) return { kind: 'disturbed', user: destination.user };
        return { kind: 'ring', target, request: sent };
      }
      const next = targetOf(core, `sip:${forward}@${core.domain}`);
      if (!next) return { kind: 'refused', status: 404 };
      sent = diverted(sent, destination.user, 'unconditional', core.domain);
      target = next;
    }
    return { kind: 'refused', status: 482 };
  };

  /** Lets the caller leave a message; false where the user has no voicemail. */
  const deposit = (transaction: ServerTransaction, request: SipRequest, user: string): boolean => {
    if (!handlings.of(user).voicemail) return false;
    record(transaction, request, user);
    return true;
  };

  const record = (transaction: ServerTransaction, request: SipRequest, user: string) =>
    legs.answer(transaction, depositPart(mailboxes.of(user), callerOf(request), core.maxRecordingMs));

  /** What answers by itself; undefined for what rings. */
  const answering = (
    { destination }: Target,
    caller: string,
    request: SipRequest,
  ): ((transaction: ServerTransaction) => void) | undefined => {
    if (destination.kind === 'echo') return (transaction) => legs.answer(transaction, echo);
    if (destination.kind === 'mailbox') {
      return (transaction) => legs.answer(transaction, playbackPart(mailboxes.of(caller)));
    }
    if (destination.kind === 'deposit') return (transaction) => record(transaction, request, destination.user);
    if (destination.kind === 'code') return (transaction) => dialCode(transaction, caller, destination.code);
    return undefined;
  };

  const dialCode = (transaction: ServerTransaction, user: string, code: FeatureCode) => {
    const forward = code.forward ?? null;
    const whom = forward === null ? undefined : targetOf(core, `sip:${forward}@${core.domain}`)?.destination;
    const wrong = whom?.kind !== 'person' || whom.user === user;
    if (forward !== null && wrong) transaction.respond(404, { reason: 'No Number To Forward To' });
    else {
      handlings.set(user, code);
      legs.answer(transaction, acknowledgement());
    }
  };

  const redirect = (uri: string, request: SipRequest, caller: string): Redirection => {
    const target = targetOf(core, uri);
    const way: Way = target ? wayOf(target, request) : { kind: 'refused', status: 404 };
    if (way.kind === 'refused') return way;
    if (way.kind === 'disturbed') {
      if (!handlings.of(way.user).voicemail) return { kind: 'refused', status: 486 };
      return { kind: 'answered', answer: (transaction) => void deposit(transaction, request, way.user) };
    }
    const answer = answering(way.target, caller, way.request);
    if (answer) return { kind: 'answered', answer };
    return way.target.place ? { kind: 'place', place: way.target.place } : { kind: 'people', users: awake(way.target) };
  };

  /** Members of a queue who want no calls are passed over. */
  const awake = (target: Target) =>
    target.destination.kind === 'queue'
      ? target.destination.members.filter((user) => !handlings.of(user).dnd)
      : peopleOf(target);

  return {
    invite(transaction, asked, caller, first) {
      transaction.respond(100);
      const way = wayOf(first, asked);
      if (way.kind === 'refused') {
        transaction.respond(way.status);
        return;
      }
      if (way.kind === 'disturbed') {
        if (!deposit(transaction, asked, way.user)) transaction.respond(486);
        return;
      }
      const { target, request } = way;
      const answer = answering(target, caller, request);
      if (answer) {
        answer(transaction);
        return;
      }
      const { destination, place } = target;
      const call = startCall({
        core,
        transaction,
        request,
        users: awake(target),
        place,
        redirect: (uri, redirected) => redirect(uri, redirected, caller),
        onUnanswered: (unanswered) =>
          place === undefined && destination.kind === 'person' && deposit(unanswered, request, destination.user),
        onEnded: (over) => void calls.delete(over),
      });
      if (!call.ended) calls.add(call);
    },
    arrived(binding) {
      if (core.lateForking) for (const call of calls) call.arrived(binding);
    },
    end() {
      for (const call of [...calls]) call.refuse(480);
    },
  };
}

/** Who calls, as this server vouches for it; nobody's number where the caller wants none shown. */
function callerOf(request: SipRequest): { readonly number: string; readonly name?: string } {
  const asserted = parseAddress(headerList(request, 'P-Asserted-Identity')[0] ?? '');
  if (!asserted) return { number: 'anonymous' };
  const name = asserted.display.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/g, '$1');
  return { number: asserted.uri.user, ...(name === '' ? {} : { name }) };
}
