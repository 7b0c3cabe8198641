import { contactKey, parseAddress, parseUri } from './address.ts';
import { startCall, type Call, type Place, type Redirection } from './call.ts';
import { learnContact, placeOf, withoutOwnRoutes, type Core } from './core.ts';
import { createDigest } from './digest.ts';
import { canonicalUser, destinationOf, passwordOf, reachable, type Destination } from './directory.ts';
import type { Flow } from './flows.ts';
import { honestFrom, withIdentity } from './identity.ts';
import { forwardAck, forwardInDialog } from './in-dialog.ts';
import { createLegs } from './media/legs.ts';
import { header, headerLines, type SipRequest, type SipResponse } from './message.ts';
import { forkRequest } from './out-of-dialog.ts';
import { tagOf } from './response.ts';
import { createStoredMessages } from './stored-messages.ts';
import type { ServerTransaction } from './transactions.ts';
import { refusalOf } from './validation.ts';

const METHODS = 'INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, MESSAGE, REFER, NOTIFY, INFO, UPDATE, PRACK, SUBSCRIBE';

/** Decides what becomes of each message (RFC 3261 §16.5). */
export interface Router {
  onRequest(request: SipRequest, flow: Flow): void;
  onResponse(response: SipResponse, flow: Flow): void;
  setVoicemail(user: string, on: boolean): void;
  storedMessages(user: string): number;
  /** Ends pending calls and our own legs, forgets texts and voicemail. */
  reset(): void;
  /** As `reset`, resolved when our own legs have said BYE. */
  end(): Promise<void>;
}

/** Where a request that starts something leads. */
interface Target {
  readonly destination: Destination;
  readonly place?: Place;
}

