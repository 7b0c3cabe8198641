import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cancelReason, endingOf } from './end-reason.ts';

describe('endingOf', () => {
  const cases: readonly (readonly [status: number, reason: string, code?: string])[] = [
    [486, 'busy'],
    [600, 'busy'],
    [408, 'no-answer'],
    [480, 'no-answer'],
    [487, 'no-answer'],
    [603, 'declined'],
    [404, 'failed', 'invalid-number'],
    [484, 'failed', 'invalid-number'],
    [403, 'failed', 'forbidden'],
    [488, 'failed', 'unsupported'],
    [501, 'failed', 'unsupported'],
    [400, 'failed', 'refused'],
    [500, 'failed', 'server'],
    [503, 'failed', 'network'],
  ];
  for (const [status, reason, code] of cases) {
    it(`takes ${String(status)} for ${reason}${code ? ` (${code})` : ''}`, () => {
      const ending = endingOf(status, 'Their words');
      assert.equal(ending.reason, reason);
      assert.equal(ending.failure?.code, code);
      if (code) assert.equal(ending.failure?.message, `${String(status)} Their words`);
    });
  }
});

describe('cancelReason', () => {
  it('knows a call that was answered elsewhere', () => {
    assert.equal(cancelReason(['SIP;cause=200;text="Call completed elsewhere"']), 'answered-elsewhere');
    assert.equal(cancelReason([' SIP ; text="x" ; cause = 200']), 'answered-elsewhere');
  });

  it('looks at every reason that is given, in one header or in several (RFC 3326 §2)', () => {
    assert.equal(cancelReason(['Q.850;cause=26', 'SIP;cause=200']), 'answered-elsewhere');
    assert.equal(cancelReason(['Q.850;cause=16;text="a, b", SIP;cause=200']), 'answered-elsewhere');
  });

  it('takes everything else for missed, a decline elsewhere excepted', () => {
    assert.equal(cancelReason([]), 'missed');
    assert.equal(cancelReason(['Q.850;cause=16']), 'missed');
    assert.equal(cancelReason(['SIP;cause=2000']), 'missed');
    assert.equal(cancelReason(['SIP;cause=603;text="Decline"']), 'declined');
    assert.equal(cancelReason(['SIP;cause=302;text="Redirected elsewhere"']), 'redirected');
  });
});
