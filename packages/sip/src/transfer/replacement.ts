import { Grammar, type Invitation, type Session, type URI } from 'sip.js';

/** Who the other side of a session is, as the server asserts it, else as the session names it. */
function identity(session: Session): URI {
  return (session.assertedIdentity ?? session.remoteIdentity).uri;
}

function same(one: URI | undefined, other: URI | undefined): boolean {
  return one?.user !== undefined && one.user === other?.user && one.host.toLowerCase() === other.host.toLowerCase();
}

/**
 * Whether an invitation may take the place of a session of ours (RFC 3891 §3, §8), which it names by ids that only the server,
 * the other side and whom that told know: `peer` when it comes from the other side itself, by another way; `party` when the
 * other side has sent somebody else (Referred-By); `undefined` when nothing says that it may. Record 0012 says why this is enough.
 */
export function replacement(invitation: Invitation, replaced: Session): 'peer' | 'party' | undefined {
  // A server may assert an extension for whom the phone itself names by its address: the other side is both.
  const peers = [identity(replaced), replaced.remoteIdentity.uri];
  const peer = (uri: URI | undefined): boolean => peers.some((one) => same(uri, one));
  if (peer(identity(invitation))) return 'peer';
  // Whom we have dialed by an extension calls back by its name: then its phone is the same.
  const contact = Grammar.nameAddrHeaderParse(invitation.request.getHeader('contact') ?? '')?.uri;
  const target = replaced.dialog?.remoteTarget;
  if (contact?.user !== undefined && contact.user === target?.user && contact.user.length >= NAME_LENGTH) return 'peer';
  const referrer = Grammar.nameAddrHeaderParse(invitation.request.getHeader('referred-by') ?? '')?.uri;
  return peer(referrer) ? 'party' : undefined;
}

/** A shorter name of a phone may be anybody's. */
const NAME_LENGTH = 8;
