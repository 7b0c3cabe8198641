import { parseNumber, type DialRules, type PhoneNumber } from '../numbers/index.ts';
import type { CrmRecord } from '../ports/crm.ts';
import type { Line, LineCall, RemoteParty } from '../ports/line.ts';
import { chosenMatch, searching } from '../records/match.ts';
import type { Call, Reason } from './call.ts';

/** What we know of a call beside what its line says. */
export interface NewCall {
  /** As dialed; absent: as the wire names the other party. */
  readonly number?: PhoneNumber;
  readonly record?: CrmRecord | null;
  /** Null: chosen to be none. */
  readonly callerId?: string | null | undefined;
  readonly consultFor?: Call['consultFor'];
  /** A rule refuses it before it rings. */
  readonly refused?: Reason | null;
}

export function newCall(lineCall: LineCall, line: Line, rules: DialRules, now: number, known: NewCall): Call {
  const { id, direction } = lineCall;
  const { correlation, remote, called, queue, collectedDigits, redirectedBy, transferredBy } = saidOf(lineCall);
  const { record, callerId, consultFor, refused } = known;
  const { name, ...party } = readParty(remote, rules, known.number);
  const sentOnBy = redirectedBy ?? transferredBy;
  const by = sentOnBy && readParty(sentOnBy, rules);
  const kind = redirectedBy ? 'redirected-by' : 'transferred-by';
  return {
    id,
    correlation,
    direction,
    ...party,
    device: lineCall.device ?? line.device,
    phase: direction === 'inbound' ? 'ringing' : 'connecting',
    ...(name && { displayName: name }),
    ...(called && { called }),
    ...(queue && { queue }),
    ...(collectedDigits && { collectedDigits }),
    ...(by && { redirectedBy: by.name ?? by.number }),
    ...(by && {
      legs: [{ kind, number: by.number, at: now, ...(by.name && { name: by.name }) }],
    }),
    startedAt: now,
    muted: false,
    digits: '',
    pending: refused ? 'decline' : null,
    match: record ? chosenMatch(searching, record) : searching,
    notes: { text: '', saved: '' },
    log: { state: 'pending', why: null },
    ...(callerId !== undefined && { callerId }),
    ...(consultFor && { consultFor }),
    ...(refused && { refused }),
  };
}

/** What a line says of a call, copied: a piece of a message keeps the whole message in memory. */
function saidOf(lineCall: LineCall) {
  const { correlation, remote, called, queue, collectedDigits, redirectedBy, transferredBy } = lineCall;
  return structuredClone({ correlation, remote, called, queue, collectedDigits, redirectedBy, transferredBy });
}

/** Whom the wire names, or we have dialed, as a call keeps it. */
export function readParty(
  { address, name }: RemoteParty,
  rules: DialRules,
  dialed?: PhoneNumber,
): Pick<Call, 'number' | 'extension' | 'internal'> & { name?: string } {
  const parsed = dialed ?? parseNumber(address, rules);
  const number = parsed.error ? null : parsed;
  const text = number ? textOf(number) : withheld(address) ? '' : address;
  return {
    number: text,
    ...(number?.extension && { extension: number.extension }),
    internal: number !== null && colleague(number, rules),
    ...(name && !repeats(name, text, rules) && { name }),
  };
}

const textOf = ({ e164, uri, digits }: PhoneNumber): string => e164 ?? uri ?? digits;

/** Many servers name a caller by the number, written in one way or another: that is no name. */
function repeats(name: string, number: string, rules: DialRules): boolean {
  if (name === number) return true;
  const parsed = parseNumber(name, rules);
  return !/\p{L}/u.test(name) && !parsed.error && textOf(parsed) === number;
}

/** RFC 3323 §4.1.1.3: a caller who withholds the number is called `anonymous`. */
const withheld = (address: string): boolean => /^(anonymous|restricted|unavailable|unknown)?$/i.test(address);

function colleague(number: PhoneNumber, { internalPattern }: DialRules): boolean {
  if (number.kind === 'extension') return true;
  if (!internalPattern || !number.e164) return false;
  try {
    return new RegExp(`^(?:${internalPattern})$`).test(number.e164);
  } catch {
    return false;
  }
}
