import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scriptedLine } from '@multiline/testing';
import { MultiLineError, presets, type Policy } from '../index.ts';
import type { Line } from '../ports/line.ts';
import { browser, desk, lucy, recent } from '../../test/desk.ts';

const reasons = [
  { code: 'lunch', label: 'Lunch' },
  { code: 'training', label: 'Training' },
];
const codes = { dndOn: '*78', dndOff: '*79', forwardOn: '*72{number}', forwardOff: '*73' };
const agent = (availability: Partial<Policy['availability']> = {}): Policy =>
  presets.default({ profile: 'agent', availability: { reasons, codes, ...availability } });
const hotLine = () => Object.assign(scriptedLine(), { logIn: async () => undefined });

/** A server of feature codes: keeps what was dialed, and each one waiting until it is answered. */
function codeLine() {
  const dialed: string[] = [];
  let settle: (error?: unknown) => void = () => undefined;
  const dialFeatureCode: Line['dialFeatureCode'] = (code) => {
    dialed.push(code);
    return new Promise((resolve, reject) => (settle = (error) => (error ? reject(error) : resolve())));
  };
  const line = Object.assign(scriptedLine(), { dialFeatureCode });
  return { line, dialed, answer: (error?: MultiLineError) => settle(error) };
}

describe('availability', () => {
  it('[MV-26] Do Not Disturb wins over Make Busy, whose reason stays the active one', async () => {
    const here = await desk(browser(), { policy: agent(), line: hotLine() });
    const { workspace } = here;
    assert.deepEqual(workspace.$capabilities.get().reasons, reasons);
    await workspace.setAvailability({ busyReason: 'lunch' });
    assert.equal(workspace.$availability.get().state, 'busy');
    await workspace.setAvailability('dnd');
    assert.deepEqual(workspace.$availability.get(), {
      state: 'dnd',
      dnd: true,
      busyReason: 'lunch',
      forwardTo: null,
      pending: false,
    });
    await workspace.setAvailability({ busyReason: 'training' });
    assert.equal(workspace.$availability.get().state, 'dnd');
    await workspace.setAvailability({ dnd: false });
    assert.deepEqual(
      [workspace.$availability.get().state, workspace.$availability.get().busyReason],
      ['busy', 'training'],
    );
    await workspace.setAvailability('available');
    assert.equal(workspace.$availability.get().state, 'available');
    await workspace.stop();
  });

  it('reasons are for agents, and only those of the administrator', async () => {
    const regular = await desk(browser(), { policy: presets.default({ availability: { reasons } }) });
    assert.deepEqual(regular.workspace.$capabilities.get().reasons, []);
    await assert.rejects(regular.workspace.setAvailability({ busyReason: 'lunch' }), { code: 'forbidden' });
    await regular.workspace.stop();
    const here = await desk(browser(), { policy: agent(), line: hotLine() });
    await assert.rejects(here.workspace.setAvailability({ busyReason: 'siesta' }), { code: 'refused' });
    assert.equal(here.workspace.$availability.get().state, 'available');
    await here.workspace.stop();
  });

  it('lasts over a reload as far as the policy still knows it, and is the same in every tab', async () => {
    const inside = browser();
    const first = await desk(inside, { policy: agent(), line: hotLine() });
    const other = await desk(inside, { policy: agent(), line: hotLine() });
    await other.workspace.setAvailability({ dnd: true, busyReason: 'lunch' });
    await inside.clock.run(0);
    assert.deepEqual(other.workspace.$availability.get(), first.workspace.$availability.get());
    assert.equal(other.workspace.$availability.get().state, 'dnd');
    first.kill();
    await inside.clock.run(0);
    assert.equal(other.workspace.$availability.get().state, 'dnd');
    await other.workspace.stop();
    const again = await desk(inside, { policy: agent({ reasons: [] }), line: hotLine() });
    assert.deepEqual(
      [again.workspace.$availability.get().state, again.workspace.$availability.get().busyReason],
      ['dnd', null],
    );
    await again.workspace.stop();
  });

  it('declines by rule: no ring, no notice, no pop; a row that says why, and a log', async () => {
    const popped: string[] = [];
    const host = { name: 'test', pop: async ({ id }: { id: string }) => void popped.push(id) };
    const here = await desk(browser(), { host });
    await here.workspace.setAvailability('dnd');
    const call = here.line.ring({ address: lucy });
    await here.clock.run(0);
    assert.deepEqual(call.asked, ['decline busy']);
    assert.deepEqual([here.attention.rings, here.attention.notices.length, popped], [0, 0, []]);
    const { reason, refused } = recent(here, call.id);
    assert.deepEqual([reason, refused], ['missed', { code: 'dnd', values: {} }]);
    assert.deepEqual(here.workspace.$calls.get(), []);
    assert.deepEqual(
      here.crm.activitiesWritten.map(({ notes }) => notes),
      ['Refused: Do Not Disturb'],
    );
    await here.workspace.setAvailability('available');
    here.line.ring({ address: lucy });
    assert.equal(here.attention.ringing, true);
    await here.workspace.stop();
  });

  it('[ML-50] at the server: nothing shows before it has taken the code', async () => {
    const { line, dialed, answer } = codeLine();
    const here = await desk(browser(), { policy: presets.default({ availability: { dnd: 'server', codes } }), line });
    const { $availability } = here.workspace;
    const set = here.workspace.setAvailability('dnd');
    await here.clock.run(0);
    assert.deepEqual([dialed, $availability.get().dnd, $availability.get().pending], [['*78'], false, true]);
    answer();
    await set;
    assert.deepEqual([$availability.get().state, $availability.get().pending], ['dnd', false]);
    // The server declines now: nobody does it a second time here.
    here.line.ring({ address: lucy });
    assert.equal(here.attention.ringing, true);
    const off = here.workspace.setAvailability('available');
    await here.clock.run(0);
    answer(new MultiLineError('network'));
    await assert.rejects(off, { code: 'network' });
    assert.deepEqual(
      [dialed.at(-1), $availability.get().state, $availability.get().failure?.code],
      ['*79', 'dnd', 'network'],
    );
    await here.workspace.stop();
  });

  it('a server that says nothing, or has no such code, changes nothing', async () => {
    const { line } = codeLine();
    const policy = presets.default({ availability: { dnd: 'server', codes: { ...codes, forwardOff: '' } } });
    const here = await desk(browser(), { policy, line });
    const set = assert.rejects(here.workspace.setAvailability('dnd'), { code: 'timeout' });
    await here.clock.run(20_000);
    await set;
    assert.deepEqual(
      [here.workspace.$availability.get().state, here.workspace.$availability.get().pending],
      ['available', false],
    );
    await assert.rejects(here.workspace.setForwarding(null), { code: 'unsupported' });
    await here.workspace.stop();
  });

  it('[ML-51] forwards by the server’s code, with the number as the dial rules have it', async () => {
    const { line, dialed, answer } = codeLine();
    const here = await desk(browser(), { policy: presets.default({ availability: { codes } }), line });
    const { workspace } = here;
    assert.equal(workspace.$capabilities.get().forwarding, true);
    const set = workspace.setForwarding('(415) 555-0199');
    await here.clock.run(0);
    assert.deepEqual([dialed, workspace.$availability.get().forwardTo], [['*72+14155550199'], null]);
    answer();
    await set;
    assert.equal(workspace.$availability.get().forwardTo, '+14155550199');
    for (const wrong of ['nonsense', '911', 'sip:eve@example.com', ''])
      await assert.rejects(workspace.setForwarding(wrong), { code: 'invalid-number' });
    const off = workspace.setForwarding(null);
    await here.clock.run(0);
    answer();
    await off;
    assert.deepEqual([dialed.at(-1), workspace.$availability.get().forwardTo], ['*73', null]);
    await workspace.stop();
  });
});

