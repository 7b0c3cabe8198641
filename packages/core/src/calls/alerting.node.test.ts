import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { silentAttention } from '@multiline/testing';
import { atom } from 'nanostores';
import { MultiLineError, type Call, type Settings } from '../index.ts';
import { searching } from '../records/match.ts';
import { browser, desk, lucy, stranger } from '../../test/desk.ts';
import { createAlerting, type AlertingParts } from './alerting.ts';

const gone = { type: 'ended', reason: 'missed', by: 'them' } as const;

const settings: Settings = {
  popAt: 'ringing',
  dialMode: 'confirm',
  subject: 'Call',
  microphone: '',
  speaker: '',
  ringers: [],
  noiseSuppression: true,
  alsoRingDeskPhone: false,
  offerNotifications: true,
};
const done = (): Promise<void> => Promise.resolve();
const quiet: Omit<AlertingParts, 'attention' | '$calls'> = {
  $settings: atom(settings),
  control: { answer: done, decline: done, hangUp: done, mute: done },
  line: { device: 'here' },
  country: 'US',
  words: () => undefined,
  show: () => undefined,
};
const liveCall = (change: Partial<Call> = {}): Call => ({
  id: 'a',
  correlation: 'a@x',
  direction: 'inbound',
  internal: false,
  device: 'here',
  phase: 'ringing',
  number: lucy,
  startedAt: 1,
  muted: false,
  digits: '',
  pending: null,
  match: searching,
  notes: { text: '', saved: '' },
  log: { state: 'pending', why: null },
  ...change,
});

