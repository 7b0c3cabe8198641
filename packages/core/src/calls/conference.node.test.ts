import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, presets, type Call } from '../index.ts';
import { scriptedLine, type ScriptedCall, type ScriptedLine } from '@multiline/testing';
import { browser, desk, lucy, recent, type Desk } from '../../test/desk.ts';

const ended = { type: 'ended', reason: 'completed', by: 'them' } as const;
const byId = ({ workspace }: Desk, id: string): Call | undefined =>
  workspace.$calls.get().find((call) => call.id === id);
const mixes = (line: ScriptedLine): string[] => line.asked.filter((what) => what.startsWith('mix'));
const mixOf = (...calls: readonly ScriptedCall[]): string => ['mix', ...calls.map(({ id }) => id)].join(' ');

async function add(here: Desk, to: ScriptedCall, number: string): Promise<ScriptedCall> {
  await here.workspace.consult(to.id, number, 'conference');
  const call = here.line.dialed.at(-1)!;
  await here.clock.run(0);
  call.signal({ type: 'answered' });
  return call;
}

/** Lucy and so many colleagues. */
async function conference(here: Desk, others: number): Promise<ScriptedCall[]> {
  const first = here.line.ring({ address: lucy });
  await here.clock.run(0);
  await here.workspace.answer(first.id);
  const members = [first];
  for (let i = 0; i < others; i++) {
    const call = await add(here, first, `100${i + 2}`);
    await here.workspace.merge(call.id);
    members.push(call);
  }
  return members;
}

describe('a conference mixed here', () => {
  it('[MV-16] [MV-18] up to five with the user: each is asked first, the others come off hold by themselves; a sixth is refused', async () => {
    const here = await desk();
    const members = await conference(here, 3);
    assert.equal(mixes(here.line).at(-1), mixOf(...members));
    const calls = members.map(({ id }) => byId(here, id));
    assert.equal(new Set(calls.map((call) => call?.conference)).size, 1);
    assert.deepEqual(
      calls.map((call) => [call?.hold, call?.pending, call?.consultFor]),
      Array(4).fill([undefined, null, undefined]),
    );
    const sixth = await add(here, members[0]!, '1006');
    assert.deepEqual(
      members.map(({ id }) => byId(here, id)?.hold),
      Array(4).fill('us'),
    );
    await assert.rejects(here.workspace.merge(sixth.id), { code: 'conference-full' });
    const refused = byId(here, sixth.id);
    assert.deepEqual([refused?.phase, refused?.pending, refused?.failure?.code], ['active', null, 'conference-full']);
    await here.workspace.stop();
  });

  it('[MV-19] nobody is joined before the answer', async () => {
    const here = await desk();
    const [first] = await conference(here, 0);
    await here.workspace.consult(first!.id, '1002', 'conference');
    for (const id of [first!.id, here.line.dialed[0]!.id])
      await assert.rejects(here.workspace.merge(id), { code: 'unsupported' });
    assert.deepEqual(mixes(here.line), []);
    assert.equal(byId(here, first!.id)?.hold, 'us');
    await here.workspace.stop();
  });

  it('[MV-20] one can be taken out, the rest go on; the last is an ordinary call', async () => {
    const here = await desk();
    const [lucys, bob, carol] = (await conference(here, 2)) as [ScriptedCall, ScriptedCall, ScriptedCall];
    await here.workspace.removeParticipant(bob.id);
    assert.deepEqual(bob.asked.at(-1), 'hang-up');
    assert.equal(mixes(here.line).at(-1), mixOf(lucys, carol));
    assert.ok(byId(here, carol.id)?.conference);
    lucys.signal(ended);
    assert.equal(mixes(here.line).at(-1), 'mix');
    const call = byId(here, carol.id);
    assert.deepEqual([call?.phase, call?.conference], ['active', undefined]);
    await assert.rejects(here.workspace.removeParticipant(carol.id), { code: 'no-such-call' });
    await here.workspace.stop();
  });

  it('waits and comes back as a whole, and nobody hears who was silenced', async () => {
    const here = await desk();
    const members = await conference(here, 2);
    await here.workspace.hold(members[1]!.id);
    assert.deepEqual(
      members.map(({ id }) => byId(here, id)?.hold),
      ['us', 'us', 'us'],
    );
    await here.workspace.resume(members[0]!.id);
    assert.deepEqual(
      members.map(({ id }) => byId(here, id)?.hold),
      [undefined, undefined, undefined],
    );
    await here.workspace.silence(members[2]!.id, true);
    assert.equal(byId(here, members[2]!.id)?.silenced, true);
    await here.workspace.silence(members[2]!.id, false);
    assert.equal(byId(here, members[2]!.id)?.silenced, false);
    await here.workspace.stop();
  });

  it('with two others, its organiser may leave by connecting them', async () => {
    const here = await desk();
    const [first, second] = (await conference(here, 1)) as [ScriptedCall, ScriptedCall];
    await here.workspace.completeTransfer(second.id);
    assert.ok(first.asked.includes(`transfer-to ${second.id}`));
    assert.deepEqual([recent(here, first.id).reason, recent(here, second.id).reason], ['transferred', 'transferred']);
    await here.workspace.stop();
  });

  it('brings together whoever is there when nobody was asked on anybody’s behalf, and says who was with whom', async () => {
    const here = await desk();
    const [first] = await conference(here, 0);
    const second = here.line.ring({ address: '1002' });
    await here.clock.run(0);
    await here.workspace.answer(second.id);
    await here.workspace.merge(first!.id);
    assert.deepEqual(
      byId(here, first!.id)?.legs?.map(({ kind, number }) => [kind, number]),
      [['joined', '1002']],
    );
    assert.deepEqual(
      byId(here, second.id)?.legs?.map(({ kind, name }) => [kind, name]),
      [['joined', 'Lucy Hall']],
    );
    await here.workspace.stop();
  });

  it('that cannot be mixed leaves who waited waiting', async () => {
    const line = scriptedLine();
    line.mix = () => Promise.reject(new MultiLineError('unexpected'));
    const here = await desk(browser(), { line });
    const [first] = await conference(here, 0);
    const second = await add(here, first!, '1002');
    await assert.rejects(here.workspace.merge(second.id), { code: 'unexpected' });
    await here.clock.run(0);
    const calls = [first!, second].map(({ id }) => byId(here, id));
    assert.deepEqual(
      calls.map((call) => [call?.hold, call?.pending, call?.conference]),
      [
        ['us', null, undefined],
        [undefined, null, undefined],
      ],
    );
    await here.workspace.stop();
  });
});

