import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scriptedLine } from '@multiline/testing';
import { atom } from 'nanostores';
import { MultiLineError } from '../index.ts';
import type { MessageWaiting, VoicemailBox, VoicemailMessage } from '../ports/line.ts';
import { browser, desk } from '../../test/desk.ts';

const message = (id: string, heard = false): VoicemailMessage => ({
  id,
  from: '+14155550101',
  at: 1,
  durationMs: 4000,
  heard,
});

/** A mailbox whose server counts, and may fail or stay silent. */
function mailbox() {
  const $messageWaiting = atom<MessageWaiting | null>(null);
  const state = { messages: [message('1'), message('2', true)], failure: null as MultiLineError | null, lists: 0 };
  const answer = <T>(value: T): Promise<T> => (state.failure ? Promise.reject(state.failure) : Promise.resolve(value));
  const voicemail: VoicemailBox = {
    list() {
      state.lists++;
      return answer([...state.messages]);
    },
    audio: (id) => answer({ type: 'audio/wav', bytes: new TextEncoder().encode(id).buffer }),
    async mark(id, heard) {
      await answer(null);
      state.messages = state.messages.map((one) => (one.id === id ? { ...one, heard } : one));
    },
    async remove(id) {
      await answer(null);
      state.messages = state.messages.filter((one) => one.id !== id);
    },
  };
  const count = (): void =>
    $messageWaiting.set({
      fresh: state.messages.filter(({ heard }) => !heard).length,
      heard: state.messages.filter(({ heard }) => heard).length,
    });
  return { state, count, line: Object.assign(scriptedLine(), { $messageWaiting, voicemail }) };
}

describe('voicemail', () => {
  it('[ML-07] counts what waits, lists it when asked, plays, marks and deletes', async () => {
    const { state, count, line } = mailbox();
    const here = await desk(browser(), { line });
    const { workspace } = here;
    assert.deepEqual(workspace.$voicemail.get(), { state: 'count', fresh: 0, messages: [] });
    count();
    assert.deepEqual(
      [workspace.$voicemail.get().state, workspace.$voicemail.get().fresh, state.lists],
      ['count', 1, 0],
    );
    const load = workspace.loadVoicemail();
    assert.equal(workspace.$voicemail.get().state, 'loading');
    await load;
    assert.deepEqual(
      workspace.$voicemail.get().messages.map(({ id }) => id),
      ['1', '2'],
    );
    assert.equal((await workspace.voicemailAudio('2')).type, 'audio/wav');
    await workspace.markVoicemail('1', true);
    count();
    await here.clock.run(0);
    assert.deepEqual([workspace.$voicemail.get().fresh, workspace.$voicemail.get().messages[0]?.heard], [0, true]);
    await workspace.deleteVoicemail('1');
    assert.deepEqual(
      workspace.$voicemail.get().messages.map(({ id }) => id),
      ['2'],
    );
    await workspace.stop();
  });

  it('a new message is there by itself once the list was asked for', async () => {
    const { state, count, line } = mailbox();
    const here = await desk(browser(), { line });
    count();
    await here.workspace.loadVoicemail();
    state.messages = [message('3'), ...state.messages];
    count();
    await here.clock.run(0);
    assert.deepEqual(
      [here.workspace.$voicemail.get().fresh, here.workspace.$voicemail.get().messages.map(({ id }) => id)],
      [2, ['3', '1', '2']],
    );
    await here.workspace.stop();
  });

  it('what was shown stays when the mailbox fails, and says of what', async () => {
    const { state, line } = mailbox();
    const here = await desk(browser(), { line });
    await here.workspace.loadVoicemail();
    state.failure = new MultiLineError('server');
    await assert.rejects(here.workspace.loadVoicemail(), { code: 'server' });
    const { state: shown, messages, failure } = here.workspace.$voicemail.get();
    assert.deepEqual([shown, messages.length, failure?.code], ['failed', 2, 'server']);
    await assert.rejects(here.workspace.markVoicemail('1', true), { code: 'server' });
    assert.equal(here.workspace.$voicemail.get().messages[0]?.heard, false);
    state.failure = null;
    await here.workspace.loadVoicemail();
    assert.deepEqual(
      [here.workspace.$voicemail.get().state, here.workspace.$voicemail.get().failure],
      ['ready', undefined],
    );
    await here.workspace.stop();
  });

  it('a silent mailbox is given up in time; asked twice, the later answer counts', async () => {
    const { line } = mailbox();
    const lists: ((messages: VoicemailMessage[]) => void)[] = [];
    line.voicemail.list = () => new Promise((resolve) => lists.push(resolve));
    const here = await desk(browser(), { line });
    const first = here.workspace.loadVoicemail();
    const second = here.workspace.loadVoicemail();
    lists[1]?.([message('new')]);
    await second;
    lists[0]?.([message('old')]);
    await first;
    assert.deepEqual(
      here.workspace.$voicemail.get().messages.map(({ id }) => id),
      ['new'],
    );
    const third = assert.rejects(here.workspace.loadVoicemail(), { code: 'timeout' });
    await here.clock.run(20_000);
    await third;
    assert.equal(here.workspace.$voicemail.get().state, 'failed');
    await here.workspace.stop();
  });

  it('is counted in every tab; a line without a mailbox has none', async () => {
    const inside = browser();
    const { count, line } = mailbox();
    const first = await desk(inside, { line });
    const other = await desk(inside, { line: mailbox().line });
    count();
    await inside.clock.run(0);
    assert.equal(other.workspace.$voicemail.get().fresh, 1);
    await other.workspace.stop();
    await first.workspace.stop();
    const { voicemail: _, $messageWaiting: __, ...without } = scriptedLine();
    const none = await desk(browser(), { line: without });
    assert.equal(none.workspace.$voicemail.get().state, 'none');
    await assert.rejects(none.workspace.loadVoicemail(), { code: 'unsupported' });
    await assert.rejects(none.workspace.voicemailAudio('1'), { code: 'unsupported' });
    await none.workspace.stop();
  });

  it('is known for what it can do with a message', async () => {
    const { line } = mailbox();
    const { mark: _, ...unmarked } = line.voicemail;
    const { remove: __, ...kept } = line.voicemail;
    for (const [voicemail, can] of [
      [line.voicemail, [true, true]],
      [unmarked, [false, true]],
      [kept, [true, false]],
    ] as const) {
      const here = await desk(browser(), { line: { ...scriptedLine(), voicemail } });
      const { markVoicemail, deleteVoicemail } = here.workspace.$capabilities.get();
      assert.deepEqual([markVoicemail, deleteVoicemail], can);
      await here.workspace.stop();
    }
  });
});
