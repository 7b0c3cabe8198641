import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LineStatus } from '@multiline/core';
import { manualClock } from '@multiline/testing';
import { atom } from 'nanostores';
import type { PhoneService } from './phone-service.ts';
import { serviceRecorder } from './recorder.ts';

const AWAY = new Error('It cannot be reached.');

/** A phone whose service answers as the test says. */
function asking() {
  const clock = manualClock();
  const $status = atom<LineStatus>({ state: 'connecting' });
  const questions: { resolve: (records: boolean) => void; reject: (why: unknown) => void }[] = [];
  const service: PhoneService = {
    voicemail: { list: () => Promise.resolve([]), audio: () => Promise.reject(AWAY) },
    call: () => Promise.reject(AWAY),
    record: () => Promise.reject(AWAY),
    records: () => new Promise((resolve, reject) => questions.push({ resolve, reject })),
  };
  const { recorder, $records } = serviceRecorder(service, $status, clock);
  const registered = (): void => {
    $status.set({ state: 'connecting' });
    $status.set({ state: 'registered' });
  };
  return { clock, questions, recorder, $records: $records!, registered };
}

describe('the recorder of a phone service', () => {
  it('is asked for as soon as we are registered, once for all, and may be tried before', async () => {
    const { clock, questions, recorder, $records, registered } = asking();
    registered();
    for (let calls = 0; calls < 3; calls++) assert.equal(typeof recorder(), 'function');
    registered();
    assert.deepEqual([questions.length, $records.get()], [1, false]);
    questions[0]?.resolve(true);
    await clock.run(3_600_000);
    registered();
    assert.deepEqual([typeof recorder(), questions.length, $records.get()], ['function', 1, true]);
  });

  it('is none where the service says so', async () => {
    const { clock, questions, recorder, $records } = asking();
    recorder();
    questions[0]?.resolve(false);
    await clock.run(0);
    assert.deepEqual([recorder(), $records.get()], [undefined, false]);
  });

  it('is asked for again when we register anew, else by a call a minute later: not by each', async () => {
    const { clock, questions, recorder, $records, registered } = asking();
    registered();
    questions[0]?.reject(AWAY);
    await clock.run(59_000);
    for (let calls = 0; calls < 3; calls++) assert.equal(typeof recorder(), 'function');
    assert.equal(questions.length, 1);
    await clock.run(1_000);
    recorder();
    recorder();
    assert.equal(questions.length, 2);
    questions[1]?.reject(AWAY);
    await clock.run(0);
    registered();
    assert.equal(questions.length, 3);
    questions[2]?.resolve(true);
    await clock.run(0);
    assert.equal($records.get(), true);
  });
});
