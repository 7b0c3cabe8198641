import { expect } from '@open-wc/testing';
import { lineSignals, nextIncoming } from '@multiline/testing';
import { audible, phone, registered, server, talking } from './testing/phones.ts';

describe(`call control on ${server.name}`, () => {
  it(`holds and takes back${server.pbx ? '; who is held hears music' : ''}`, async () => {
    const [ann, bob] = await registered('ann', 'bob');
    const { ours, theirs, we, they } = await talking(ann, bob, '1002');
    await Promise.all([audible(ours), audible(theirs)]);
    await ours.hold?.(true);
    expect(await we.next('held')).to.include({ by: 'us', held: true });
    if (server.pbx) await audible(theirs);
    else expect(await they.next('held')).to.include({ by: 'them', held: true });
    await ours.hold?.(false);
    expect(await we.next('held')).to.include({ by: 'us', held: false });
    await Promise.all([audible(ours), audible(theirs)]);
  });

  it('goes on when both let one another wait, and speak again, in the same moment', async () => {
    const [ann, bob] = await registered('ann', 'bob');
    const { ours, theirs, they } = await talking(ann, bob, '1002');
    await Promise.all([audible(ours), audible(theirs)]);
    for (const held of [true, false]) await Promise.all([ours, theirs].map((call) => call.hold?.(held)));
    await Promise.all([audible(ours), audible(theirs)]);
    await ours.hangUp();
    expect(await they.next('ended')).to.include({ reason: 'completed', by: 'them' });
  });

  it('transfers a call to somebody', async () => {
    const [ann, bob, carol] = await registered('ann', 'bob', 'carol');
    const { ours, theirs, we } = await talking(ann, bob, '1002');
    const coming = nextIncoming(carol);
    await ours.transfer?.('1003');
    const call = await coming;
    await call.answer();
    expect((await we.next('ended')).reason).to.equal('transferred');
    await Promise.all([audible(theirs), audible(call)]);
  });

  it('connects two calls with one another', async () => {
    const [ann, bob, carol] = await registered('ann', 'bob', 'carol');
    const first = await talking(ann, bob, '1002');
    await first.ours.hold?.(true);
    await first.we.next('held');
    const second = await talking(ann, carol, '1003');
    await first.ours.transferTo?.(second.ours);
    expect((await first.we.next('ended')).reason).to.equal('transferred');
    await Promise.all([audible(first.theirs), audible(second.theirs)]);
    // Both know whom they talk with now, whoever joined them: their own phones, or a server that stands between.
    for (const { theirs, they } of [first, second]) {
      const other = theirs === first.theirs ? ['carol', '1003'] : ['bob', '1002'];
      while (!other.includes(theirs.remote.address)) await they.next('party-changed');
    }
  });

  it('sends a ringing call on to a number; every phone of the person who does it stops ringing', async () => {
    const [ann, desk, mobile, carol] = await registered('ann', 'bob', 'bob', 'carol');
    const [atTheDesk, atTheMobile, coming] = [nextIncoming(desk), nextIncoming(mobile), nextIncoming(carol)];
    const ours = await ann.dial('1002');
    const we = lineSignals(ours);
    const [ringing, other] = [await atTheDesk, await atTheMobile];
    const silent = lineSignals(other).next('ended');
    await ringing.redirect?.('1003');
    expect(await lineSignals(ringing).next('ended')).to.include({ reason: 'redirected', by: 'us' });
    const theirs = await coming;
    await silent;
    await theirs.answer();
    await we.next('answered');
    await Promise.all([audible(ours), audible(theirs)]);
    expect(theirs.remote.address).to.be.oneOf(['ann', '1001']);
  });

  it('follows a number that has moved (302)', async () => {
    const [ann, carol] = await registered('ann', 'carol');
    const { ours, theirs } = await talking(ann, carol, '1009');
    await Promise.all([audible(ours), audible(theirs)]);
    expect(ann.log?.().some((line) => line.includes('got 302'))).to.equal(true);
  });

  it('lets five people hear one another, mixed in a browser', async () => {
    const [ann, bob, carol, dave, erin] = ['ann', 'bob', 'carol', 'dave', 'erin'].map((user) => phone(user));
    const others = [bob, carol, dave, erin].filter((line) => line !== undefined);
    await Promise.all([ann?.start(), ...others.map((line) => line.start())]);
    if (!ann) return;
    const calls = [];
    for (const [index, other] of others.entries()) {
      calls.push(await talking(ann, other, `100${index + 2}`));
      await ann.mix?.(calls.map(({ ours }) => ours));
    }
    await Promise.all(calls.flatMap(({ ours, theirs }) => [audible(ours), audible(theirs)]));
    // The others hear one another and not only us: ann is silent.
    for (const { ours } of calls) ours.mute(true);
    await Promise.all(calls.map(({ theirs }) => audible(theirs)));
    const last = lineSignals(calls[3]!.theirs).next('ended');
    await calls[3]!.ours.hangUp();
    await last;
    await Promise.all(calls.slice(0, 3).map(({ theirs }) => audible(theirs)));
  });
});
