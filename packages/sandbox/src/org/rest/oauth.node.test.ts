import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createOrg } from '../org.ts';
import { restClient } from '../testing/rest-client.ts';

describe('sessions', () => {
  let at = Date.UTC(2026, 10, 20, 18);
  const org = createOrg({ now: () => at, tokenLifetimeMs: 60_000 });
  beforeEach(() => org.reset());

  function oauth(path: string, form: Record<string, string>, authorization = '') {
    return org.handle({
      method: 'POST',
      path: `/services/oauth2/${path}`,
      query: new URLSearchParams(),
      headers: { host: 'localhost:1', authorization },
      body: new URLSearchParams(form).toString(),
    });
  }
  const refresh = (token: string) => oauth('token', { grant_type: 'refresh_token', refresh_token: token });
  const statusOf = (token: string) => restClient(org, token).send('GET', '/limits').status;

  it('of the published tokens last their time, and a refresh gives the next', () => {
    assert.equal(statusOf('sandbox-ann'), 200);
    at += 60_000;
    assert.equal(statusOf('sandbox-ann'), 401);
    const reply = refresh('refresh-ann');
    assert.equal(reply.status, 200);
    const body = reply.body as Record<string, string>;
    assert.equal(body['instance_url'], 'http://localhost:1');
    assert.equal(body['token_type'], 'Bearer');
    assert.equal(body['issued_at'], String(at));
    assert.match(body['id'] ?? '', /\/id\/00D\w{15}\/005\w{15}$/);
    const token = body['access_token'] ?? '';
    assert.equal(statusOf(token), 200);
    at += 60_000;
    assert.equal(statusOf(token), 401);
  });

  it('end at once by expireTokens and by revoke', () => {
    const { access_token: token = '' } = refresh('refresh-bob').body as Record<string, string>;
    org.expireTokens();
    assert.deepEqual([statusOf('sandbox-bob'), statusOf(token)], [401, 401]);
    const { access_token: next = '' } = refresh('refresh-bob').body as Record<string, string>;
    assert.equal(statusOf(next), 200);
    oauth('revoke', { token: next });
    assert.equal(statusOf(next), 401);
  });

  it('are not given for a foreign refresh token or another grant', () => {
    assert.deepEqual(refresh('refresh-mallory'), {
      status: 400,
      body: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
    });
    assert.deepEqual(oauth('token', { grant_type: 'password' }).body, {
      error: 'unsupported_grant_type',
      error_description: 'grant type not supported',
    });
  });

  it('tell who is signed in, and where that user lives', () => {
    const info = oauth('userinfo', {}, 'Bearer sandbox-ann').body as Record<string, unknown>;
    assert.equal(info['name'], 'Ann Archer');
    assert.equal(info['zoneinfo'], 'America/Los_Angeles');
    assert.match(String(info['user_id']), /^005/);
    const identity = String((restClient(org).send('GET', '/').body as Record<string, string>)['identity']);
    assert.equal(
      (
        restClient(org).send('GET', new URL(identity).pathname.replace('/id', '/services/../id')).body as Record<
          string,
          unknown
        >
      )['user_id'],
      info['user_id'],
    );
    assert.equal(oauth('userinfo', {}, 'Bearer nobody').status, 401);
  });

  it('of different users own what each of them makes', () => {
    const carol = restClient(org, 'sandbox-carol');
    const id = carol.create('Lead', { LastName: 'L' });
    const owner = (
      carol.query(`SELECT Owner.Name FROM Lead WHERE Id = '${id}'`).body as { records: { Owner: { Name: string } }[] }
    ).records[0]?.Owner.Name;
    assert.equal(owner, 'Carol Chen');
  });
});
