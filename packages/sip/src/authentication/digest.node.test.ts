import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { Core, URI } from 'sip.js';
import { challengesOf, readChallenges } from './challenge.ts';
import { Digest } from './digest.ts';
import { readMessage } from '../transport/read-message.ts';

const ann = { authorizationUsername: 'ann', authorizationPassword: 'secret', authorizationHa1: '' };
/** MD5 of "ann:wire.test:secret" */
const ha1 = createHash('md5').update('ann:wire.test:secret').digest('hex');

/** What is answered to these challenges in an INVITE; undefined where nothing is. */
function answerTo(values: readonly string[], proof = ann): Map<string, string> | undefined {
  const [from, to] = [new URI('sip', 'ann', 'wire.test'), new URI('sip', 'bob', 'wire.test')];
  const body = { content: 'v=0', contentType: 'application/sdp', contentDisposition: 'session' };
  const request = new Core.OutgoingRequestMessage('INVITE', to, from, to, {}, [], body);
  const digest = new Digest(proof);
  if (!digest.authenticate(request, readChallenges(values))) return undefined;
  return new Map(
    digest
      .toString()
      .replace(/^Digest /, '')
      .split(', ')
      .map((part) => part.split('=') as [string, string])
      .map(([name, value]) => [name, value.replace(/^"|"$/g, '')]),
  );
}

const offer = (rest: string): string => `Digest realm="wire.test", nonce="n,1"${rest && `, ${rest}`}`;

describe('the answer to a challenge', () => {
  for (const [algorithm, openssl] of [
    ['MD5', 'md5'],
    ['SHA-256', 'sha256'],
    ['SHA-512-256', 'sha512-256'],
  ] as const) {
    for (const qop of ['auth', 'auth-int', undefined]) {
      it(`is right by ${algorithm} with ${qop ?? 'no'} protection`, () => {
        const hash = (text: string): string => createHash(openssl).update(text).digest('hex');
        const protection = qop === undefined ? '' : `, qop="x,${qop}"`;
        const got = answerTo([offer(`algorithm=${algorithm}, opaque="o"${protection}`)]);
        assert.ok(got);
        const body = qop === 'auth-int' ? `:${hash('v=0')}` : '';
        const counted = qop === undefined ? '' : `00000001:${got.get('cnonce') ?? ''}:${qop}:`;
        const asked = hash(`INVITE:sip:bob@wire.test${body}`);
        assert.equal(got.get('response'), hash(`${hash('ann:wire.test:secret')}:n,1:${counted}${asked}`));
        assert.deepEqual([got.get('algorithm'), got.get('opaque'), got.get('qop')], [algorithm, 'o', qop]);
      });
    }
  }

  it('is given to the topmost that can be answered, MD5 where none is named', () => {
    const chosen = (...values: string[]): string | undefined => answerTo(values)?.get('algorithm');
    assert.equal(chosen(offer('algorithm=SHA-512'), offer('algorithm=sha-256'), offer('')), 'sha-256');
    assert.equal(chosen(offer(''), offer('algorithm=SHA-256')), 'MD5');
    assert.equal(chosen('Negotiate', offer('qop="token"'), 'Digest realm="no nonce"'), undefined);
    assert.equal(chosen(), undefined);
  });

  it('is one of MD5 where only an HA1 is known', () => {
    const known = { ...ann, authorizationPassword: '', authorizationHa1: ha1 };
    const values = [offer('algorithm=SHA-256'), offer('algorithm=MD5')];
    assert.equal(answerTo(values, known)?.get('response'), answerTo([values[1] ?? ''])?.get('response'));
    assert.equal(answerTo(values.slice(0, 1), known), undefined);
  });
});

describe('a refusal with challenges', () => {
  const refusal = readMessage(
    [
      'SIP/2.0 401 Unauthorized',
      'Via: SIP/2.0/WS ann.invalid;branch=z9hG4bK1',
      'From: <sip:ann@wire.test>;tag=1',
      'To: <sip:ann@wire.test>;tag=2',
      'Call-ID: 1',
      'CSeq: 1 REGISTER',
      'WWW-Authenticate: Digest realm="wire.test",\r\n nonce="n", algorithm=SHA-256',
      'www-authenticate: Digest userhash=true, realm="wire.test", nonce="n", charset=UTF-8, stale=TRUE',
      'Content-Length: 0',
      '\r\n',
    ].join('\r\n'),
  );

  it('is read with all of them, whatever they hold', () => {
    assert.ok(refusal instanceof Core.IncomingResponseMessage);
    assert.deepEqual(
      challengesOf(refusal).map(({ algorithm, realm, nonce }) => [algorithm, realm, nonce]),
      [
        ['SHA-256', 'wire.test', 'n'],
        ['MD5', 'wire.test', 'n'],
      ],
    );
    assert.equal((refusal.parseHeader('www-authenticate') as { stale: boolean }).stale, true);
  });
});
