import {
  addressOf,
  formatMessage,
  header,
  isRequest,
  methodOf,
  responseTo,
  statusOf,
  tagOf,
  token,
  type SipMessage,
} from './sip-message.ts';

/** What a scripted party adds to a message. */
export interface MessageParts {
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** Which message is meant: a method (the request), a status code (the response), or whatever the test says. */
export type Match = string | number | ((message: SipMessage) => boolean);

/** A remote party that does exactly what a test tells it, right or wrong. */
export interface Party {
  readonly user: string;
  /** Its contact URI. */
  readonly contact: string;
  /** The next message it got and nobody has taken yet. */
  next(match: Match): Promise<SipMessage>;
  /** Sends text as it stands, however broken. */
  send(message: SipMessage | string): void;
  /** Starts a dialog or asks outside of one. Answers the request that was sent. */
  request(method: string, user: string, parts?: MessageParts): SipMessage;
  respond(request: SipMessage, status: number, parts?: MessageParts): SipMessage;
  /** A request within the dialog that an INVITE and a response to it made. */
  within(invite: SipMessage, response: SipMessage, method: string, parts?: MessageParts): SipMessage;
  /** Takes an INVITE back (RFC 3261 §9.1). */
  cancel(invite: SipMessage, parts?: MessageParts): SipMessage;
}

export function matches(message: SipMessage, match: Match): boolean {
  if (typeof match === 'function') return match(message);
  return typeof match === 'number' ? statusOf(message) === match : isRequest(message) && methodOf(message) === match;
}

const TYPE = [['Content-Type', 'application/sdp']] as const;

/** @param transmit puts a message on the wire */
export function createParty(
  user: string,
  transmit: (text: string) => void,
): Party & { receive(message: SipMessage): void } {
  const contact = `sip:${user}@${token()}.invalid;transport=ws`;
  const waiting: { match: Match; resolve: (message: SipMessage) => void }[] = [];
  const received: SipMessage[] = [];
  const tag = token();
  let sequence = 0;

  const via = (): [string, string] => ['Via', `SIP/2.0/WS ${token()}.invalid;branch=z9hG4bK${token()}${token()}`];
  const transmitted = (message: SipMessage): SipMessage => {
    transmit(formatMessage(message));
    return message;
  };
  const typed = (parts: MessageParts): readonly (readonly [string, string])[] =>
    parts.body !== undefined && !parts.headers?.some(([name]) => name.toLowerCase() === 'content-type') ? TYPE : [];

  /** What a test gives takes the place of the party's own. */
  const withOwn = (own: readonly (readonly [string, string])[], parts: MessageParts) => {
    const given = new Set((parts.headers ?? []).map(([name]) => name.toLowerCase()));
    return [...own.filter(([name]) => !given.has(name.toLowerCase())), ...(parts.headers ?? []), ...typed(parts)];
  };

  return {
    user,
    contact,
    receive(message) {
      const index = waiting.findIndex(({ match }) => matches(message, match));
      if (index < 0) received.push(message);
      else waiting.splice(index, 1)[0]?.resolve(message);
    },
    next(match) {
      const index = received.findIndex((message) => matches(message, match));
      const found = index < 0 ? undefined : received.splice(index, 1)[0];
      return found ? Promise.resolve(found) : new Promise((resolve) => waiting.push({ match, resolve }));
    },
    send(message) {
      transmit(typeof message === 'string' ? message : formatMessage(message));
    },
    request(method, target, parts = {}) {
      const own: readonly (readonly [string, string])[] = [
        via(),
        ['Max-Forwards', '70'],
        ['From', `<sip:${user}@wire.test>;tag=${tag}`],
        ['To', `<sip:${target}@wire.test>`],
        ['Call-ID', token() + token()],
        ['CSeq', `${String(++sequence)} ${method}`],
        ['Contact', `<${contact}>`],
      ];
      const start = `${method} sip:${target}@wire.test SIP/2.0`;
      return transmitted({ start, headers: withOwn(own, parts), body: parts.body ?? '' });
    },
    respond(request, status, parts = {}) {
      const named =
        methodOf(request) === 'INVITE' && status > 100 && status < 300 ? [['Contact', `<${contact}>`] as const] : [];
      const headers = [...named, ...(parts.headers ?? []), ...typed(parts)];
      return transmitted(responseTo(request, status, { headers, body: parts.body ?? '', tag }));
    },
    within(invite, response, method, parts = {}) {
      const ours = tagOf(header(invite, 'From')) === tag;
      const ends = [header(response, 'From'), header(response, 'To')];
      const [from = '', to = ''] = ours ? ends : ends.reverse();
      const target = header(ours ? response : invite, 'Contact');
      const number = method === 'ACK' ? (header(invite, 'CSeq').split(' ')[0] ?? '1') : String(++sequence);
      const uri = /<([^>]*)>/.exec(target)?.[1] ?? `sip:${addressOf(to).user}@wire.test`;
      const own: readonly (readonly [string, string])[] = [
        via(),
        ['Max-Forwards', '70'],
        ['From', from],
        ['To', to],
        ['Call-ID', header(invite, 'Call-ID')],
        ['CSeq', `${number} ${method}`],
        ['Contact', `<${contact}>`],
      ];
      return transmitted({ start: `${method} ${uri} SIP/2.0`, headers: withOwn(own, parts), body: parts.body ?? '' });
    },
    cancel(invite, parts = {}) {
      const copied = invite.headers.filter(([name]) =>
        ['via', 'from', 'to', 'call-id', 'max-forwards'].includes(name.toLowerCase()),
      );
      const number = header(invite, 'CSeq').split(' ')[0] ?? '1';
      const uri = invite.start.split(' ')[1] ?? '';
      return transmitted({
        start: `CANCEL ${uri} SIP/2.0`,
        headers: [...copied, ['CSeq', `${number} CANCEL`], ...(parts.headers ?? [])],
        body: '',
      });
    },
  };
}