describe('the log of a conference', () => {
  it('has each leg once, with its own person and who was with whom; a colleague’s is no activity of the caller’s', async () => {
    const here = await desk();
    const [lucys, bobs] = (await conference(here, 1)) as [ScriptedCall, ScriptedCall];
    await here.workspace.saveNotes(lucys.id, 'Wants a quote.');
    await here.workspace.saveNotes(bobs.id, 'Bob knows the prices.');
    const larrys = here.line.ring({ address: '+14155550102' });
    await here.clock.run(60_000);
    await here.workspace.answer(larrys.id);
    await here.workspace.merge(larrys.id);
    for (const call of [bobs, larrys, lucys]) {
      call.signal(ended);
      await here.clock.run(5_000);
    }
    const written = here.crm.activitiesWritten.map(({ record, direction, notes }) => [record?.id, direction, notes]);
    assert.deepEqual(written, [
      [
        undefined,
        'internal',
        'Bob knows the prices.\n\nConference with Lucy Hall (+14155550101) after 0:00\nConference with Larry Thomas (+14155550102) after 1:00',
      ],
      [
        'lead-larry',
        'inbound',
        'Conference with Lucy Hall (+14155550101) after 1:00\nConference with Bob Agent (1002) after 1:00',
      ],
      [
        'contact-lucy',
        'inbound',
        'Wants a quote.\n\nConsulted Bob Agent (1002) after 0:00\nConference with Bob Agent (1002) after 0:00\nConference with Larry Thomas (+14155550102) after 1:00',
      ],
    ]);
    assert.deepEqual(here.workspace.$tray.get().items, []);
    await here.workspace.stop();
  });

  it('says of who could not be added that it was so, and of no transfer', async () => {
    const here = await desk();
    const [lucys] = await conference(here, 0);
    await here.workspace.consult(lucys!.id, '1002', 'conference');
    here.line.dialed[0]!.signal({ type: 'ended', reason: 'busy', by: 'them' });
    assert.equal(byId(here, lucys!.id)?.transfer?.purpose, 'conference');
    lucys!.signal(ended);
    await here.clock.run(0);
    const { notes } = here.crm.activitiesWritten.find(({ record }) => record?.id === 'contact-lucy')!;
    assert.equal(notes, 'Adding 1002 to the call failed: busy');
    await here.workspace.stop();
  });
});

describe('a conference on the server’s bridge', () => {
  it('sends everybody there and calls it', async () => {
    const here = await desk(browser(), { policy: presets.default({ conference: { bridge: '8000' } }) });
    const [first] = await conference(here, 0);
    const second = await add(here, first!, '1002');
    await here.workspace.merge(second.id);
    assert.deepEqual([first!.asked.at(-1), second.asked.at(-1)], ['transfer 8000', 'transfer 8000']);
    assert.equal(here.call().number, '8000');
    here.line.dialed.at(-1)!.signal({ type: 'answered' });
    const third = await add(here, here.line.dialed.at(-1)!, '1003');
    const bridge = here.line.dialed.at(-2)!;
    await here.workspace.merge(third.id);
    assert.equal(third.asked.at(-1), 'transfer 8000');
    assert.deepEqual([byId(here, bridge.id)?.phase, byId(here, bridge.id)?.hold], ['active', undefined]);
    assert.deepEqual(mixes(here.line), []);
    await here.workspace.stop();
  });

  it('tells in each log who was there; our own call to the bridge is nobody’s and waits for nobody', async () => {
    const here = await desk(browser(), { policy: presets.default({ conference: { bridge: '8000' } }) });
    const [first] = await conference(here, 0);
    const second = await add(here, first!, '1002');
    await here.workspace.merge(second.id);
    const bridge = here.line.dialed.at(-1)!;
    bridge.signal({ type: 'answered' });
    await here.clock.run(60_000);
    bridge.signal(ended);
    await here.clock.run(0);
    const told = Object.fromEntries(
      here.crm.activitiesWritten.map(({ number, record, notes }) => [number, [record?.id, notes]]),
    );
    assert.deepEqual(told, {
      [lucy]: [
        'contact-lucy',
        'Consulted Bob Agent (1002) after 0:00\nConference with Bob Agent (1002) after 0:00\nTransferred to 8000 after 0:00',
      ],
      '1002': [undefined, 'Conference with Lucy Hall (+14155550101) after 0:00\nTransferred to 8000 after 0:00'],
      '8000': [
        undefined,
        'Conference with Lucy Hall (+14155550101) after 0:00\nConference with Bob Agent (1002) after 0:00',
      ],
    });
    assert.deepEqual(here.workspace.$tray.get().items, []);
    await here.workspace.stop();
  });
});
