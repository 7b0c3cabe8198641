import { type ConflictDetails, MultiLineError } from '@multiline/core';
import { type CrmSuite, callOf, newKey } from './crm-case.ts';
import { expectCode, expectEqual, expectRejection, expectThat } from './expectation.ts';

/** Line ends as a CRM may store them are the same text. */
const sameLines = (text: string | undefined): string | undefined => text?.replaceAll('\r\n', '\n');

/** The cases of `logActivity` that are about one record per key. */
export function logActivitySuite({ test, controls }: CrmSuite): void {
  test('logActivity creates one activity', async ({ crm, people, countActivities, readNotes }) => {
    const key = newKey();
    const { ref, created } = await crm.logActivity(key, callOf(people.lucy));
    expectThat(ref.id !== '', 'The ref of the activity has no id.');
    expectEqual(created, true, 'created');
    expectEqual(await countActivities(key), 1, 'activities');
    expectEqual(await readNotes(key), 'Asked about the invoice.', 'notes');
  });

  test('logActivity updates that one activity when the key comes again', async (subject) => {
    const { crm, people } = subject;
    const key = newKey();
    const first = await crm.logActivity(key, callOf(people.lucy));
    const again = await crm.logActivity(key, callOf(people.lucy, { notes: 'Wants it by mail.' }));
    expectEqual(again.created, false, 'created');
    expectEqual(again.ref, first.ref, 'the ref');
    expectEqual(await subject.countActivities(key), 1, 'activities');
    expectEqual(await subject.readNotes(key), 'Wants it by mail.', 'notes');
  });

  test('logActivity keeps two keys apart', async (subject) => {
    const { crm, people } = subject;
    const [one, two] = [newKey(), newKey()];
    const first = await crm.logActivity(one, callOf(people.lucy));
    const second = await crm.logActivity(two, callOf(people.lucy));
    expectThat(first.ref.id !== second.ref.id, 'Two keys share one activity.');
    expectEqual([await subject.countActivities(one), await subject.countActivities(two)], [1, 1], 'activities');
  });

  test('logActivity writes one record when the answer of the first write is in doubt', async (subject) => {
    const { crm, people } = subject;
    const key = newKey();
    const call = callOf(people.lucy);
    await crm.logActivity(key, call);
    const again = await crm.logActivity(key, call, { uncertain: true, previousNotes: call.notes });
    expectEqual(again.created, false, 'created');
    expectEqual(await subject.countActivities(key), 1, 'activities');
  });

  test('logActivity creates when in doubt and nothing is there', async (subject) => {
    const key = newKey();
    const call = callOf(subject.people.lucy);
    const { created } = await subject.crm.logActivity(key, call, { uncertain: true, previousNotes: call.notes });
    expectEqual(created, true, 'created');
    expectEqual(await subject.countActivities(key), 1, 'activities');
  });

  test('logActivity writes one record when the same key comes twice at once', async (subject) => {
    const { crm, people } = subject;
    const key = newKey();
    const writes = await Promise.allSettled([1, 2].map(() => crm.logActivity(key, callOf(people.lucy))));
    for (const write of writes) {
      if (write.status === 'rejected') expectThat(write.reason instanceof MultiLineError, `Not typed: ${write.reason}`);
    }
    const found = await subject.countActivities(key);
    expectThat(crm.atLeastOnce ? found >= 1 : found === 1, `Found ${found} activities of one key.`);
  });

  test('logActivity moves the activity when the call turns out to be another person’s', async (subject) => {
    const { crm, people } = subject;
    const key = newKey();
    const first = await crm.logActivity(key, callOf(people.lucy));
    const moved = await crm.logActivity(key, callOf(people.joanContact));
    expectEqual(moved.ref, first.ref, 'the ref');
    expectEqual(await subject.countActivities(key), 1, 'activities');
  });

  test('logActivity writes under a lead', async (subject) => {
    const key = newKey();
    await subject.crm.logActivity(key, callOf(subject.people.larry));
    expectEqual(await subject.countActivities(key), 1, 'activities');
  });

  test('logActivity writes under a person account', async (subject) => {
    const key = newKey();
    await subject.crm.logActivity(key, callOf(subject.people.petra));
    expectEqual(await subject.countActivities(key), 1, 'activities');
  });

  test('logActivity writes without a record', async (subject) => {
    const key = newKey();
    await subject.crm.logActivity(key, callOf(null, { number: '+14155550199' }));
    expectEqual(await subject.countActivities(key), 1, 'activities');
  });

  test('logActivity takes a missed, a declined and an internal call', async (subject) => {
    const { crm, people } = subject;
    for (const changes of [
      { outcome: 'missed', durationMs: 0 },
      { outcome: 'declined', durationMs: 0 },
      { direction: 'internal', number: '1002' },
      { direction: 'outbound', outcome: 'busy', durationMs: 0 },
    ] as const) {
      const key = newKey();
      await crm.logActivity(key, callOf(people.lucy, { ...changes, notes: '' }));
      expectEqual(await subject.countActivities(key), 1, `activities of a call that was ${JSON.stringify(changes)}`);
    }
  });

  test('logActivity says not-found when the record was deleted, and writes nothing', async (subject) => {
    const { crm, people } = subject;
    const key = newKey();
    await subject.removeRecord(people.larry);
    const error = await expectCode(crm.logActivity(key, callOf(people.larry)), 'not-found', 'logActivity');
    expectEqual(error.retryable, false, 'retryable');
    expectEqual(await subject.countActivities(key), 0, 'activities');
  });

  test('logActivity writes hostile text as it is', async (subject) => {
    const key = newKey();
    const notes = `<img src=x onerror=alert(1)> & 'quoted' "twice" \\ back; DELETE %00 {{x}} שלום 👩‍👩‍👧 …`;
    await subject.crm.logActivity(key, callOf(subject.people.lucy, { notes, subject: `Call <b>'"\\</b>` }));
    expectEqual(await subject.readNotes(key), notes, 'notes');
  });

  test('logActivity keeps line breaks', async (subject) => {
    const { crm, people } = subject;
    const key = newKey();
    const notes = 'First line\nSecond line\n\nFourth line';
    await crm.logActivity(key, callOf(people.lucy, { notes }));
    expectEqual(sameLines(await subject.readNotes(key)), notes, 'notes');
    await crm.logActivity(key, callOf(people.lucy, { notes: 'New' }), { previousNotes: notes });
    expectEqual(await subject.readNotes(key), 'New', 'notes after the next write');
  });

  test('logActivity takes a subject and a number that are too long for any field', async (subject) => {
    const key = newKey();
    const changes = { subject: `Call from ${'very '.repeat(100)}far`, number: '9'.repeat(300) };
    await subject.crm.logActivity(key, callOf(subject.people.lucy, changes));
    expectEqual(await subject.countActivities(key), 1, 'activities');
  });

  test('logActivity rejects when its signal has aborted, and writes nothing', async (subject) => {
    const key = newKey();
    const write = subject.crm.logActivity(key, callOf(subject.people.lucy), {}, AbortSignal.abort());
    await expectRejection(write, 'logActivity');
    expectEqual(await subject.countActivities(key), 0, 'activities');
  });

  if (controls.has('cutAfterWrite')) {
    test('logActivity says the attempt may be repeated when the answer was cut, and then writes no second record', async (subject) => {
      const { crm, people } = subject;
      const key = newKey();
      const call = callOf(people.lucy);
      await subject.cutAfterWrite?.();
      const error = await expectRejection(crm.logActivity(key, call), 'logActivity');
      expectThat(error instanceof MultiLineError, `Not typed: ${String(error)}`);
      expectEqual(error.retryable, true, 'retryable');
      const again = await crm.logActivity(key, call, { uncertain: true, previousNotes: call.notes });
      expectEqual(again.created, false, 'created');
      expectEqual(await subject.countActivities(key), 1, 'activities');
    });
  }
}

