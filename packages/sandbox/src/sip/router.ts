import { parseAddress, parseUri } from './address.ts';
import { createAuthentication } from './authentication.ts';
import { createCallHandlings, type CallHandlings } from './call-handling.ts';
import { createCallRouting } from './call-routing.ts';
import { createCallbacks, type Callbacks } from './callbacks.ts';
import { learnContact, placeOf, withoutOwnRoutes, type Core } from './core.ts';
import { canonicalUser, reachable } from './directory.ts';
import { createEvents, type Events } from './events/events.ts';
import type { Flow } from './flows.ts';
import { honestFrom, withIdentity } from './identity.ts';
import { forwardAck, forwardInDialog } from './in-dialog.ts';
import { insideFlow } from './inside-flow.ts';
import { createMailboxes, type Mailboxes } from './mailboxes.ts';
import { createLegs } from './media/legs.ts';
import { header, type SipRequest, type SipResponse } from './message.ts';
import { forkRequest } from './out-of-dialog.ts';
import { tagOf } from './response.ts';
import { createStoredMessages } from './stored-messages.ts';
import { peopleOf, targetOf, type Target } from './target.ts';
import type { ServerTransaction } from './transactions.ts';
import { refusalOf } from './validation.ts';

const METHODS =
  'INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, MESSAGE, REFER, NOTIFY, INFO, UPDATE, PRACK, SUBSCRIBE, PUBLISH';

/** Decides what becomes of each message (RFC 3261 §16.5). */
export interface Router {
  readonly handlings: CallHandlings;
  readonly mailboxes: Mailboxes;
  readonly callbacks: Callbacks;
  readonly events: Events;
  onRequest(request: SipRequest, flow: Flow): void;
  onResponse(response: SipResponse, flow: Flow): void;
  storedMessages(user: string): number;
  /** Ends pending calls and our own legs, forgets texts, messages, presence and call handling. */
  reset(): void;
  /** As `reset`, resolved when our own legs have said BYE; nobody is told of anything any more. */
  end(): Promise<void>;
}

/** Makes the router of a server. */
export function createRouter(core: Core): Router {
  const authenticated = createAuthentication(core);
  const stored = createStoredMessages(core);
  const handlings = createCallHandlings();
  const mailboxes = createMailboxes(core.now, (user) => events.mailboxChanged(user));
  const inside = (user: string): Flow =>
    insideFlow(user, (message, flow) => {
      if (message.kind === 'request') router.onRequest(message, flow);
      else router.onResponse(message, flow);
    });
  const events: Events = createEvents(core, inside, (user) => mailboxes.count(user));
  const legs = createLegs(core, inside);
  const callbacks = createCallbacks(core, legs, events.dialogs);
  const routing = createCallRouting({ core, legs, handlings, mailboxes });

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
      routing.arrived(binding);
    }
    if (arrived.length > 0) stored.deliver(user);
    events.devicesChanged(user);
  };

  const fork = (transaction: ServerTransaction, request: SipRequest, target: Target) => {
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

  /** SUBSCRIBE and PUBLISH end here: this server is the notifier and the state agent of its users. */
  const attend = (transaction: ServerTransaction, caller: string, { destination, place }: Target) => {
    if (place || destination.kind !== 'person') transaction.respond(489);
    else if (transaction.request.method === 'PUBLISH') events.publish(transaction, caller, destination.user);
    else events.subscribe(transaction, caller, destination.user);
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
    const target = targetOf(core, request.uri);
    if (!target) {
      transaction.respond(404);
      return;
    }
    if (request.method === 'SUBSCRIBE' || request.method === 'PUBLISH') {
      attend(transaction, caller, target);
      return;
    }
    if (!reachable(caller, target.destination)) {
      transaction.respond(403, { reason: 'Guests Reach Queues Only' });
      return;
    }
    const identified = withIdentity(request, caller, target.destination, core.domain);
    if (request.method === 'INVITE') routing.invite(transaction, identified, caller, target);
    else fork(transaction, identified, target);
  };

  const continueDialog = (transaction: ServerTransaction) => {
    const { request, flow } = transaction;
    // A socket that never proved who it is has no business in anybody's dialog.
    if (flow.user === undefined && authenticated(transaction) === undefined) return;
    learnContact(core, request, flow);
    const uri = parseUri(request.uri);
    if (uri?.host !== core.domain) forwardInDialog(core, transaction);
    else if (!legs.onRequest(transaction) && !events.onRequest(transaction)) transaction.respond(481);
  };

  const acknowledge = (request: SipRequest) => {
    const invited = core.transactions.inviteOf(request);
    // The ACK of a refusal ends with the INVITE's transaction; that of a 2xx has a branch of its own and goes on.
    if (invited) return;
    const direct = withoutOwnRoutes(core, request);
    if (parseUri(direct.uri)?.host === core.domain) legs.onAck(direct);
    else if (placeOf(direct.uri) !== undefined) forwardAck(core, direct);
  };

  const endCalls = () => {
    routing.end();
    callbacks.end();
    return legs.end();
  };

  core.closings.add(({ user }) => {
    if (user !== undefined) events.devicesChanged(user);
  });

  const router: Router = {
    handlings,
    mailboxes,
    callbacks,
    events,
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
    storedMessages: (user) => stored.count(user),
    reset() {
      void endCalls();
      stored.clear();
      handlings.reset();
      mailboxes.reset();
      events.reset();
    },
    end() {
      events.clear();
      stored.clear();
      return endCalls();
    },
  };
  return router;
}
