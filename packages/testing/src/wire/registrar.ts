import { md5 } from './md5.ts';
import { addressOf, header, responseTo, token, type SipMessage } from './sip-message.ts';
import type { Connection } from './wire-transport.ts';

export interface Binding {
  readonly user: string;
  /** The contact's URI. */
  readonly contact: string;
  readonly connection: Connection;
}

export interface Refusal {
  readonly status: number;
  /** How many registrations are refused; without it all from now on. */
  readonly times?: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

export interface Registrar {
  register(from: Connection, request: SipMessage): SipMessage;
  /** Adds a contact without a REGISTER: a scripted party. */
  bind(binding: Binding): void;
  /** Where a Request-URI leads: the one contact it names, else all contacts of its user. */
  targets(uri: string): Binding[];
  /** Whether such a user has ever been there. */
  knows(user: string): boolean;
  /** Refuses what comes; `undefined` ends it. */
  refuse(refusal: Refusal | undefined): void;
  /** Forgets the contacts of a connection. */
  forget(connection: Connection): void;
  bindings(): readonly Binding[];
}

export interface RegistrarOptions {
  /** The password of a user; `undefined`: that user needs none. */
  readonly password?: (user: string) => string | undefined;
  /** The longest registration granted, in seconds. */
  readonly maxExpiresS?: number;
}

const REALM = 'wire.test';

/** Keeps who is where (RFC 3261 §10.3), with digest authentication where a password is set (RFC 2617, MD5, qop=auth). */
export function createRegistrar({ password = () => undefined, maxExpiresS = 600 }: RegistrarOptions): Registrar {
  let bindings: Binding[] = [];
  let refusal: (Refusal & { left: number }) | undefined;
  const users = new Set<string>();
  const nonce = token();

  function authorized(request: SipMessage, user: string): boolean {
    const secret = password(user);
    if (secret === undefined) return true;
    const given = header(request, 'Authorization');
    const part = (name: string): string => new RegExp(`\\b${name}="?([^",]*)`, 'i').exec(given)?.[1] ?? '';
    const ha1 = md5(`${part('username')}:${REALM}:${secret}`);
    const ha2 = md5(`REGISTER:${part('uri')}`);
    const expected = md5(`${ha1}:${nonce}:${part('nc')}:${part('cnonce')}:${part('qop')}:${ha2}`);
    return part('nonce') === nonce && part('response') === expected;
  }

  function refused(): Refusal | undefined {
    if (!refusal || refusal.left <= 0) return undefined;
    refusal.left--;
    return refusal;
  }

  return {
    register(from, request) {
      const { user } = addressOf(header(request, 'To'));
      const refusing = refused();
      if (refusing) return responseTo(request, refusing.status, refusing.headers ? { headers: refusing.headers } : {});
      if (!authorized(request, user)) {
        const challenge = `Digest realm="${REALM}", nonce="${nonce}", algorithm=MD5, qop="auth"`;
        return responseTo(request, 401, { headers: [['WWW-Authenticate', challenge]] });
      }
      users.add(user);
      const contact = header(request, 'Contact');
      const uri = /<([^>]*)>/.exec(contact)?.[1] ?? '';
      const asked = Number(/;\s*expires=(\d+)/i.exec(contact)?.[1] ?? (header(request, 'Expires') || '600'));
      bindings = bindings.filter((binding) => binding.contact !== uri);
      if (asked === 0) return responseTo(request, 200);
      bindings.push({ user, contact: uri, connection: from });
      return responseTo(request, 200, {
        headers: [['Contact', `<${uri}>;expires=${String(Math.min(asked, maxExpiresS))}`]],
      });
    },
    bind(binding) {
      users.add(binding.user);
      bindings.push(binding);
    },
    targets(uri) {
      const { user, host } = addressOf(uri);
      const exact = bindings.filter(
        ({ contact }) => addressOf(contact).user === user && addressOf(contact).host === host,
      );
      return exact.length > 0 ? exact : bindings.filter((binding) => binding.user === user && user !== '');
    },
    knows: (user) => users.has(user),
    refuse(next) {
      refusal = next && { ...next, left: next.times ?? Number.POSITIVE_INFINITY };
    },
    forget(connection) {
      bindings = bindings.filter((binding) => binding.connection !== connection);
    },
    bindings: () => bindings,
  };
}
