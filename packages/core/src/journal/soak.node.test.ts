import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, presets, type ErrorCode } from '../index.ts';
import { browser, desk, type Browser, type Desk } from '../../test/desk.ts';

/** mulberry32: the same numbers for the same seed, so that a failure can be looked at again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NUMBERS = [
  '+14155550101',
  '+14155550102',
  '+14155550103',
  '+14155550104',
  '+14155550199',
  '+442079460105',
  '1002',
];
const FAULTS: readonly ErrorCode[] = ['server', 'network', 'auth-expired', 'limit', 'busy'];
const policy = () =>
  presets.default({ match: { several: 'newest' }, log: { unknown: 'without-record' }, calls: { busy: 'refuse' } });

interface Told {
  /** Correlations of every call that began. */
  readonly calls: Map<string, string>;
  /** The notes a person was told are kept, by call. */
  readonly notes: Map<string, string>;
}

/** A shift of calls in three tabs that die, on a CRM that fails. */
function shift(seed: number, inside: Browser) {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const told: Told = { calls: new Map(), notes: new Map() };
  let desks: Desk[] = [];
  let kills = 0;

  const open = async (): Promise<void> => void desks.push(await desk(inside, { policy: policy() }));
  const leading = (): Desk => desks.find(({ workspace }) => workspace.$phone.get().here)!;

  async function kill(): Promise<void> {
    kills++;
    const dies = chance(0.6) ? leading() : pick(desks);
    dies.kill();
    desks = desks.filter((one) => one !== dies);
    if (desks.length === 0 || chance(0.7)) await open();
    await inside.clock.run(100);
  }

  function disturb(): void {
    const { crm } = inside;
    const what = random();
    if (what < 0.3) crm.cutAfterWrite(1, pick(['logActivity', 'logActivities']));
    else if (what < 0.4) crm.hang(1);
    else if (what < 0.5) crm.fail(1, new MultiLineError('limit', { retryAt: inside.clock.now() + random() * 90_000 }));
    else if (what < 0.6) inside.clock.shift((random() - 0.5) * 600_000);
    else crm.fail(Math.ceil(random() * 4), new MultiLineError(pick(FAULTS)));
  }

  /** Runs on a little; perhaps a tab dies here. True if the call's own tab has. */
  async function live(ms: number, own: Desk): Promise<boolean> {
    await inside.clock.run(ms);
    if (chance(0.25)) disturb();
    if (chance(0.08)) await kill();
    return !desks.includes(own);
  }

  async function oneCall(): Promise<void> {
    const own = leading();
    const number = pick(NUMBERS);
    const outbound = chance(0.4);
    if (outbound) await own.workspace.dial(number);
    const on = outbound ? own.line.dialed.at(-1) : own.line.ring({ address: number });
    assert.ok(on);
    told.calls.set(on.id, on.correlation);
    // Durable one transaction later (R2); a tab cannot die earlier than that.
    for (let turn = 0; turn < 5; turn++) await null;

    const note = async (text: string): Promise<void> => {
      const tab = pick(desks);
      await tab.workspace.saveNotes(on.id, text);
      told.notes.set(on.id, text);
    };
    if (await live(random() * 4_000, own)) return;
    if (chance(0.7)) {
      if (outbound) on.signal({ type: 'answered' });
      else await own.workspace.answer(on.id);
      if (await live(random() * 60_000, own)) return;
      if (chance(0.6)) await note(`In the call ${on.id}.`);
      if (await live(random() * 1_000, own)) return;
    }
    const answered = own.call().answeredAt !== undefined;
    on.signal({ type: 'ended', reason: answered ? 'completed' : outbound ? 'no-answer' : 'missed', by: 'them' });
    if (chance(0.3) && (await live(0, own))) return;
    if (chance(0.3)) await note(`Afterwards ${on.id}.`);
    await live(random() * 20_000, own);
  }

  return {
    told,
    kills: () => kills,
    async work(calls: number): Promise<void> {
      for (let tab = 0; tab < 3; tab++) await open();
      for (let call = 0; call < calls; call++) await oneCall();
    },
    /** The CRM is well again, and what is left is delivered. */
    async quiet(): Promise<Desk> {
      inside.crm.clear();
      inside.crm.release();
      await inside.clock.run(40 * 60_000);
      return leading();
    },
    async close(): Promise<void> {
      for (const { workspace } of desks) await workspace.stop();
    },
  };
}

describe('hundreds of calls, tabs that die, a CRM that fails (R1)', () => {
  for (const seed of [1, 20, 300]) {
    it(`loses none and doubles none: 150 calls, seed ${seed}`, async () => {
      const inside = browser();
      const day = shift(seed, inside);
      await day.work(150);
      const last = await day.quiet();

      assert.ok(day.kills() > 10, `Only ${day.kills()} tabs died.`);
      const written = inside.crm.activitiesWritten.map(({ correlation }) => correlation);
      assert.equal(new Set(written).size, written.length, 'An activity was doubled.');
      assert.deepEqual([...written].sort(), [...day.told.calls.values()].sort(), 'An activity was lost.');
      for (const [id, correlation] of day.told.calls) {
        const activity = inside.crm.activitiesWritten.find((one) => one.correlation === correlation);
        assert.equal(activity?.notes, day.told.notes.get(id) ?? '', `The notes of ${id}`);
        const call = (await last.workspace.readCall(id))!;
        assert.equal(call.phase, 'ended');
        assert.equal(call.log.state, 'delivered', `${id}: ${JSON.stringify(call.log)}`);
      }
      assert.deepEqual(last.workspace.$tray.get(), { items: [], waiting: 0 });
      await day.close();
    });
  }
});