/** The cases of `logActivity` that are about notes which two people write. */
export function notesSuite({ test }: CrmSuite): void {
  test('logActivity changes notes that nobody else has changed', async (subject) => {
    const { crm, people } = subject;
    const key = newKey();
    await crm.logActivity(key, callOf(people.lucy, { notes: 'One' }));
    await crm.logActivity(key, callOf(people.lucy, { notes: 'Two' }), { previousNotes: 'One' });
    expectEqual(await subject.readNotes(key), 'Two', 'notes');
  });

  for (const [title, first] of [
    ['notes', 'Ours at first'],
    ['empty notes', ''],
  ] as const) {
    test(`logActivity answers a conflict with both texts when somebody changed ${title} in the CRM`, async (subject) => {
      const { crm, people } = subject;
      const key = newKey();
      await crm.logActivity(key, callOf(people.lucy, { notes: first }));
      await subject.editNotesElsewhere(key, 'Theirs');
      const write = crm.logActivity(key, callOf(people.lucy, { notes: 'Ours' }), { previousNotes: first });
      const error = await expectCode(write, 'conflict', 'logActivity');
      const { ours, theirs } = error.details as ConflictDetails;
      expectEqual({ ours, theirs }, { ours: 'Ours', theirs: 'Theirs' }, 'both texts');
      expectEqual(error.retryable, false, 'retryable');
      expectEqual(await subject.readNotes(key), 'Theirs', 'notes');
      expectEqual(await subject.countActivities(key), 1, 'activities');
    });
  }

  test('logActivity sees no conflict when the CRM has the very text already', async (subject) => {
    const { crm, people } = subject;
    const key = newKey();
    await crm.logActivity(key, callOf(people.lucy, { notes: 'One' }));
    await subject.editNotesElsewhere(key, 'Two');
    await crm.logActivity(key, callOf(people.lucy, { notes: 'Two' }), { previousNotes: 'One' });
    expectEqual(await subject.readNotes(key), 'Two', 'notes');
  });

  test('logActivity overwrites when a person chose so', async (subject) => {
    const { crm, people } = subject;
    const key = newKey();
    await crm.logActivity(key, callOf(people.lucy, { notes: 'One' }));
    await subject.editNotesElsewhere(key, 'Theirs');
    const how = { previousNotes: 'One', overwrite: true };
    await crm.logActivity(key, callOf(people.lucy, { notes: 'Chosen' }), how);
    expectEqual(await subject.readNotes(key), 'Chosen', 'notes');
  });

  test('logActivity clears notes', async (subject) => {
    const { crm, people } = subject;
    const key = newKey();
    await crm.logActivity(key, callOf(people.lucy, { notes: 'One' }));
    await crm.logActivity(key, callOf(people.lucy, { notes: '' }), { previousNotes: 'One' });
    expectEqual((await subject.readNotes(key)) ?? '', '', 'notes');
  });

  test('logActivity keeps 33,000 characters with emoji whole or cuts them with a mark, never through one', async (subject) => {
    const key = newKey();
    const notes = `${'a'.repeat(7)}${'👩‍🚀'.repeat(6_600)}`.slice(0, 33_000);
    await subject.crm.logActivity(key, callOf(subject.people.lucy, { notes }));
    const kept = (await subject.readNotes(key)) ?? '';
    expectThat(!/\p{Surrogate}/u.test(kept), 'The notes were cut through a character.');
    if (kept === notes) return;
    expectThat(kept.startsWith(notes.slice(0, 10_000)), 'The notes do not begin as they were written.');
    expectThat(kept.slice(-200).includes('…'), 'Nothing says that the notes were cut.');
  });

  test('logActivity sees no conflict in notes it has cut itself', async (subject) => {
    const { crm, people } = subject;
    const key = newKey();
    const long = 'Long. '.repeat(6_000);
    await crm.logActivity(key, callOf(people.lucy, { notes: long }));
    await crm.logActivity(key, callOf(people.lucy, { notes: 'Short.' }), { previousNotes: long });
    expectEqual(await subject.readNotes(key), 'Short.', 'notes');
  });
}
