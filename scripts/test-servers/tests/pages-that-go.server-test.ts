import { expect } from '@open-wc/testing';
import type { LineCall } from '@multiline/core';
import { lineSignals, type LineSignals } from '@multiline/testing';
import { lost } from './testing/faulty-link.ts';
import { mortalPage, takenBack, token } from './testing/mortal-page.ts';
import { audible, phone, registered, ringing, server, talking } from './testing/phones.ts';

/** How long it took, for whoever reads the run. */
function report(what: string, since: number): void {
  console.log(`${server.name}: ${what}: ${String(Math.round(performance.now() - since))} ms`);
}

describe(`a page that goes while it rings, on ${server.name}`, () => {
  /** @param ageMs how long it has rung already */
  async function handedOver(ageMs = 0) {
    const page = await mortalPage('bob');
    const ann = phone('ann');
    await ann.start();
    const { ours, we, they } = await ringing(ann, page.line, 'bob');
    await we.next('ringing');
    const invited = JSON.parse(await token(they, 'invite')) as { since: number };
    const text = JSON.stringify({ ...invited, since: invited.since - ageMs });
    const since = performance.now();
    await page.die();
    const after = await page.next();
    const offered: LineCall[] = [];
    after.onIncoming((call) => offered.push(call));
    const call = await takenBack(after, text);
    report('page gone → the next one rings', since);
    expect(offered.every((one) => one === call)).to.equal(true);
    return { ours, we, call };
  }

  it('rings on in the next one: answered there, both speak, and the caller hangs up', async () => {
    const { ours, we, call } = await handedOver();
    const they = lineSignals(call);
    await call.answer();
    await Promise.all([we.next('answered'), they.next('answered')]);
    await Promise.all([audible(ours), audible(call)]);
    await ours.hangUp();
    expect(await they.next('ended')).to.include({ reason: 'completed', by: 'them' });
  });

  it('rings on in the next one, which hangs up', async () => {
    const { ours, we, call } = await handedOver();
    await call.answer();
    await we.next('answered');
    await Promise.all([audible(ours), audible(call)]);
    await call.hangUp();
    expect(await we.next('ended')).to.include({ reason: 'completed', by: 'them' });
  });

  it('rings on in the next one, which declines', async () => {
    const { we, call } = await handedOver();
    await call.decline();
    expect((await we.next('ended')).reason).to.equal('declined');
  });

  it('rings on in the next one until the caller gives up', async () => {
    // Asterisk has nothing to tell of that: there it stops when phones do.
    const { ours, call } = await handedOver(server.pbx ? 30_000 : 0);
    const they = lineSignals(call);
    const since = performance.now();
    await ours.hangUp();
    expect((await they.next('ended')).reason).to.equal('missed');
    report('the caller gave up → it stops to ring', since);
  });
});

describe(`a page that goes in mid-call, on ${server.name}`, () => {
  for (const role of ['caller', 'called'] as const)
    it(`goes on in the next one for the ${role}`, async () => {
      const page = await mortalPage('ann');
      const bob = phone('bob');
      await bob.start();
      const { ours, theirs, we, they } =
        role === 'caller' ? await talking(page.line, bob, 'bob') : await talking(bob, page.line, 'ann');
      const [far, far$, text] =
        role === 'caller' ? [theirs, they, await token(we, 'remoteTag')] : [ours, we, await token(they, 'remoteTag')];
      await audible(far);
      const since = performance.now();
      await page.die();
      const call = await takenBack(await page.next(), text);
      await Promise.all([audible(call), audible(far)]);
      report('page gone → both hear again', since);
      expect(far$.all.some(({ type }) => type === 'ended')).to.equal(false);
      const signals = lineSignals(call);
      await far.hangUp();
      expect(await signals.next('ended')).to.include({ reason: 'completed', by: 'them' });
    });

  it('goes on in the next one, the call that waited waits on', async () => {
    const page = await mortalPage('ann');
    const [bob, carol] = await registered('bob', 'carol');
    const first = await talking(page.line, bob, 'bob');
    await first.ours.hold?.(true);
    await first.we.next('held');
    const second = await talking(page.line, carol, 'carol');
    const texts = [await heldToken(first.we), await token(second.we, 'remoteTag')];
    await page.die();
    const after = await page.next();
    const [waiting, speaking] = await Promise.all(texts.map((text) => takenBack(after, text)));
    await Promise.all([audible(speaking!), audible(second.theirs)]);
    const signals = lineSignals(waiting!);
    expect((await signals.next('held')).held).to.equal(true);
    await waiting!.hold?.(false);
    expect((await signals.next('held')).held).to.equal(false);
    await Promise.all([audible(waiting!), audible(first.theirs)]);
    await Promise.all([waiting!.hangUp(), speaking!.hangUp()]);
    await Promise.all([first.they.next('ended'), second.they.next('ended')]);
  });
});

describe(`a page that goes after a call was hung up without its server, on ${server.name}`, () => {
  for (const role of ['caller', 'called'] as const)
    it(`leaves the BYE of the ${role} to the next one: the other side's call ends as that registers`, async () => {
      const page = await mortalPage('ann');
      const bob = phone('bob');
      await bob.start();
      const { ours, theirs, we, they } =
        role === 'caller' ? await talking(page.line, bob, 'bob') : await talking(bob, page.line, 'ann');
      const [near, near$, far, far$] = role === 'caller' ? [ours, we, theirs, they] : [theirs, they, ours, we];
      await Promise.all([audible(near), audible(far)]);
      const down = lost(page.line);
      await page.die();
      await down;
      await near.hangUp();
      expect(near$.all.at(-1)).to.include({ type: 'ended', reason: 'completed', by: 'us' });
      expect(far$.all.some(({ type }) => type === 'ended')).to.equal(false);
      await page.next();
      expect(await far$.next('ended')).to.include({ reason: 'completed', by: 'them' });
    });
});

async function heldToken(signals: LineSignals): Promise<string> {
  for (;;) {
    const text = await token(signals, 'remoteTag');
    if (text.includes('"held":true')) return text;
  }
}
