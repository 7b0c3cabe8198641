import { expect } from '@open-wc/testing';
import { lineSignals, nextIncoming } from '@multiline/testing';
import { answered, dialed, keyedPhone, people } from './testing/keyed-phone.ts';
import { audible, reached, registered, server, silent, until } from './testing/phones.ts';

describe(`several calls by keyboard alone on ${server.name}`, () => {
  it('waits while another goes on, is answered, swapped, resumed and hung up', async () => {
    const [ann, bob, carol] = await people('bob', 'carol');
    const first = await dialed(ann, bob, '1002');
    await ann.talks(0, first);
    const second = await carol.dial('1001');
    await ann.press('#answer');
    await ann.talks(1, second);
    await ann.press('[part="swap"]');
    await ann.talks(0, first);
    const over = lineSignals(first).next('ended');
    await ann.press('#hang-up');
    await over;
    await ann.press('#hold');
    await ann.talks(1, second);
  });

  it('is transferred at once', async () => {
    const [ann, bob, carol] = await people('bob', 'carol');
    const theirs = await dialed(ann, bob, '1002');
    const coming = nextIncoming(carol);
    await ann.target('#transfer', '1003');
    await ann.press('[part="now"]');
    const call = await answered(coming);
    await Promise.all([audible(theirs), audible(call)]);
    await until(ann.workspace.$calls, ([ended]) => ended?.reason === 'transferred');
  });

  it('is transferred after asking first', async () => {
    const [ann, bob, carol] = await people('bob', 'carol');
    const theirs = await dialed(ann, bob, '1002');
    const coming = nextIncoming(carol);
    await ann.target('#transfer', '1003');
    await ann.press('[part="ask"]');
    const asked = await answered(coming);
    await ann.talks(1, asked);
    await ann.press('[part="complete-transfer"]');
    await until(ann.workspace.$calls, (all) => all.every(({ reason }) => reason === 'transferred'));
    await Promise.all([audible(theirs), audible(asked)]);
  });

  it('brings five people together, mutes one for the others and takes one out', async function () {
    this.timeout(60_000);
    const [ann, bob, ...others] = await people('bob', 'carol', 'dave', 'erin');
    const calls = [await dialed(ann, bob, '1002')];
    for (const [index, other] of others.entries()) {
      const coming = nextIncoming(other);
      await ann.target('#add', `100${index + 3}`);
      await ann.press('[part="ask"]');
      calls.push(await answered(coming));
      await ann.press('[part="merge"]');
      await Promise.all(calls.map((theirs, place) => ann.talks(place, theirs)));
      if (index > 0) continue;
      // Of three one is silent by herself and one for the others: the third hears nothing.
      await ann.press('#mute');
      await ann.press('[part="silence"]');
      await silent(calls[1]!);
      await ann.press('[part="silence"]');
      await audible(calls[1]!);
      await ann.press('#mute');
      await Promise.all(calls.map((theirs, place) => ann.talks(place, theirs)));
    }
    // Muted herself, she hears them all, and they hear one another.
    await ann.press('#mute');
    await Promise.all(calls.map((theirs, place) => ann.talks(place, theirs)));
    const over = lineSignals(calls[0]!).next('ended');
    await ann.press('[part="remove"]');
    expect(await over).to.include({ reason: 'completed', by: 'them' });
    await Promise.all(calls.slice(1).map((theirs, place) => ann.talks(place + 1, theirs)));
  });

  if (!server.pbx) return;

  it('are sent to the bridge of the server, where each of three is heard by the two others and by nobody else', async () => {
    const [bob, carol, dave] = await registered('bob', 'carol', 'dave');
    const { call: alone } = await reached(dave, '710');
    const ann = await keyedPhone({ conference: { bridge: '710' } });
    const first = await dialed(ann, bob, '1002');
    const coming = nextIncoming(carol);
    await ann.target('#add', '1003');
    await ann.press('[part="ask"]');
    const second = await answered(coming);
    await ann.press('[part="merge"]');
    // She has one call now, with the bridge.
    await until(
      ann.workspace.$calls,
      ([call, ...more]) => more.length === 0 && call?.number === '710' && call.phase === 'active',
    );
    const { calls } = await until(ann.workspace.$recentCalls, (recent) => recent.calls.length === 3);
    expect(calls.map(({ reason }) => reason)).to.have.members([undefined, 'transferred', 'transferred']);
    const there = [ann.calls.at(-1)!, first, second];
    for (const speaker of there) {
      for (const one of there) one.mute(one !== speaker);
      await Promise.all(there.map((one) => (one === speaker ? silent(one) : audible(one))));
    }
    await silent(alone);
    // The bridge has no need of this browser: the others go on without it.
    await ann.press('#hang-up');
    second.mute(false);
    await Promise.all([audible(first), silent(second)]);
  });
});
