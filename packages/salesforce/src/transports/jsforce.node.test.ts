import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type MultiLineError, systemClock } from '@multiline/core';
import { type Sandbox, startSandbox } from '@multiline/sandbox';
import { manualClock } from '@multiline/testing';
import jsforce from 'jsforce';
import type { CrmCredentials, CrmNeed } from '../api.ts';
import { jsforceApi } from './jsforce.ts';

const options = { clock: systemClock(), timeoutMs: 5_000 };
const ME = { method: 'GET', path: '/services/oauth2/userinfo' } as const;

let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
after(() => sandbox.stop());

/** What a promise rejects with. */
async function rejection(promise: Promise<unknown>): Promise<MultiLineError> {
  return promise.then(
    () => assert.fail('It did not reject.'),
    (error: unknown) => error as MultiLineError,
  );
}

/** Credentials that write down why they were asked, and give one token after the other. */
function tokens(...given: (string | Partial<CrmCredentials>)[]) {
  const asked: CrmNeed['reason'][] = [];
  const credentials = (need: CrmNeed): Promise<CrmCredentials> => {
    const next = given[Math.min(asked.length, given.length - 1)];
    asked.push(need.reason);
    return Promise.resolve(typeof next === 'string' ? { accessToken: next } : { accessToken: 'sandbox-ann', ...next });
  };
  return { asked, source: { instanceUrl: sandbox.url, credentials } };
}

