import { MultiLineError, asFailure, presets } from '@multiline/core';
import type { Call, RecordRef } from '@multiline/core';
import { manualClock } from '@multiline/testing';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { MlDialEvent, MlPopEvent, MlSendEvent } from '../events/intents.ts';
import { scriptedDesk } from '../testing/scripted-desk.ts';
import { lucy } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import type { MlRecentCalls } from './recent-calls.ts';
import { NOW, callsOfADesk, liveCall, pastCall } from '../testing/story-calls.ts';
import './recent-calls.ts';

const still = (calls: readonly Call[] = callsOfADesk, more: Stillness = {}): StillWorkspace =>
  new StillWorkspace({ recentCalls: { state: 'ready', calls }, ...more });
const show = (workspace: object, filter = 'all'): Promise<MlRecentCalls> =>
  fixture<MlRecentCalls>(html`<ml-recent-calls .workspace=${workspace} filter=${filter}></ml-recent-calls>`);
const rows = (el: MlRecentCalls): HTMLElement[] => [...el.renderRoot.querySelectorAll<HTMLElement>('.row')];
const row = (el: MlRecentCalls, id: string): HTMLElement => rows(el).find((one) => one.id === id)!;
const words = (element: Element | null | undefined): string => element?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const part = (row: HTMLElement, name: string): HTMLElement | null =>
  row.querySelector<HTMLElement>(`[part~="${name}"]`);