/** Makes the router of a server. */
export function createRouter(core: Core): Router {
  const digest = createDigest({ realm: core.domain, now: core.now, random: core.random });
  const stored = createStoredMessages(core);
  const legs = createLegs(core);
  const calls = new Set<Call>();
  const voicemail = new Set<string>();

  /** The user who sent a request; undefined once it has been challenged or refused. */
  const authenticated = (transaction: ServerTransaction): string | undefined => {
    const { request, flow } = transaction;
    const registering = request.method === 'REGISTER';
    const lines = headerLines(request, registering ? 'Authorization' : 'Proxy-Authorization');
    const verdict = digest.verify(lines, request.method, passwordOf);
    if (verdict.outcome === 'accepted') {
      const user = canonicalUser(verdict.username);
      flow.user = user;
      return user;
    }
    if (verdict.outcome === 'refused') transaction.respond(403, { reason: 'Wrong User Name Or Password' });
    else {
      const name = registering ? 'WWW-Authenticate' : 'Proxy-Authenticate';
      const value = digest.challenge(verdict.outcome === 'stale');
      transaction.respond(registering ? 401 : 407, { headers: [{ name, value }] });
    }
    return undefined;
  };

  const register = (transaction: ServerTransaction) => {
    const { request, flow } = transaction;
    if (parseUri(request.uri)?.host !== core.domain) {
      transaction.respond(404, { reason: 'Unknown Domain' });
      return;
    }
    const user = authenticated(transaction);
    if (user === undefined) return;
    const to = parseAddress(header(request, 'To') ?? '')?.uri;
    if (to?.host !== core.domain || canonicalUser(to.user) !== user) {
      transaction.respond(403, { reason: 'Not Your Address' });
      return;
    }
    const { status, arrived, ...answer } = core.registrar.register(request, user, flow);
    const date = { name: 'Date', value: new Date(core.now()).toUTCString() };
    transaction.respond(status, { ...answer, headers: [...answer.headers, date] });
    for (const binding of arrived) {
      core.flows.learn(binding.key, flow);
      for (const call of calls) call.arrived(binding);
    }
    if (arrived.length > 0) stored.deliver(user);
  };

  const targetOf = (uri: string): Target | undefined => {
    const parsed = parseUri(uri);
    if (!parsed) return undefined;
    if (parsed.scheme === 'tel' || parsed.host === core.domain) {
      const destination = destinationOf(parsed.user);
      return destination && { destination };
    }
    const key = contactKey(parsed);
    const flow = core.flows.find(key);
    if (flow?.user === undefined) return undefined;
    return { destination: { kind: 'person', user: flow.user }, place: { user: flow.user, key, uri, flow } };
  };

  const peopleOf = ({ destination, place }: Target): readonly string[] => {
    if (place || destination.kind === 'echo') return [];
    return destination.kind === 'queue' ? destination.members : [destination.user];
  };

  const redirect = (uri: string): Redirection | undefined => {
    const target = targetOf(uri);
    if (!target) return undefined;
    if (target.destination.kind === 'echo') {
      return { kind: 'answered', answer: (transaction) => legs.answer(transaction, 'echo') };
    }
    return target.place ? { kind: 'place', place: target.place } : { kind: 'people', users: peopleOf(target) };
  };

  const invite = (transaction: ServerTransaction, request: SipRequest, target: Target) => {
    transaction.respond(100);
    if (target.destination.kind === 'echo') {
      legs.answer(transaction, 'echo');
      return;
    }
    const { destination, place } = target;
    const call = startCall({
      core,
      transaction,
      request,
      users: peopleOf(target),
      place,
      redirect,
      onUnanswered: (unanswered) => {
        if (place || destination.kind !== 'person' || !voicemail.has(destination.user)) return false;
        legs.answer(unanswered, 'voicemail');
        return true;
      },
      onEnded: (over) => void calls.delete(over),
    });
    if (!call.ended) calls.add(call);
  };

  const message = (transaction: ServerTransaction, request: SipRequest, target: Target) => {
    const people = peopleOf(target);
    const places = target.place ? [target.place] : people.flatMap((user) => core.registrar.bindings(user));
    forkRequest({
      core,
      transaction,
      request,
      places,
      onAway: ({ status }) => {
        if (request.method !== 'MESSAGE' || ![408, 480].includes(status)) return false;
        const kept = people.filter((user) => stored.keep(user, request)).length > 0;
        if (kept) transaction.respond(202);
        return kept;
      },
    });
  };

  const start = (transaction: ServerTransaction) => {
    const { request } = transaction;
    const uri = parseUri(request.uri);
    if (request.method === 'OPTIONS' && uri?.user === '' && uri.host === core.domain) {
      transaction.respond(200, { headers: [{ name: 'Allow', value: METHODS }] });
      return;
    }
    const caller = authenticated(transaction);
    if (caller === undefined) return;
    if (!honestFrom(request, caller, core.domain)) {
      transaction.respond(403, { reason: 'From Is Not You' });
      return;
    }
    learnContact(core, request, transaction.flow);
    if (request.method === 'SUBSCRIBE' || request.method === 'PUBLISH') {
      transaction.respond(489);
      return;
    }
    const target = targetOf(request.uri);
    if (!target) {
      transaction.respond(404);
      return;
    }
    if (!reachable(caller, target.destination)) {
      transaction.respond(403, { reason: 'Guests Reach Queues Only' });
      return;
    }
    const identified = withIdentity(request, caller, target.destination, core.domain);
    if (request.method === 'INVITE') invite(transaction, identified, target);
    else message(transaction, identified, target);
  };

  const continueDialog = (transaction: ServerTransaction) => {
    const { request, flow } = transaction;
    // A socket that never proved who it is has no business in anybody's dialog.
    if (flow.user === undefined && authenticated(transaction) === undefined) return;
    learnContact(core, request, flow);
    const uri = parseUri(request.uri);
    if (uri?.host !== core.domain) forwardInDialog(core, transaction);
    else if (!legs.onRequest(transaction)) transaction.respond(481);
  };

  const acknowledge = (request: SipRequest) => {
    const invited = core.transactions.inviteOf(request);
    // The ACK of a refusal ends with the INVITE's transaction; that of a 2xx has a branch of its own and goes on.
    if (invited) return;
    const direct = withoutOwnRoutes(core, request);
    if (parseUri(direct.uri)?.host === core.domain) legs.onAck(direct);
    else if (placeOf(direct.uri) !== undefined) forwardAck(core, direct);
  };

  const reset = () => {
    for (const call of [...calls]) call.refuse(480);
    stored.clear();
    voicemail.clear();
    return legs.end();
  };

  return {
    onRequest(request, flow) {
      const refusal = refusalOf(request, core.sentBy);
      if (request.method === 'ACK') {
        if (!refusal) acknowledge(request);
        return;
      }
      const invited = request.method === 'CANCEL' && !refusal ? core.transactions.inviteOf(request) : undefined;
      const transaction = core.transactions.receive(request, flow);
      if (!transaction) return;
      if (refusal) {
        const { status, ...answer } = refusal;
        transaction.respond(status, answer);
      } else if (request.method === 'CANCEL') {
        transaction.respond(invited ? 200 : 481);
        if (!invited) return;
        invited.flow = flow;
        if (!invited.answered) invited.onCancel?.(request);
      } else if (request.method === 'REGISTER') register(transaction);
      else if (tagOf(header(request, 'To')) !== undefined) continueDialog(transaction);
      else start(transaction);
    },
    onResponse(response, flow) {
      if (core.transactions.answer(response, flow)) learnContact(core, response, flow);
    },
    setVoicemail(user, on) {
      if (on) voicemail.add(user);
      else voicemail.delete(user);
    },
    storedMessages: (user) => stored.count(user),
    reset: () => void reset(),
    end: reset,
  };
}