describe('getting a person’s attention', () => {
  it('rings, notifies and marks the title until the call is answered; a name that comes late takes the number’s place', async () => {
    const here = await desk();
    here.crm.hang(1, 'identify');
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    assert.equal(here.attention.ringing, true);
    assert.equal(here.attention.notices[0]?.title, '(415) 555-0101');
    here.crm.release();
    await here.clock.run(0);
    const [number, name] = here.attention.notices;
    assert.deepEqual([number?.closed, name?.title, name?.tag === number?.tag], [true, 'Lucy Hall', true]);
    assert.match(name?.body ?? '', /Acme/);
    assert.deepEqual(here.attention.badged, { count: 1, text: 'Lucy Hall' });
    await here.workspace.answer(call.id);
    assert.deepEqual(
      [here.attention.ringing, here.attention.notices[1]?.closed, here.attention.badged],
      [false, true, { count: 0 }],
    );
    await here.workspace.stop();
  });

  it('stops with the gesture, and rings again when the microphone was refused', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    here.line.failWith(new MultiLineError('mic-denied'));
    await assert.rejects(here.workspace.answer(call.id));
    assert.deepEqual([here.attention.ringing, here.attention.rings], [true, 2]);
    call.signal(gone);
    assert.equal(here.attention.ringing, false);
    await here.workspace.stop();
  });

  it('does not ring into a conversation: a second call is notified, and rings once it is over', async () => {
    const here = await desk();
    const first = here.line.ring({ address: lucy });
    await here.workspace.answer(first.id);
    assert.equal(here.attention.knocks, 0);
    const second = here.line.ring({ address: stranger, name: '<b>Eve</b>' });
    await here.clock.run(0);
    assert.equal(here.attention.knocks, 1);
    assert.equal(here.attention.ringing, false);
    assert.equal(here.attention.notices.at(-1)?.closed, false);
    first.signal({ ...gone, reason: 'completed' });
    assert.equal(here.attention.ringing, true);
    second.signal(gone);
    await here.workspace.stop();
    assert.equal(here.attention.ringing, false);
  });

  it('names a caller who withholds the number by what the wire says, else as unknown; markup stays text', async () => {
    const here = await desk();
    here.line.ring({ address: 'anonymous', name: '<img src=x>' });
    here.line.ring({ address: '' });
    assert.deepEqual(
      here.attention.notices.map(({ title }) => title),
      ['<img src=x>', 'Unknown caller'],
    );
    assert.equal(here.call().number, '');
    await here.workspace.stop();
  });

  it('a clicked notification brings the panel to the front', async () => {
    const shown: boolean[] = [];
    const here = await desk(browser(), { host: { name: 'test', show: (open) => void shown.push(open) } });
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    here.attention.click(`ml-call-${call.id}`);
    assert.deepEqual(shown, [true, true]);
    await here.workspace.stop();
  });

  it('knows whether the browser keeps the ringtone silent', async () => {
    const $silenced = atom(false);
    const here = await desk(browser(), { attention: { ...silentAttention(), $silenced } });
    $silenced.set(true);
    assert.equal(here.workspace.$ringSilenced.get(), true);
    await here.workspace.stop();
    const { $silenced: _, ...plain } = silentAttention();
    const other = await desk(browser(), { attention: plain });
    assert.equal(other.workspace.$ringSilenced.get(), false);
    await other.workspace.stop();
  });

  it('[MV-47] answers and declines from the notification', async () => {
    const shown: boolean[] = [];
    const here = await desk(browser(), { host: { name: 'test', show: (open) => void shown.push(open) } });
    const first = here.line.ring({ address: lucy });
    await here.clock.run(0);
    assert.deepEqual(
      here.attention.notices.at(-1)?.actions?.map(({ action, title }) => [action, title]),
      [
        ['answer', 'Answer'],
        ['decline', 'Decline'],
      ],
    );
    here.attention.choose(`ml-call-${first.id}`, 'answer');
    await here.clock.run(0);
    assert.deepEqual([here.call().phase, shown], ['active', [true, true]]);
    first.signal({ ...gone, reason: 'completed' });
    const second = here.line.ring({ address: lucy });
    await here.clock.run(0);
    here.attention.choose(`ml-call-${second.id}`, 'decline');
    await here.clock.run(0);
    assert.deepEqual([here.call().reason, shown], ['declined', [true, true, true]]);
    await here.workspace.stop();
  });

  it('an answer from the notification that fails says so in the call', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    here.line.failWith(new MultiLineError('mic-denied'));
    here.attention.choose(`ml-call-${call.id}`, 'answer');
    await here.clock.run(0);
    assert.deepEqual([here.call().phase, here.call().failure?.code], ['ringing', 'mic-denied']);
    await here.workspace.stop();
  });

  it('rings where the person wants it, and moves there while it rings', async () => {
    const here = await desk();
    here.line.ring({ address: lucy });
    assert.equal(here.attention.rangOn, undefined);
    await here.workspace.changeSettings({ ringers: ['Speakers', 'Headset'] });
    assert.deepEqual([here.attention.rangOn, here.attention.ringing], [['Speakers', 'Headset'], true]);
    await here.workspace.changeSettings({ ringers: ['*'] });
    assert.deepEqual([here.attention.rangOn, here.attention.rings], ['all', 3]);
    await here.workspace.stop();
  });

  it('rings for a call that waits on hold for too long', () => {
    const attention = silentAttention();
    const $calls = atom<readonly Call[]>([]);
    const held = liveCall({ phase: 'active', hold: 'us' });
    const alerting = createAlerting({ ...quiet, attention, $calls });
    $calls.set([held]);
    assert.equal(attention.ringing, false);
    $calls.set([{ ...held, recalled: 'hold' }]);
    assert.deepEqual(
      [attention.ringing, attention.notices.at(-1)?.body, attention.notices.at(-1)?.actions],
      [true, 'Waits on hold', undefined],
    );
    const talking = liveCall({ id: 'other', phase: 'active' });
    $calls.set([{ ...held, recalled: 'hold' }, talking]);
    assert.deepEqual([attention.ringing, attention.knocks], [false, 1]);
    $calls.set([held, talking]);
    assert.equal(attention.notices.at(-1)?.closed, true);
    alerting.stop();
  });

  it('[MV-36] rings for a call whose transfer came to nothing, once it waits again', async () => {
    const here = await desk();
    const call = here.line.ring({ address: lucy });
    call.transfer = async () => call.signal({ type: 'transfer', state: 'trying' });
    await here.workspace.answer(call.id);
    await here.workspace.hold(call.id);
    await here.workspace.transfer(call.id, '1002');
    assert.equal(here.attention.ringing, false);
    const failure = { code: 'not-reached', message: '480', retryable: false } as const;
    call.signal({ type: 'transfer', state: 'failed', failure });
    assert.deepEqual(
      [here.attention.ringing, here.attention.notices.at(-1)?.body],
      [true, 'Transfer failed, waits on hold · Acme'],
    );
    await here.workspace.resume(call.id);
    assert.equal(here.attention.ringing, false);
    await here.workspace.stop();
  });

  it('says what it says in the words it is given, English for the rest', () => {
    const attention = silentAttention();
    const words: AlertingParts['words'] = (word) =>
      ({ 'alert.incoming': 'Anruf', 'alert.answer': 'Annehmen' })[word as string];
    const alerting = createAlerting({ ...quiet, attention, words, $calls: atom([liveCall({ number: '' })]) });
    const { title, body, actions } = attention.notices[0]!;
    assert.deepEqual(
      [title, body, actions?.map((action) => action.title)],
      ['Unknown caller', 'Anruf', ['Annehmen', 'Decline']],
    );
    alerting.stop();
  });

  it('[ML-24] [SM-03] where another device rings, brings the panel to the front and notifies, with nothing to press', () => {
    const attention = silentAttention();
    let shown = 0;
    const line: { device: 'here' | 'elsewhere' } = { device: 'elsewhere' };
    const there = liveCall({ device: 'elsewhere' });
    const $calls = atom<readonly Call[]>([there]);
    const alerting = createAlerting({ ...quiet, attention, line, $calls, show: () => shown++ });
    const { title, actions } = attention.notices[0]!;
    assert.deepEqual(
      [title, actions, attention.ringing, attention.badged.count, attention.guarded, shown],
      ['(415) 555-0101', undefined, false, 1, false, 1],
    );
    $calls.set([{ ...there, phase: 'active' }]);
    assert.deepEqual([attention.notices[0]?.closed, attention.badged.count, shown], [true, 0, 1]);
    // A desk with a phone of its own tells nothing of calls that do not ring here.
    line.device = 'here';
    $calls.set([{ ...there, id: 'b' }]);
    assert.deepEqual([attention.notices.length, shown], [1, 1]);
    alerting.stop();
  });

  it('brings the panel to the front once for each call that comes in', async () => {
    const shown: boolean[] = [];
    const here = await desk(browser(), { host: { name: 'test', show: (open) => void shown.push(open) } });
    const first = here.line.ring({ address: lucy });
    await here.clock.run(0);
    assert.deepEqual(shown, [true]);
    await here.workspace.answer(first.id);
    here.line.ring({ address: stranger });
    await here.clock.run(0);
    assert.deepEqual(shown, [true, true]);
    await here.workspace.stop();
  });

  it('does not ring for what another device of the user’s has', () => {
    const attention = silentAttention();
    const alerting = createAlerting({ ...quiet, attention, $calls: atom([liveCall({ device: 'elsewhere' })]) });
    assert.deepEqual([attention.ringing, attention.controls, attention.guarded], [false, null, false]);
    alerting.stop();
  });
});
