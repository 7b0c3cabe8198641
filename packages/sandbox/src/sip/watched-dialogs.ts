import { parseAddress, parseVia } from './address.ts';
import { header, headerList, type SipMessage, type SipRequest, type SipResponse } from './message.ts';
import { tagOf } from './response.ts';

/** More than a desk has at once; a server that never hears of an end must not grow for ever. */
const MAX_DIALOGS = 1_000;

/** A call as one of its two parties has it (RFC 4235 §4.1). */
export interface WatchedDialog {
  readonly id: string;
  readonly user: string;
  readonly callId: string;
  readonly localTag: string | undefined;
  readonly remoteTag: string | undefined;
  readonly direction: 'initiator' | 'recipient';
  readonly state: 'trying' | 'early' | 'confirmed' | 'terminated';
  /** Why it is over (RFC 4235 §3.7.1). */
  readonly ended?: 'cancelled' | 'rejected' | 'local-bye' | 'remote-bye';
  readonly remote: { readonly uri: string; readonly display: string };
  /** The Contact of the device, once it is known. */
  readonly target?: string;
}

/** Who is in which call, read from what passes by. */
export interface WatchedDialogs {
  /** Looks at a message that came `in` from a user's socket or goes `out` to it. */
  see(way: 'in' | 'out', message: SipMessage, user: string | undefined): void;
  of(user: string): readonly WatchedDialog[];
  /** Leaves a call out that is told of in another way, until the result is called. */
  hide(callId: string): () => void;
  clear(): void;
}

interface Entry {
  dialog: WatchedDialog;
  readonly fromTag: string;
  /** The devices it rings at, by Via branch. */
  readonly branches: Set<string>;
}