/** What the org's token service gives for Ann's refresh token. */
async function refreshed(): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'refresh-ann' });
  const response = await fetch(`${sandbox.url}services/oauth2/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}

describe('the org through our jsforce', () => {
  it('answers status, headers and body', async () => {
    const api = jsforceApi(tokens('sandbox-ann').source, options);
    assert.equal(api.instanceUrl, new URL(sandbox.url).origin);
    const { status, headers, body } = await api.query("SELECT Id FROM Contact WHERE Name = 'Lucy Hall'");
    assert.equal(status, 200);
    assert.match(headers['sforce-limit-info'] ?? '', /^api-usage=\d+\/\d+$/);
    assert.equal((body as { totalSize: number }).totalSize, 1);
  });

  it('answers refusals, one or several errors, with their status', async () => {
    const api = jsforceApi(tokens('sandbox-ann').source, options);
    const one = await api.query('SELECT Nothing FROM Contact');
    assert.deepEqual([one.status, (one.body as { errorCode: string }).errorCode], [400, 'INVALID_FIELD']);
    sandbox.org.faults.add({
      match: 'Task',
      action: {
        status: 400,
        body: [
          { errorCode: 'A', message: 'a' },
          { errorCode: 'B', message: 'b' },
        ],
      },
    });
    const two = await api.request({ method: 'POST', path: '/sobjects/Task', body: {} });
    assert.deepEqual([two.status, (two.body as unknown[]).length], [400, 2]);
  });

  it('answers 300, 204 and what is no JSON', async () => {
    const api = jsforceApi(tokens('sandbox-ann').source, options);
    for (const [status, body] of [
      [300, ['/a', '/b']],
      [204, undefined],
      [503, '<html>Sorry</html>'],
    ] as const) {
      sandbox.org.faults.add({ match: 'limits', action: { status, body } });
      const answer = await api.request({ method: 'GET', path: '/limits' });
      assert.equal(answer.status, status);
      if (status === 300) assert.deepEqual(answer.body, ['/a', '/b']);
    }
  });

  it('asks for a token when it is first needed, once for all who wait', async () => {
    const { asked, source } = tokens('sandbox-ann');
    const api = jsforceApi(source, options);
    assert.deepEqual(asked, []);
    await Promise.all([api.request(ME), api.request(ME), api.request(ME)]);
    assert.deepEqual(asked, ['start']);
  });

  it('asks once more when the org refuses the token, for all who were refused, and sends their requests again', async () => {
    const { asked, source } = tokens('sandbox-ann', {});
    const credentials = async (need: CrmNeed) =>
      need.reason === 'rejected'
        ? { ...(await source.credentials(need)), accessToken: await refreshed() }
        : source.credentials(need);
    const api = jsforceApi({ ...source, credentials }, options);
    await api.request(ME);
    sandbox.org.expireTokens();
    const answers = await Promise.all([api.request(ME), api.request(ME), api.request(ME)]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    assert.deepEqual(asked, ['start', 'rejected']);
  });

  it('says auth-failed when the second token is refused too, and asks anew the next time', async () => {
    const { asked, source } = tokens('wrong');
    const api = jsforceApi(source, options);
    const error = await rejection(api.request(ME));
    assert.deepEqual([error.code, error.retryable], ['auth-failed', false]);
    assert.deepEqual(asked, ['start', 'rejected']);
    await rejection(api.request(ME));
    assert.deepEqual(asked, ['start', 'rejected', 'rejected']);
  });

  it('says auth-failed when nobody gives a token, and recovers', async () => {
    let online = false;
    const credentials = () =>
      online ? Promise.resolve({ accessToken: 'sandbox-ann' }) : Promise.reject(new Error('no'));
    const api = jsforceApi({ instanceUrl: sandbox.url, credentials }, options);
    assert.equal((await rejection(api.request(ME))).code, 'auth-failed');
    online = true;
    assert.equal((await api.request(ME)).status, 200);
    const none = jsforceApi(tokens({ accessToken: '' }).source, options);
    assert.equal((await rejection(none.request(ME))).code, 'auth-failed');
  });

  it('does not ask again for a session that is not good for the API', async () => {
    const { asked, source } = tokens('lightning-ann');
    assert.equal((await jsforceApi(source, options).request(ME)).status, 401);
    assert.deepEqual(asked, ['start']);
  });

  it('renews a token shortly before its time is over', async () => {
    const clock = manualClock();
    const { asked, source } = tokens({ expiresAt: clock.now() + 600_000 });
    const api = jsforceApi(source, { clock, timeoutMs: 5_000 });
    await api.request(ME);
    clock.advance(560_000);
    await api.request(ME);
    clock.advance(20_000);
    await api.request(ME);
    assert.deepEqual(asked, ['start', 'expiring']);
  });

  it('goes where the token is good, also from the address of a Lightning page', async () => {
    const moved = jsforceApi(
      { ...tokens({ instanceUrl: sandbox.url }).source, instanceUrl: 'http://127.0.0.1:9' },
      options,
    );
    assert.equal((await moved.request(ME)).status, 200);
    assert.equal(moved.instanceUrl, new URL(sandbox.url).origin);
    const pasted = { ...tokens('x').source, instanceUrl: 'https://acme.lightning.force.com/lightning/page/home' };
    assert.equal(jsforceApi(pasted, options).instanceUrl, 'https://acme.my.salesforce.com');
    assert.throws(() => jsforceApi({ ...pasted, instanceUrl: 'javascript:alert(1)' }, options), TypeError);
  });
});

describe('an org that does not answer', () => {
  it('is network when nobody is there or the connection is cut', async () => {
    const nobody = jsforceApi({ ...tokens('sandbox-ann').source, instanceUrl: 'http://127.0.0.1:9' }, options);
    const error = await rejection(nobody.request(ME));
    assert.deepEqual([error.code, error.retryable], ['network', true]);
    sandbox.org.faults.add({ match: '.', times: 9, action: { drop: true } });
    assert.equal((await rejection(jsforceApi(tokens('sandbox-ann').source, options).request(ME))).code, 'network');
  });

  it('is timeout when it hangs, and when the token never comes', async () => {
    const clock = manualClock();
    sandbox.org.faults.add({ match: '.', action: { hang: true } });
    const hanging = rejection(jsforceApi(tokens('sandbox-ann').source, { clock, timeoutMs: 5_000 }).request(ME));
    const credentials = () => new Promise<CrmCredentials>(() => undefined);
    const waiting = rejection(
      jsforceApi({ instanceUrl: sandbox.url, credentials }, { clock, timeoutMs: 5_000 }).request(ME),
    );
    clock.advance(5_000);
    assert.deepEqual([(await hanging).code, (await waiting).code], ['timeout', 'timeout']);
    assert.equal(clock.waiting, 0);
  });

  it('is given up with the reason of the caller’s signal', async () => {
    sandbox.org.faults.add({ match: '.', action: { hang: true } });
    const api = jsforceApi(tokens('sandbox-ann').source, options);
    const stop = new AbortController();
    const reason = new Error('The page goes.');
    const answer = rejection(api.request(ME, stop.signal));
    stop.abort(reason);
    assert.equal(await answer, reason);
    assert.equal(await rejection(api.request(ME, AbortSignal.abort(reason))), reason);
  });
});

describe('the org through a jsforce connection of the integrator', () => {
  const connect = (config: object) =>
    new jsforce.Connection({ instanceUrl: sandbox.url.replace(/\/$/, ''), version: '68.0', ...config });

  it('answers status, headers and body, refusals too', async () => {
    const api = jsforceApi({ connection: connect({ accessToken: 'sandbox-ann' }) }, options);
    const found = await api.search('FIND {4155550101} IN PHONE FIELDS RETURNING Contact(Id, Name)');
    assert.match(found.headers['sforce-limit-info'] ?? '', /^api-usage=/);
    assert.equal((found.body as { searchRecords: unknown[] }).searchRecords.length, 1);
    const refused = await api.request({ method: 'POST', path: '/sobjects/Lead', body: {} });
    assert.deepEqual(
      [refused.status, (refused.body as { errorCode: string }).errorCode],
      [400, 'REQUIRED_FIELD_MISSING'],
    );
  });

  it('lets it renew its token', async () => {
    const refreshFn = (_: unknown, done: (error: Error | null, token?: string) => void) =>
      void refreshed().then((token) => done(null, token), done);
    const api = jsforceApi({ connection: connect({ accessToken: 'old', refreshFn }) }, options);
    assert.equal((await api.request(ME)).status, 200);
  });

  it('does not let it renew for ever', async () => {
    let renewed = 0;
    const refreshFn = (_: unknown, done: (error: Error | null, token?: string) => void) =>
      done(null, `wrong-${++renewed}`);
    const api = jsforceApi({ connection: connect({ accessToken: 'old', refreshFn }) }, options);
    assert.equal((await rejection(api.request(ME))).code, 'auth-failed');
    assert.ok(renewed <= 2, `renewed ${renewed} times`);
  });

  it('says auth-failed when it cannot renew, and answers the 401 when it has no way to', async () => {
    const refreshFn = (_: unknown, done: (error: Error) => void) => done(new Error('no'));
    const failing = jsforceApi({ connection: connect({ accessToken: 'old', refreshFn }) }, options);
    assert.equal((await rejection(failing.request(ME))).code, 'auth-failed');
    const without = jsforceApi({ connection: connect({ accessToken: 'old' }) }, options);
    assert.equal((await without.request(ME)).status, 401);
  });

  it('is timeout when it never settles', async () => {
    const clock = manualClock();
    const connection = {
      instanceUrl: 'https://acme.my.salesforce.com',
      request: () => new Promise<never>(() => undefined),
    };
    const answer = rejection(jsforceApi({ connection }, { clock, timeoutMs: 1_000 }).request(ME));
    clock.advance(1_000);
    assert.equal((await answer).code, 'timeout');
  });

  it('is network when it rejects with no word of the org', async () => {
    const request = () => Promise.reject(new TypeError('Failed to fetch'));
    const api = jsforceApi({ connection: { instanceUrl: 'https://acme.my.salesforce.com', request } }, options);
    assert.equal((await rejection(api.request(ME))).code, 'network');
  });

  it('reads what an older connection says by its errors alone', async () => {
    const refusal = Object.assign(new Error('gone'), {
      errorCode: 'ENTITY_IS_DELETED',
      data: { errorCode: 'ENTITY_IS_DELETED', message: 'gone' },
    });
    const html = Object.assign(new Error('<html>'), { errorCode: 'ERROR_HTTP_503', data: '<html>' });
    const several = Object.assign(new Error('Multiple'), { errorCode: 'MULTIPLE_CHOICES', data: ['/a'] });
    for (const [error, status] of [
      [refusal, 400],
      [html, 503],
      [several, 300],
    ] as const) {
      const connection = { instanceUrl: 'https://acme.my.salesforce.com', request: () => Promise.reject(error) };
      assert.equal((await jsforceApi({ connection }, options).request(ME)).status, status);
    }
  });
});
