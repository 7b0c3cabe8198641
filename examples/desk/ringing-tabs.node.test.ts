import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Workspace } from '@multiline/core';
import { eventually, heard, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

/** What a page has seen, kept on its global object. */
interface Seen {
  /** When it began to ring (epoch ms). */
  rangAt: number[];
  /** How the newest call stood, each time that changed. */
  states: string[];
  /** Facts by type. */
  facts: string[];
}

/** Runs in each page before anything of ours: the ringtone is a looped buffer. */
function watchPage(): void {
  const seen = globalThis as unknown as Seen;
  Object.assign(seen, { rangAt: [], states: [], facts: [] } satisfies Seen);
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...given) {
    seen.rangAt.push(Date.now());
    start.apply(this, given);
  };
}

function watchDesk(): void {
  const seen = globalThis as unknown as Seen;
  const { workspace } = document.querySelector('ml-workspace') as unknown as { workspace: Workspace };
  workspace.$recentCalls.subscribe(({ calls: [call] }) => {
    const state = call?.reason ?? call?.phase;
    if (state && seen.states.at(-1) !== state) seen.states.push(state);
  });
  for (const type of ['ml-call-incoming', 'ml-call-ended', 'ml-call-logged'])
    workspace.addEventListener(type, () => seen.facts.push(type));
}

const seenBy = ({ page }: DeskPage): Promise<Seen> =>
  page.evaluate(() => {
    const { rangAt, states, facts } = globalThis as unknown as Seen;
    return { rangAt, states, facts };
  });

for (const lateForking of [true, false])
  describe(`a ringing tab that is closed, on a server ${lateForking ? 'with' : 'without'} late forking`, () => {
    let bed: DeskBed;
    let first: DeskPage;
    let second: DeskPage;
    let customer: DeskPage;
    /** When the server heard of a phone of Ann's that rings (epoch ms). */
    let ringing: number[];

    before(async () => {
      bed = await openDeskBed({ sip: { lateForking } });
      bed.sandbox.sip.intercept((message, { user }) => {
        if (message.kind === 'response' && message.status === 180 && user === 'ann') ringing.push(Date.now());
        return 'pass';
      });
    });
    afterEach(async () => {
      for (const { page } of [second, customer]) await page.context().close();
      assert.deepEqual(bed.complaints.splice(0), []);
      bed.sandbox.reset();
    });
    after(() => bed.stop());

    /** Lucy's call rings in the first of two tabs; the second shows it. */
    async function ring(): Promise<void> {
      ringing = [];
      const context = await bed.profile(watchPage);
      first = deskPage(await bed.desk(context));
      second = deskPage(await bed.open('/desk/', context));
      await second.says('In another tab');
      await second.page.evaluate(watchDesk);
      customer = deskPage(await bed.customer('+14155550101'));
      await customer.page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
      await second.says('Lucy Hall');
      await second.says('Incoming call');
      await eventually(
        () => ringing.length,
        (times) => times === 1,
      );
    }

    /** Closes the tab that rings; resolves when the server has heard that another one does. */
    async function close(): Promise<number> {
      const closedAt = Date.now();
      await first.page.close({ runBeforeUnload: false });
      await eventually(
        () => ringing.length,
        (times) => times > 1,
      );
      return closedAt;
    }

    async function oneCall(disposition: string): Promise<void> {
      await eventually(bed.tasks, ([task]) => task?.['CallDisposition'] === disposition);
      await second.waits('Every call and text is logged');
      // The tray says that also of no call at all.
      await second.page.waitForFunction(() => (globalThis as unknown as Seen).facts.includes('ml-call-logged'));
      assert.equal(bed.tasks().length, 1);
      assert.equal(await second.recents.getByRole('listitem').count(), 1);
      const { facts } = await seenBy(second);
      assert.deepEqual(facts, ['ml-call-incoming', 'ml-call-ended', 'ml-call-logged']);
    }

    it('rings on in the other tab, is answered there, and was missed at no moment', async (test) => {
      await ring();
      const closedAt = await close();
      await second.press('Answer');
      await second.says('Call in progress');
      await heard(second.page);
      await customer.press('Hang up');
      await oneCall('completed');
      const { rangAt, states } = await seenBy(second);
      assert.deepEqual(states, ['ringing', 'active', 'completed']);
      test.diagnostic(`closed → rings: ${rangAt[0]! - closedAt} ms, → the server knows: ${ringing[1]! - closedAt} ms`);
      // 400 ms on a machine of its own; here others work beside.
      assert.ok(ringing[1]! - closedAt < 4_000);
    });

    it('is answered by whoever presses at once', async () => {
      await ring();
      await first.page.close({ runBeforeUnload: false });
      await second.press('Answer');
      await second.says('Call in progress');
      await customer.says('Call in progress');
      await heard(second.page);
      await second.press('Hang up');
      await oneCall('completed');
    });

    it('is declined from the other tab', async () => {
      await ring();
      await close();
      await second.press('Decline');
      await customer.says('Call ended');
      await oneCall('declined');
    });

    it('is missed, once, when the caller gives up', async () => {
      await ring();
      await close();
      await customer.press('Hang up');
      await second.firstRow('Missed');
      await oneCall('missed');
      assert.deepEqual((await seenBy(second)).states, ['ringing', 'missed']);
    });

    it('is missed, once, when the caller has given up before another tab has it', async () => {
      await ring();
      await first.page.close({ runBeforeUnload: false });
      await customer.press('Hang up');
      await second.firstRow('Missed');
      await oneCall('missed');
    });
  });
