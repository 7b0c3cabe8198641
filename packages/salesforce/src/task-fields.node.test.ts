import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Activity } from '@multiline/core';
import { fieldsOver, NOTES_LIMIT, relationOf, storedNotes, taskFields } from './task-fields.ts';

const CALL: Activity = {
  type: 'call',
  record: { kind: 'Contact', id: '003000000000001AAA' },
  subject: 'Call from Lucy Hall',
  direction: 'inbound',
  number: '+14155550101',
  startedAt: Date.UTC(2026, 2, 2, 17),
  durationMs: 61_400,
  day: '2026-03-02',
  outcome: 'completed',
  notes: 'Asked about the invoice.',
  correlation: 'a84b4c76e66710@customer.test',
};
const fieldsOf = (changes: Partial<Activity>) => taskFields('key', { ...CALL, ...changes }, {}, 'Completed');

describe('the fields of a call', () => {
  it('are those of a completed Task on the user’s day', () => {
    assert.deepEqual(taskFields('key', CALL, { WhoId: '003000000000001AAA' }, 'Completed'), {
      Subject: 'Call from Lucy Hall',
      Description: 'Asked about the invoice.',
      Status: 'Completed',
      ActivityDate: '2026-03-02',
      CallType: 'Inbound',
      CallDurationInSeconds: 61,
      CallDisposition: 'completed',
      CallObject: 'a84b4c76e66710@customer.test',
      WhoId: '003000000000001AAA',
    });
  });

  it('hold whole seconds, none below zero', () => {
    assert.deepEqual(
      [0, 499, 999, 61_600, -5].map((durationMs) => fieldsOf({ durationMs })['CallDurationInSeconds']),
      [0, 0, 0, 61, 0],
    );
    assert.equal('CallDurationInSeconds' in fieldsOf({ durationMs: null }), false);
  });

  it('hold a subject of one line and 255 characters at most', () => {
    assert.equal(fieldsOf({ subject: ' Call\r\n from\t"Lucy"\u0000 ' })['Subject'], 'Call from "Lucy"');
    const long = String(fieldsOf({ subject: '🙂'.repeat(200) })['Subject']);
    assert.ok(long.length <= 255 && long.endsWith('🙂…'), 'cut between characters, with a mark');
  });

  it('hold the key where the wire had no name for the call', () => {
    assert.equal(fieldsOf({ correlation: ' ' })['CallObject'], 'key');
    assert.equal(String(fieldsOf({ correlation: 'x'.repeat(300) })['CallObject']).length, 255);
  });
});

describe('notes as they are stored', () => {
  it('keep their lines and lose what no text holds', () => {
    assert.equal(storedNotes('One\r\nTwo\rThree\u0000\u0007 \n\n'), 'One\nTwo\nThree');
    assert.equal(storedNotes('half \ud83d and \ude00 and whole 😀'), 'half \ufffd and \ufffd and whole 😀');
  });

  it('are cut with a visible mark after 32,000 characters, never through one', () => {
    assert.equal(storedNotes('x'.repeat(NOTES_LIMIT)), 'x'.repeat(NOTES_LIMIT));
    for (const shift of ['', 'a']) {
      const stored = storedNotes(shift + '😀'.repeat(16_500));
      assert.ok(stored.length <= NOTES_LIMIT);
      assert.match(stored, /😀\n… \[cut: /u);
      assert.doesNotMatch(stored, /\p{Surrogate}/u);
      assert.equal(storedNotes(stored), stored);
    }
  });
});

describe('whom a call belongs to', () => {
  const id = '001000000000001AAA';

  it('is a person by WhoId and anything else by WhatId', () => {
    assert.deepEqual(relationOf({ kind: 'Contact', id }), { WhoId: id });
    assert.deepEqual(relationOf({ kind: 'Lead', id }), { WhoId: id, WhatId: null });
    assert.deepEqual(relationOf({ kind: 'PersonAccount', id }, '003x'), { WhoId: '003x' });
    assert.deepEqual(relationOf({ kind: 'PersonAccount', id }), { WhoId: null, WhatId: id });
    assert.deepEqual(relationOf({ kind: 'Account', id }), { WhoId: null, WhatId: id });
    assert.deepEqual(relationOf({ kind: 'Case', id }), { WhoId: null, WhatId: id });
  });

  const standing = (whoId: string | null, whatId: string | null) => ({ whoId, whatId });

  it('leaves a relation that holds alone, with what a person added beside it', () => {
    assert.deepEqual(fieldsOver({ Subject: 'x', WhoId: 'a' }, standing('a', '006')), { Subject: 'x' });
    assert.deepEqual(fieldsOver({ WhoId: null, WhatId: '001' }, standing('b', '001')), {});
    assert.deepEqual(fieldsOver({ Subject: 'x' }, standing('b', '001')), { Subject: 'x' });
  });

  it('takes away the account of an earlier match, not an opportunity', () => {
    assert.deepEqual(fieldsOver({ WhoId: 'a' }, standing(null, '001')), { WhoId: 'a', WhatId: null });
    assert.deepEqual(fieldsOver({ WhoId: 'a' }, standing('b', '006')), { WhoId: 'a' });
    assert.deepEqual(fieldsOver({ WhoId: 'q', WhatId: null }, standing('b', '006')), { WhoId: 'q', WhatId: null });
  });
});
