import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readMessageSummary } from './message-summary.ts';

describe('readMessageSummary', () => {
  it('reads the counts', () => {
    const text = 'Messages-Waiting: yes\r\nMessage-Account: sip:ann@a\r\nVoice-Message: 2/8 (0/2)\r\n';
    assert.deepEqual(readMessageSummary(text), { fresh: 2, heard: 8 });
    assert.deepEqual(readMessageSummary('messages-waiting:no\nvoice-message:0/3'), { fresh: 0, heard: 3 });
  });

  it('knows that there is one when the server says no more', () => {
    assert.deepEqual(readMessageSummary('Messages-Waiting: yes\r\n'), { fresh: 1, heard: 0 });
    assert.deepEqual(readMessageSummary('Messages-Waiting: no\r\n'), { fresh: 0, heard: 0 });
  });

  it('takes nothing that is none, and no number that cannot be', () => {
    for (const text of ['', 'garbage', 'Voice-Message: 2/8', `Messages-Waiting: yes\r\n${'x'.repeat(9_000)}`]) {
      assert.equal(readMessageSummary(text), null);
    }
    assert.deepEqual(readMessageSummary('Messages-Waiting: yes\r\nVoice-Message: 999999999/1'), {
      fresh: 99_999,
      heard: 1,
    });
    assert.deepEqual(readMessageSummary('Messages-Waiting: yes\r\nVoice-Message: -1/x'), { fresh: 1, heard: 0 });
  });
});
