import { expect } from '@open-wc/testing';
import type { Line } from '@multiline/core';
import { lineSignals } from '@multiline/testing';
import { audible, featureCode, node, phone, registered, ringing, server, talking, until } from './testing/phones.ts';
import { presenceWatcher } from './testing/presence.ts';
import { figure } from './testing/sipp.ts';

/**
 * How long a phone with a call, and one without, may take to be registered at the other node, in ms: thrice what it takes at
 * most on a machine of its own.
 */
const BACK_MS = { inCall: 6_000, idle: 18_000 };

/** ann is at the first node, everybody else at the second. */
if (server.otherUrl !== undefined)
  describe(`a node of ${server.name} that dies`, () => {
    const dead = new Set<number>();

    async function die(index: number): Promise<void> {
      dead.add(index);
      await node(index, 'die');
    }

    async function comeBack(index: number): Promise<void> {
      await node(index, 'comeBack');
      dead.delete(index);
    }

    /** Lets a node die. Answers how long after that the phone was registered at the other one, in ms. */
    async function killedUnder(line: Line, index: number): Promise<number> {
      const since = performance.now();
      const down = until(line.$status, ({ state }) => state === 'reconnecting');
      await die(index);
      await down;
      await until(line.$status, ({ state }) => state === 'registered');
      return performance.now() - since;
    }

    afterEach(async () => {
      for (const index of dead) await comeBack(index);
    });

    it('its phone registers at the other one, and is called there', async () => {
      const [ann, bob] = await registered('ann', 'bob');
      const tookMs = await killedUnder(ann, 0);
      await figure(`registered at the other node ${String(Math.round(tookMs))} ms after its own died`);
      expect(tookMs).to.be.lessThan(BACK_MS.idle);
      const { ours, theirs } = await talking(bob, ann, '1001');
      await Promise.all([audible(ours), audible(theirs)]);
    });

    it('a call goes on: it is heard, can wait, and the other side can end it', async () => {
      const [ann, bob] = await registered('ann', 'bob');
      const { ours, theirs, we } = await talking(ann, bob, '1002');
      await Promise.all([audible(ours), audible(theirs)]);
      const tookMs = await killedUnder(ann, 0);
      await figure(`in a call registered at the other node ${String(Math.round(tookMs))} ms after its own died`);
      expect(tookMs).to.be.lessThan(BACK_MS.inCall);
      await Promise.all([audible(ours), audible(theirs)]);
      await theirs.hold?.(true);
      expect(await we.next('held')).to.include({ by: 'them', held: true });
      await theirs.hold?.(false);
      expect(await we.next('held')).to.include({ by: 'them', held: false });
      await Promise.all([audible(ours), audible(theirs)]);
      await theirs.hangUp();
      expect(await we.next('ended')).to.include({ reason: 'completed', by: 'them' });
    });

    for (const [when, random] of [
      ['are back one after the other', 1],
      ['are back in the same moment', 0],
    ] as const)
      it(`a call goes on that was between two of its phones, which ${when}`, async () => {
        const [bob, carol] = [phone('bob', { random: () => 0 }), phone('carol', { random: () => random })];
        await Promise.all([bob.start(), carol.start()]);
        const { ours, theirs, they } = await talking(bob, carol, '1003');
        await Promise.all([audible(ours), audible(theirs)]);
        const carolIsBack = until(carol.$status, ({ state }) => state === 'reconnecting').then(() =>
          until(carol.$status, ({ state }) => state === 'registered'),
        );
        await killedUnder(bob, 1);
        await carolIsBack;
        await Promise.all([audible(ours), audible(theirs)]);
        await ours.hangUp();
        expect(await they.next('ended')).to.include({ reason: 'completed', by: 'them' });
      });

    it('a call that rings at its phone can still be answered', async () => {
      const [ann, bob] = await registered('ann', 'bob');
      const { ours, theirs } = await ringing(ann, bob, '1002');
      await killedUnder(bob, 1);
      await theirs.answer();
      await Promise.all([audible(ours), audible(theirs)]);
    });

    it('a call that its phone has dialed and nobody has answered yet is over, and may be dialed again', async () => {
      const [ann, bob] = await registered('ann', 'bob');
      const { we } = await ringing(ann, bob, '1002');
      await killedUnder(ann, 0);
      expect((await we.next('ended')).reason).to.equal('failed');
      const { ours } = await talking(ann, bob, '1002');
      await audible(ours);
    });

    it('has told the other one what its phone says of itself, which goes on saying so there', async () => {
      const [ann, watcher] = [phone('ann'), await presenceWatcher('ann', server.otherUrl!)];
      await ann.start();
      await ann.publish?.({ open: true, note: 'Lunch' });
      await watcher.hears('<note>Lunch</note>');
      await killedUnder(ann, 0);
      await ann.publish?.({ open: true, note: 'Back' });
      await watcher.hears('<note>Back</note>');
      expect(ann.log?.().some((line) => line.includes('412'))).to.equal(false);
      await watcher.stop();
    });

    it('knows after its return who has registered meanwhile, and what people have switched', async () => {
      const [bob, carol] = [phone('bob'), phone('carol')];
      await bob.start();
      await die(0);
      await carol.start();
      await featureCode(bob, '*78');
      await comeBack(0);
      const ann = phone('ann', { servers: [server.url] });
      await ann.start();
      const { ours } = await talking(ann, carol, '1003');
      await audible(ours);
      await ours.hangUp();
      expect((await lineSignals(await ann.dial('1002')).next('ended')).reason).to.equal('busy');
      await featureCode(bob, '*79');
    });
  });
