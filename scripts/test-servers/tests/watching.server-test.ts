import { expect } from '@open-wc/testing';
import type { Line, LineCall } from '@multiline/core';
import { lineSignals, nextIncoming } from '@multiline/testing';
import { asDeskPhone } from './testing/desk-phone.ts';
import { audible, phone, remotePhone, ringing, server, subscribed, talking } from './testing/phones.ts';

/** The next call of another phone of the same person. */
const nextWatched = (line: Line): Promise<LineCall> =>
  new Promise((resolve) => {
    line.onWatched?.(resolve);
  });

describe(`watching on ${server.name}`, () => {
  if (server.pbx) {
    it('shows no call with audio in this browser: the server does not say which is whose', async () => {
      const [ann, desk, bob] = [phone('ann', {}, { watch: true }), phone('ann', asDeskPhone), phone('bob')];
      const seen: LineCall[] = [];
      ann.onWatched?.((call) => seen.push(call));
      await Promise.all([ann.start(), desk.start(), bob.start()]);
      await subscribed(ann);
      for (const from of [desk, ann]) {
        const { ours, they } = await talking(from, bob, '1002');
        await audible(ours);
        await ours.hangUp();
        await they.next('ended');
      }
      const there = nextIncoming(desk);
      const theirs = await bob.dial('1001');
      await (await there).answer();
      await lineSignals(theirs).next('answered');
      await theirs.hangUp();
      expect(seen).to.deep.equal([]);
    });

    it('takes no presence, and says so', async () => {
      const ann = phone('ann');
      await ann.start();
      const refused: unknown = await ann.publish?.({ open: true }).catch((thrown: unknown) => thrown);
      expect(refused).to.have.property('code', 'unsupported');
    });
    return;
  }

  it('counts no messages: there is no mailbox', async () => {
    const ann = phone('ann');
    const stop = ann.$messageWaiting!.listen(() => undefined);
    await ann.start();
    while (!ann.log?.().some((line) => line.includes('489'))) await new Promise(requestAnimationFrame);
    expect(ann.$messageWaiting!.get()).to.equal(null);
    stop();
  });

  it('tells of a call that another phone of the same person makes', async () => {
    const [ann, desk, bob] = [phone('ann', {}, { watch: true }), phone('ann', asDeskPhone), phone('bob')];
    const coming = nextWatched(ann);
    await Promise.all([ann.start(), desk.start(), bob.start()]);
    await subscribed(ann);
    const { ours, theirs, we } = await ringing(desk, bob, '1002');
    const watched = await coming;
    expect(watched).to.deep.include({ direction: 'outbound', device: 'elsewhere', correlation: ours.correlation });
    expect(watched.remote.address).to.equal('1002');
    const signals = lineSignals(watched);
    await theirs.answer();
    await Promise.all([we.next('answered'), signals.next('answered')]);
    await audible(ours);
    await theirs.hangUp();
    expect(await signals.next('ended')).to.include({ reason: 'completed' });
  });

  it('tells of a call that another phone has answered, under the same correlation, and of none of its own', async () => {
    const [ann, desk, bob] = [phone('ann', {}, { watch: true }), phone('ann', asDeskPhone), phone('bob')];
    const seen: LineCall[] = [];
    ann.onWatched?.((call) => seen.push(call));
    const coming = nextWatched(ann);
    await Promise.all([ann.start(), desk.start(), bob.start()]);
    await subscribed(ann);
    const own = await talking(ann, bob, '1002');
    await own.ours.hangUp();
    await own.they.next('ended');
    const [here, there] = [nextIncoming(ann), nextIncoming(desk)];
    const theirs = await bob.dial('1001');
    const ended = lineSignals(await here).next('ended');
    await (await there).answer();
    expect((await ended).reason).to.equal('answered-elsewhere');
    const watched = await coming;
    expect(watched).to.deep.include({ direction: 'inbound', correlation: theirs.correlation });
    const signals = lineSignals(watched);
    await signals.next('answered');
    await theirs.hangUp();
    expect((await signals.next('ended')).reason).to.equal('completed');
    expect(seen).to.have.length(1);
  });

  it('shows a line whose audio is elsewhere what rings on the desk phone, and that nobody answered', async () => {
    const [remote, desk, bob] = [remotePhone('ann'), phone('ann', asDeskPhone), phone('bob')];
    remote.onWatched?.(() => undefined);
    const coming = nextIncoming(remote);
    await Promise.all([remote.start(), desk.start(), bob.start()]);
    await subscribed(remote);
    const { ours } = await ringing(bob, desk, '1001');
    const watched = await coming;
    expect(watched.remote.address).to.be.oneOf(['bob', '1002']);
    const signals = lineSignals(watched);
    await ours.hangUp();
    expect((await signals.next('ended')).reason).to.equal('missed');
  });

  it('takes presence', async () => {
    const ann = phone('ann');
    await ann.start();
    await ann.publish?.({ open: true, activity: 'busy', note: 'Lunch' });
    await ann.publish?.({ open: true });
    expect(ann.log?.().filter((line) => line.includes('200 OK to PUBLISH'))).to.have.length(2);
  });
});