const names = (el: MlRecentCalls): string[] => rows(el).map((one) => words(part(one, 'name')));
describe('ml-recent-calls', () => {
  it('is accessible', async () => {
    const el = await show(still([liveCall, ...callsOfADesk]));
    await expect(el).to.be.accessible();
  });

  it('[ML-44] lists calls with a contact, a lead and a person account, and tells received, dialed and missed apart', async () => {
    const desk = await scriptedDesk();
    const received = await desk.receive('+14155550101', 61);
    const missed = await desk.receive('+14155550102', 0);
    const dialed = await desk.place('+442079460105', 5);
    const el = await show(desk.workspace);
    expect(names(el)).to.deep.equal(['Petra Person', 'Larry Thomas', 'Lucy Hall']);
    for (const [id, way, word] of [
      [received, 'received', 'Received'],
      [missed, 'missed', 'Missed'],
      [dialed, 'dialed', 'Dialed'],
    ] as const) {
      expect(row(el, id).className).to.equal(`row ${way}`);
      expect(words(part(row(el, id), 'details'))).to.match(new RegExp(`^${word}`));
    }
    const shapes = new Set(rows(el).map((one) => part(one, 'direction')!.innerHTML));
    expect(shapes.size).to.equal(3);
    await desk.workspace.stop();
  });

  it('[ML-45] shows name, timestamp, length, the mark of notes only where there are notes, Call and Message', async () => {
    const el = await show(still());
    const withNotes = row(el, 'lucy');
    expect(words(part(withNotes, 'name'))).to.equal('Lucy Hall');
    expect(words(part(withNotes, 'timestamp'))).to.equal('10:24 AM');
    expect(words(part(withNotes, 'duration'))).to.equal('4:12');
    expect(part(withNotes, 'notes-mark')).not.to.equal(null);
    expect(words(part(withNotes, 'details'))).to.contain('has notes');
    expect(part(withNotes, 'call')!.ariaLabel).to.equal('Call Lucy Hall');
    expect(part(withNotes, 'message')!.ariaLabel).to.equal('Message Lucy Hall');
    const without = row(el, 'larry');
    expect(part(without, 'notes-mark')).to.equal(null);
    expect(words(part(without, 'details'))).not.to.contain('notes');
    expect(part(without, 'duration')).to.equal(null);
    expect(rows(el).every((one) => part(one, 'call') && part(one, 'message'))).to.equal(true);
    expect(words(part(row(el, 'long'), 'duration'))).to.equal('1:06:05');
  });

  it('calls and messages by the buttons, with the record, and lets a page do it instead', async () => {
    const workspace = still();
    const el = await show(workspace);
    setTimeout(() => part(row(el, 'lucy'), 'call')!.click());
    const dial = await oneEvent<MlDialEvent>(el, 'ml-dial');
    expect([dial.number, dial.record]).to.deep.equal(['+14155550101', lucy]);
    const dialed = (): unknown[] => workspace.commands.filter(([verb]) => verb === 'dial');
    expect(dialed()).to.deep.equal([['dial', '+14155550101', { record: lucy }]]);
    el.addEventListener('ml-dial', (event) => event.preventDefault());
    part(row(el, 'larry'), 'call')!.click();
    expect(dialed()).to.have.length(1);
    el.addEventListener('ml-send', (event) => event.preventDefault());
    setTimeout(() => part(row(el, 'stranger'), 'message')!.click());
    const send = await oneEvent<MlSendEvent>(el, 'ml-send');
    expect([send.number, send.record]).to.deep.equal(['+14155550199', null]);
  });

  it('[MV-14] dials by a click on a number, and opens the record by the icon of the person', async () => {
    const workspace = still();
    const el = await show(workspace);
    const glyph = row(el, 'lucy').querySelector<HTMLElement>('.kind-icon')!;
    expect(glyph.ariaLabel).to.equal('Open the record of Lucy Hall');
    glyph.addEventListener('click', (event) => event.preventDefault());
    setTimeout(() => glyph.click());
    expect((await oneEvent<MlPopEvent>(el, 'ml-pop')).record.name).to.equal('Lucy Hall');
    const dialed = (): unknown[] => workspace.commands.filter(([verb]) => verb === 'dial');
    expect(dialed()).to.deep.equal([]);
    const number = part(row(el, 'lucy'), 'number')!;
    expect([words(number), number.ariaLabel]).to.deep.equal(['(415) 555-0101', 'Call (415) 555-0101']);
    setTimeout(() => number.click());
    const dial = await oneEvent<MlDialEvent>(el, 'ml-dial');
    expect([dial.number, dial.record]).to.deep.equal(['+14155550101', lucy]);
    expect(dialed()).to.deep.equal([['dial', '+14155550101', { record: lucy }]]);
    // Where nobody is known by it, the number stands for the name.
    const stranger = part(row(el, 'stranger'), 'name')!;
    expect(stranger.ariaLabel).to.equal(`Call ${words(stranger)}`);
    setTimeout(() => stranger.click());
    expect((await oneEvent<MlDialEvent>(el, 'ml-dial')).number).to.equal('+14155550199');
    expect(dialed()).to.have.length(2);
  });

  it('tells of a call under way whether it waits, is in a conference or has lost its connection', async () => {
    for (const [change, word] of [
      [{ hold: 'us' }, 'On hold'],
      [{ hold: 'them' }, 'They put you on hold'],
      [{ conference: 'one' }, 'Conference'],
      [{ conference: 'one', hold: 'us' }, 'On hold'],
      [{ reconnecting: true }, 'Reconnecting…'],
    ] as const) {
      const el = await show(still([{ ...liveCall, ...change }]));
      expect(words(el.renderRoot.querySelector('.phase'))).to.equal(word);
      const open = el.renderRoot.querySelector<HTMLElement>('.open')!;
      open.click();
      await el.updateComplete;
      const details = el.renderRoot.querySelector('ml-call-details')!;
      await details.updateComplete;
      expect(words(details.renderRoot.querySelector('.phase'))).to.equal(word);
    }
  });

  it('puts the number into the field instead of dialing where numbers are to be edited first', async () => {
    const workspace = still(callsOfADesk, { settings: { dialMode: 'edit' } });
    const el = await show(workspace);
    part(row(el, 'elsewhere'), 'call')!.click();
    expect(workspace.commands.at(-1)).to.deep.equal(['pickNumber', '+14155550106 x12', null]);
  });

  it('[ML-46] shows the time today, weekday and time for seven days, the full date before; anew at midnight and in another zone', async () => {
    const clock = manualClock(NOW);
    const workspace = still([pastCall('one', 0, 5)], { clock });
    const el = await show(workspace);
    const stamp = (): string => words(part(row(el, 'one'), 'timestamp'));
    expect(stamp()).to.equal('10:41 AM');
    // Midnight is 13 hours and 19 minutes away.
    for (const [ms, then] of [
      [799 * 60_000 - 1, '10:41 AM'],
      [1, 'Thu 10:41 AM'],
      [6 * 86_400_000, 'Thu 10:41 AM'],
      [86_400_000, 'Nov 12, 2026, 10:41 AM'],
    ] as const) {
      clock.advance(ms);
      await el.updateComplete;
      expect(stamp()).to.equal(then);
    }
    workspace.$user.set({ ...workspace.$user.get(), timeZone: 'Europe/London' });
    await el.updateComplete;
    expect(stamp()).to.equal('Nov 12, 2026, 3:41 PM');
  });

  it('[ML-47] opens the record by the name and the details by anything else on the row', async () => {
    const popped: RecordRef[] = [];
    const desk = await scriptedDesk({ host: { name: 'test', pop: (record) => void popped.push(record) } });
    await desk.workspace.changeSettings({ popAt: 'never' });
    const id = await desk.receive('+442079460105', 61);
    const el = await show(desk.workspace);
    setTimeout(() => part(row(el, id), 'name')!.click());
    const pop = await oneEvent<MlPopEvent>(el, 'ml-pop');
    expect(pop.record.name).to.equal('Petra Person');
    await el.updateComplete;
    expect(popped.map(({ kind, id }) => [kind, id])).to.deep.equal([['PersonAccount', 'person-petra']]);
    expect(el.matches(':state(open)')).to.equal(false);
    // What a pointer meets at the arrow, between the words and at the very edge is one button.
    const box = row(el, id).getBoundingClientRect();
    const details = part(row(el, id), 'details');
    for (const [x, y] of [
      [box.left + 20, box.top + box.height / 2],
      [box.left + box.width / 2, box.bottom - 4],
      [box.left + 2, box.top + 2],
    ] as const) {
      expect((el.renderRoot as ShadowRoot).elementFromPoint(x, y)?.className, `${x} ${y}`).to.equal('open');
    }
    details!.click();
    await el.updateComplete;
    expect(el.matches(':state(open)')).to.equal(true);
    expect(el.renderRoot.querySelector('ml-call-details')!.callId).to.equal(id);
    await desk.workspace.stop();
  });

  const limited = { lists: { all: 30, missed: 10, received: 10, dialed: 10, favorites: 50 } };
  it('[MV-05] [MV-06] [MV-07] [MV-08] shows the last 30 calls, 10 missed, 10 dialed whether or not they came about, 10 received', async () => {
    const desk = await scriptedDesk({ policy: { ...presets.default(), ...limited } });
    for (let i = 0; i < 12; i++) {
      await desk.receive('+14155550101', 5);
      await desk.receive('+14155550102', 0);
      await desk.place('+14155550103', i % 2 ? 5 : 0);
    }
    const el = await show(desk.workspace);
    expect(rows(el)).to.have.length(30);
    for (const [filter, name] of [
      ['missed', 'Larry Thomas'],
      ['received', 'Lucy Hall'],
      ['dialed', 'Joan Bearish'],
    ] as const) {
      el.filter = filter;
      await el.updateComplete;
      expect(names(el)).to.deep.equal(Array<string>(10).fill(name));
      const began = rows(el).map(({ id }) => desk.call(id).startedAt);
      expect(began).to.deep.equal(began.toSorted((a, b) => b - a));
    }
    expect(rows(el).filter((one) => part(one, 'duration'))).to.have.length(5);
    el.limit = 3;
    await el.updateComplete;
    expect(rows(el)).to.have.length(3);
    await desk.workspace.stop();
  });

  it('lists calls with a number nobody knows, in and out', async () => {
    const desk = await scriptedDesk();
    await desk.receive('+14155550199', 0);
    await desk.place('+14155550198', 9);
    const el = await show(desk.workspace);
    expect(names(el)).to.deep.equal(['(415) 555-0198', '(415) 555-0199']);
    await desk.workspace.stop();
  });

  it('has the call under way first, with its phase for the time, and follows it', async () => {
    const desk = await scriptedDesk();
    const call = desk.line.ring({ address: '+14155550101' });
    await desk.clock.run(1000);
    await desk.receive('+14155550102', 0);
    const el = await show(desk.workspace);
    expect(names(el)).to.deep.equal(['Lucy Hall', 'Larry Thomas']);
    expect(words(part(row(el, call.id), 'details'))).to.contain('Call connecting');
    expect(part(row(el, call.id), 'call')).to.equal(null);
    await desk.workspace.answer(call.id);
    await el.updateComplete;
    expect(words(part(row(el, call.id), 'details'))).to.contain('Call in progress');
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await desk.clock.run(0);
    await el.updateComplete;
    expect(names(el)).to.deep.equal(['Larry Thomas', 'Lucy Hall']);
    expect(part(row(el, call.id), 'timestamp')).not.to.equal(null);
    await desk.workspace.stop();
  });

  it('takes an unknown filter for all', async () => {
    const el = await show(still(), 'bogus');
    expect(rows(el)).to.have.length(callsOfADesk.length);
  });

  it('shows text of strangers as text, and a withheld number without Call and Message', async () => {
    const nobody = { state: 'unknown', record: null, candidates: [], why: null } as const;
    const evil = '<img src=x onerror="alert(1)">';
    const el = await show(
      still([
        pastCall('evil', 1000, 5, { match: nobody, displayName: evil, number: '+14155550199' }),
        pastCall('withheld', 2000, 5, { match: nobody, number: '' }),
      ]),
    );
    expect(names(el)).to.deep.equal([evil, 'Number withheld']);
    expect(el.renderRoot.querySelector('img')).to.equal(null);
    expect(part(row(el, 'withheld'), 'call')).to.equal(null);
    expect(part(row(el, 'withheld'), 'message')).to.equal(null);
  });

  it('says that calls could not be loaded, keeps what is there, and tries again', async () => {
    const failure = asFailure(new MultiLineError('storage-denied'));
    const workspace = still([], { recentCalls: { state: 'failed', calls: callsOfADesk.slice(0, 1), failure } });
    const el = await show(workspace);
    const notice = el.renderRoot.querySelector('.notice')!;
    expect(words(notice)).to.contain('Calls could not be loaded.');
    expect(rows(el)).to.have.length(1);
    notice.querySelector('button')!.click();
    expect(workspace.commands).to.deep.equal([['loadOlder']]);
  });

  it('says what would stand in an empty list, and shows its empty shape unwired', async () => {
    const el = await show(still([]), 'received');
    expect(words(el.renderRoot.querySelector('.empty'))).to.contain('No received calls yet');
    expect(el.matches(':state(empty)')).to.equal(true);
    const unwired = await fixture<MlRecentCalls>(html`<ml-recent-calls></ml-recent-calls>`);
    expect(unwired.matches(':state(unwired)')).to.equal(true);
    expect(unwired.renderRoot.querySelector('button')).to.equal(null);
  });
});