describe('published presence', () => {
  it('[ML-50] says open, closed and on the phone, once each, and anew after a registration', async () => {
    const published: string[] = [];
    const line = Object.assign(scriptedLine(), {
      logIn: async () => undefined,
      publish: async (presence: object) => void published.push(JSON.stringify(presence)),
    });
    const here = await desk(browser(), { policy: agent(), line });
    assert.deepEqual(published, []);
    await here.workspace.logIn({ username: 'ann', password: 'secret' });
    assert.deepEqual(published.splice(0), ['{"open":true}']);
    const call = here.line.ring({ address: lucy });
    assert.deepEqual(published, []);
    await here.workspace.answer(call.id);
    assert.deepEqual(published.splice(0), ['{"open":true,"activity":"on-the-phone"}']);
    await here.workspace.setAvailability({ busyReason: 'lunch' });
    assert.deepEqual(published.splice(0), ['{"open":false,"activity":"busy","note":"Lunch"}']);
    line.status({ state: 'reconnecting', failure: { code: 'network', message: '', retryable: true } });
    line.status({ state: 'registered' });
    assert.equal(published.splice(0).length, 1);
    await here.workspace.stop();
    line.status({ state: 'registered' });
    assert.deepEqual(published, []);
  });

  it('is not said where the policy or the line has none, and a refusal disturbs nobody', async () => {
    const asked: object[] = [];
    const publish = (presence: object): Promise<void> => {
      asked.push(presence);
      return Promise.reject(new MultiLineError('unsupported'));
    };
    const quiet = await desk(browser(), {
      policy: presets.default({ availability: { publish: false } }),
      line: Object.assign(scriptedLine(), { publish }),
    });
    assert.deepEqual(asked, []);
    await quiet.workspace.stop();
    const here = await desk(browser(), { line: Object.assign(scriptedLine(), { publish }) });
    assert.deepEqual([asked.length, here.facts.includes('ml-error')], [1, false]);
    await here.workspace.stop();
  });
});
