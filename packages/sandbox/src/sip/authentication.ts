import type { Core } from './core.ts';
import { createDigest } from './digest.ts';
import { canonicalUser, passwordOf } from './directory.ts';
import { headerLines } from './message.ts';
import type { ServerTransaction } from './transactions.ts';

/** Makes the check of who sent a request: the user, or undefined once it has been challenged or refused. */
export function createAuthentication(core: Core): (transaction: ServerTransaction) => string | undefined {
  const digest = createDigest({ realm: core.domain, now: core.now, random: core.random });
  return (transaction) => {
    const { request, flow } = transaction;
    if (flow.inside) return flow.user;
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
}
