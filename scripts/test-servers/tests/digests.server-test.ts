import { expect } from '@open-wc/testing';
import type { SipCredentials } from '@multiline/sip';
import { overheard, type Overheard } from './testing/overheard.ts';
import { audible, phone, server, talking } from './testing/phones.ts';

/** The algorithms that the headers of this name speak of, in order; MD5 where they say none. */
const algorithms = (message: string, header: RegExp): readonly string[] =>
  message
    .split('\r\n')
    .filter((line) => header.test(line))
    .map((line) => /algorithm="?([\w-]+)/i.exec(line)?.[1] ?? 'MD5');

/** What the server has asked for each time, and what it was answered. */
function proven({ sent, received }: Overheard) {
  const asked = received.map((message) => algorithms(message, /^(WWW|Proxy)-Authenticate:/i));
  return {
    asked: asked.filter(({ length }) => length > 0),
    answered: sent.flatMap((message) => algorithms(message, /^(Proxy-)?Authorization:/i)),
  };
}

for (const { user, url, asks, answer, ha1 } of server.digests ?? [])
  describe(`${server.name}, which asks for ${asks.join(' or ')}`, () => {
    const servers = { servers: [url] };

    async function talksAs(account: { readonly credentials?: () => SipCredentials }, by: string): Promise<void> {
      const wire = overheard();
      const [caller, bob] = [phone(user, { ...servers, ...account, transport: wire.transport }), phone('bob', servers)];
      await Promise.all([caller.start(), bob.start()]);
      const { ours, theirs } = await talking(caller, bob, '1002');
      await Promise.all([audible(ours), audible(theirs)]);
      const { asked, answered } = proven(wire);
      expect(new Set(asked.map(String))).to.deep.equal(new Set([String(asks)]));
      // REGISTER and INVITE at least.
      expect(answered.length).to.be.greaterThan(1);
      expect(new Set(answered)).to.deep.equal(new Set([by]));
    }

    it(`is answered by ${answer}: a phone registers, calls and is heard`, () => talksAs({}, answer));

    it('says that a password is wrong', async () => {
      const caller = phone(user, { ...servers, password: 'guessed' });
      await caller.start();
      const status = caller.$status.get();
      expect(status.state === 'failed' && status.failure.code).to.equal('auth-failed');
    });

    if (ha1 !== undefined) {
      it('is answered by MD5 where the page has an HA1 alone', () => talksAs({ credentials: () => ({ ha1 }) }, 'MD5'));
      return;
    }
    it('says to a page with an HA1 alone that it cannot prove itself', async () => {
      const caller = phone(user, { ...servers, credentials: () => ({ ha1: '0'.repeat(32) }) });
      await caller.start();
      const status = caller.$status.get();
      expect(status.state === 'failed' && status.failure.code).to.equal('auth-unsupported');
    });
  });
