import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Call } from '../index.ts';
import { scriptedLine, type ScriptedCall } from '@multiline/testing';
import { browser, desk, lucy, recent, type Browser, type Desk } from '../../test/desk.ts';

interface Point {
  readonly name: string;
  /** Before the call comes in. */
  readonly first?: (desk: Desk) => void;
  /** The line answers by itself unless told. */
  readonly obliging?: false;
  /** What happens before the tab is killed. */
  readonly until: (step: Step) => Promise<void>;
  readonly reason: Call['reason'];
  readonly notes?: string;
}
interface Step extends Desk {
  readonly on: ScriptedCall;
}

const end = ({ on }: Step): void => on.signal({ type: 'ended', reason: 'completed', by: 'them' });

async function talk({ workspace, on, clock }: Step): Promise<void> {
  await workspace.answer(on.id);
  await clock.run(7_000);
}

const points: readonly Point[] = [
  {
    name: 'while the CRM is asked who calls',
    first: ({ crm }) => crm.hang(1, 'identify'),
    until: async ({ call }) => assert.equal(call().match.state, 'searching'),
    reason: 'missed',
  },
  { name: 'while it rings', until: async ({ clock }) => clock.run(3_000), reason: 'missed' },
  {
    name: 'while it is being answered',
    obliging: false,
    until: async ({ workspace, on, clock, call }) => {
      void workspace.answer(on.id);
      await clock.run(0);
      assert.equal(call().phase, 'ringing');
    },
    reason: 'missed',
  },
  { name: 'in conversation', until: talk, reason: 'interrupted' },
  {
    name: 'while notes are typed',
    until: async (step) => {
      await talk(step);
      await step.workspace.draftNotes(step.on.id, 'Wants the ren');
    },
    reason: 'interrupted',
    notes: 'Wants the ren',
  },
  {
    name: 'after notes were saved',
    until: async (step) => {
      await talk(step);
      await step.workspace.saveNotes(step.on.id, 'Wants the renewal.');
    },
    reason: 'interrupted',
    notes: 'Wants the renewal.',
  },
  {
    name: 'as the call ends',
    until: async (step) => {
      await talk(step);
      end(step);
      for (let turn = 0; turn < 4; turn++) await null;
    },
    reason: 'completed',
  },
  {
    name: 'before the CRM has written',
    until: async (step) => {
      await talk(step);
      step.crm.hang(1, 'logActivity');
      end(step);
      await step.clock.run(0);
    },
    reason: 'completed',
  },
  {
    name: 'after the CRM has written, before it has answered',
    until: async (step) => {
      await talk(step);
      const before = step.crm.activitiesWritten.length;
      end(step);
      while (step.crm.activitiesWritten.length === before) await null;
    },
    reason: 'completed',
  },
  {
    name: 'after it was logged',
    until: async (step) => {
      await talk(step);
      end(step);
      await step.clock.run(0);
      assert.equal(recent(step, step.on.id).log.state, 'delivered');
    },
    reason: 'completed',
  },
];

async function upTo(point: Point, inside: Browser): Promise<Step> {
  const line = scriptedLine({ obliging: point.obliging ?? true });
  const first = await desk(inside, { line });
  line.status({ state: 'registered' });
  point.first?.(first);
  const on = first.line.ring({ address: lucy });
  const step = { ...first, on };
  await inside.clock.run(0);
  await point.until(step);
  return step;
}

function check({ crm }: Browser, after: Desk, id: string, { reason, notes = '' }: Point): void {
  const call = recent(after, id);
  assert.equal(call.phase, 'ended');
  assert.equal(call.reason, reason);
  assert.equal(call.log.state, 'delivered');
  assert.equal(crm.activitiesWritten.length, 1);
  const [written] = crm.activitiesWritten;
  assert.equal(written?.record?.id, 'contact-lucy');
  assert.equal(written?.outcome, reason);
  assert.equal(written?.notes, notes);
  assert.equal(written?.durationMs, (call.endedAt ?? 0) - (call.answeredAt ?? call.endedAt ?? 0));
  assert.ok(after.workspace.$calls.get().every(({ phase }) => phase === 'ended'));
  assert.deepEqual(after.workspace.$tray.get(), { items: [], waiting: 0 });
}

describe('a tab killed in mid-call', () => {
  for (const point of points) {
    it(`${point.name}: the next start finds the call and logs it once`, async () => {
      const inside = browser();
      const step = await upTo(point, inside);
      step.kill();
      inside.crm.clear();
      const after = await desk(inside);
      await inside.clock.run(120_000);
      check(inside, after, step.on.id, point);
      await after.workspace.stop();
    });

    it(`${point.name}: another tab takes over, tells its end and logs it once`, async () => {
      const inside = browser();
      const step = await upTo(point, inside);
      const other = await desk(inside);
      await inside.clock.run(0);
      step.kill();
      inside.crm.clear();
      await inside.clock.run(120_000);
      assert.equal(other.workspace.$phone.get().here, true);
      assert.equal(other.workspace.$phone.get().line.state, 'registered');
      check(inside, other, step.on.id, point);
      assert.ok(other.facts.filter((type) => type === 'ml-call-ended').length <= 1);
      await other.workspace.stop();
    });
  }

  it('with notes typed in a tab that saw the call begin: nothing of it goes back to an older state', async () => {
    const inside = browser();
    const first = await desk(inside);
    const other = await desk(inside);
    const on = first.line.ring({ address: lucy });
    await inside.clock.run(0);
    await first.workspace.answer(on.id);
    await other.workspace.saveNotes(on.id, 'Typed over there.');
    first.kill();
    await inside.clock.run(5_000);
    assert.equal(recent(other, on.id).reason, 'interrupted');
    assert.equal(recent(other, on.id).notes.text, 'Typed over there.');
    assert.equal(inside.crm.activitiesWritten[0]?.notes, 'Typed over there.');
    await other.workspace.stop();
  });
});