/** Makes an empty list; `onChange` is called after each change with the user whose calls changed. */
export function createWatchedDialogs(onChange: (user: string) => void): WatchedDialogs {
  const entries = new Set<Entry>();
  const hidden = new Set<string>();
  let count = 0;

  const find = (message: SipMessage, direction: WatchedDialog['direction'], user: string) =>
    [...entries].find(
      ({ dialog, fromTag }) =>
        dialog.user === user &&
        dialog.direction === direction &&
        dialog.callId === header(message, 'Call-ID') &&
        fromTag === tagOf(header(message, 'From')),
    );

  const change = (entry: Entry, next: Partial<WatchedDialog>) => {
    entry.dialog = { ...entry.dialog, ...next };
    const over = entry.dialog.state === 'terminated';
    onChange(entry.dialog.user);
    // Told once more as over, then gone.
    if (over) entries.delete(entry);
  };

  const begin = (message: SipMessage, direction: WatchedDialog['direction'], user: string, target?: string): Entry => {
    const fromTag = tagOf(header(message, 'From')) ?? '';
    const entry: Entry = {
      dialog: {
        id: `d${String(++count)}`,
        user,
        callId: header(message, 'Call-ID') ?? '',
        localTag: direction === 'initiator' ? fromTag : undefined,
        remoteTag: direction === 'initiator' ? undefined : fromTag,
        direction,
        state: 'trying',
        remote: remoteOf(message, direction),
        ...(target === undefined ? {} : { target }),
      },
      fromTag,
      branches: new Set(),
    };
    entries.add(entry);
    const [oldest] = entries;
    if (oldest && entries.size > MAX_DIALOGS) entries.delete(oldest);
    onChange(user);
    return entry;
  };

  const offered = (invite: SipRequest, user: string) => {
    const entry = find(invite, 'recipient', user) ?? begin(invite, 'recipient', user, invite.uri);
    entry.branches.add(branchOf(invite));
  };

  const progress = (entry: Entry, response: SipResponse) => {
    const toTag = tagOf(header(response, 'To'));
    const tags = entry.dialog.direction === 'initiator' ? { remoteTag: toTag } : { localTag: toTag };
    if (response.status >= 200) {
      const contact = parseAddress(headerList(response, 'Contact')[0] ?? '')?.uriText;
      const target = entry.dialog.direction === 'recipient' && contact !== undefined ? { target: contact } : {};
      change(entry, { state: 'confirmed', ...tags, ...target });
    } else if (response.status > 100 && entry.dialog.state === 'trying') change(entry, { state: 'early', ...tags });
  };

  /** A device answers. */
  const answeredBy = (response: SipResponse, user: string) => {
    const entry = find(response, 'recipient', user);
    if (!entry || entry.dialog.state === 'confirmed') return;
    if (response.status < 300) {
      progress(entry, response);
      return;
    }
    entry.branches.delete(branchOf(response));
    if (entry.branches.size > 0) return;
    change(entry, { state: 'terminated', ended: response.status === 487 ? 'cancelled' : 'rejected' });
  };

  /** The caller is told. */
  const answeredTo = (response: SipResponse, user: string) => {
    let entry = find(response, 'initiator', user);
    const first = response.status === 100 && tagOf(header(response, 'To')) === undefined;
    if (!entry && first && !hidden.has(header(response, 'Call-ID') ?? '')) entry = begin(response, 'initiator', user);
    if (!entry || entry.dialog.state === 'confirmed') return;
    if (response.status < 300) progress(entry, response);
    else change(entry, { state: 'terminated', ended: response.status === 487 ? 'cancelled' : 'rejected' });
    if (response.status < 200) return;
    // Nobody rings any more once the caller has the final answer, not even behind a broken socket.
    const { callId } = entry.dialog;
    for (const other of [...entries]) {
      const ringing = other.dialog.direction === 'recipient' && other.dialog.state !== 'confirmed';
      if (ringing && other.dialog.callId === callId && other.fromTag === entry.fromTag) {
        change(other, { state: 'terminated', ended: 'cancelled' });
      }
    }
  };

  const hungUp = (bye: SipRequest, sender: string | undefined) => {
    const tags = [tagOf(header(bye, 'From')), tagOf(header(bye, 'To'))];
    for (const entry of [...entries]) {
      const { callId, localTag, remoteTag, user, state } = entry.dialog;
      if (state !== 'confirmed' || callId !== header(bye, 'Call-ID')) continue;
      if (!tags.includes(localTag) || !tags.includes(remoteTag)) continue;
      const local = sender === user && tags[0] === localTag;
      change(entry, { state: 'terminated', ended: local ? 'local-bye' : 'remote-bye' });
    }
  };

  return {
    see(way, message, user) {
      if (message.kind === 'request') {
        const first = message.method === 'INVITE' && tagOf(header(message, 'To')) === undefined;
        const shown = !hidden.has(header(message, 'Call-ID') ?? '');
        if (way === 'out' && first && shown && user !== undefined) offered(message, user);
        else if (message.method === 'BYE') hungUp(message, way === 'in' ? user : undefined);
      } else if (user !== undefined && /\sINVITE$/.test(header(message, 'CSeq') ?? '')) {
        if (way === 'in') answeredBy(message, user);
        else answeredTo(message, user);
      }
    },
    of: (user) => [...entries].flatMap(({ dialog }) => (dialog.user === user ? dialog : [])),
    hide(callId) {
      hidden.add(callId);
      return () => void hidden.delete(callId);
    },
    clear() {
      entries.clear();
      hidden.clear();
    },
  };
}

function branchOf(message: SipMessage): string {
  return parseVia(headerList(message, 'Via')[0] ?? '')?.branch ?? '';
}

/** Whom the party talks to: who is vouched for (RFC 3325), else what the message says. */
function remoteOf(message: SipMessage, direction: WatchedDialog['direction']): WatchedDialog['remote'] {
  const asserted = direction === 'recipient' ? headerList(message, 'P-Asserted-Identity')[0] : undefined;
  const named = parseAddress(asserted ?? header(message, direction === 'recipient' ? 'From' : 'To') ?? '');
  return {
    uri: named?.uriText ?? '',
    display: (named?.display ?? '').replace(/^"(.*)"$/s, '$1').replace(/\\(.)/g, '$1'),
  };
}
