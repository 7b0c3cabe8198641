import type { LineCall, RemoteParty } from '@multiline/core';
import { Grammar, type Core } from 'sip.js';
import { calledNumber, plainText, remoteParty } from './headers.ts';
import { splitList } from './transport/message-head.ts';

/** Names of the headers in which a phone system tells more about a call (MV-61); where it has others, name them. */
export interface CallHeaderNames {
  /**
   * The number that was dialed first of all; `X-DNIS`. Without it History-Info and Diversion tell where the call has come from,
   * else P-Called-Party-ID (RFC 7315 §4.2) and To.
   */
  readonly called?: string;
  /** The queue the caller waited in; `X-Queue`. */
  readonly queue?: string;
  /** Digits the caller has typed before; `X-Collected-Digits`. */
  readonly collectedDigits?: string;
}

type Told = Pick<LineCall, 'called' | 'queue' | 'collectedDigits' | 'redirectedBy' | 'transferredBy'>;

/** What an invitation tells about its call. */
export function toldBy(request: Core.IncomingRequestMessage, names: CallHeaderNames = {}): Told & { called: string } {
  const text = (name: string): string => plainText(request.getHeader(name));
  const called = text(names.called ?? 'X-DNIS');
  const queue = text(names.queue ?? 'X-Queue');
  const collectedDigits = text(names.collectedDigits ?? 'X-Collected-Digits');
  const redirectedBy = redirector(request);
  const transferredBy = party(request.getHeader('referred-by'));
  return {
    called: called || (dialedFirst(request) ?? calledNumber(request)),
    ...(queue === '' ? {} : { queue }),
    ...(collectedDigits === '' ? {} : { collectedDigits }),
    ...(redirectedBy ? { redirectedBy } : {}),
    ...(transferredBy ? { transferredBy } : {}),
  };
}

/** Who sent the call on to us: the topmost Diversion (RFC 5806 §3.3), else the last but one of History-Info (RFC 7044 §5). */
function redirector(request: Core.IncomingRequestMessage): RemoteParty | undefined {
  return party(entries(request, 'diversion')[0] ?? entries(request, 'history-info').at(-2));
}

/** Whom a call was meant for that was sent on: History-Info begins with it (RFC 7044 §5), Diversion ends with it (RFC 5806 §3.3). */
function dialedFirst(request: Core.IncomingRequestMessage): string | undefined {
  const [first, ...onward] = entries(request, 'history-info');
  return party(onward.length > 0 ? first : entries(request, 'diversion').at(-1))?.address;
}

const entries = (request: Core.IncomingRequestMessage, name: string): string[] =>
  request.getHeaders(name).flatMap(splitList);

function party(text: string | undefined): RemoteParty | undefined {
  const parsed = text === undefined ? undefined : Grammar.nameAddrHeaderParse(text.trim());
  return parsed && remoteParty(parsed);
}
