import { expect } from '@open-wc/testing';
import type { Line } from '@multiline/core';
import { lineSignals, nextIncoming, type LineSignals } from '@multiline/testing';
import { answered, keyedPhone, people, type KeyedPhone } from './testing/keyed-phone.ts';
import { audible, featureCode, phone, server, until } from './testing/phones.ts';

/** Ann's phone rings: the call, on the side of whoever has dialed it. */
async function rings(ann: KeyedPhone, from: Line, number = '1001') {
  const coming = until(ann.workspace.$calls, (all) => all.some(({ phase }) => phase === 'ringing'));
  const theirs = await from.dial(number);
  await coming;
  return { theirs, they: lineSignals(theirs) };
}

/** Whether the server takes messages for ann, where it has mailboxes. */
async function takesMessages(wanted: boolean): Promise<void> {
  if (server.pbx) {
    const ann = phone('ann');
    await ann.start();
    await featureCode(ann, wanted ? '*90' : '*91');
    await ann.stop();
  } else if (server.service) {
    const body = JSON.stringify({ voicemail: wanted });
    await fetch(new URL('/__sandbox__/users/ann', server.service), { method: 'PATCH', body });
  }
}

const ending = async (they: LineSignals): Promise<string> => (await they.next('ended')).reason;

describe(`a call that is not taken, by keyboard alone on ${server.name}`, () => {
  it('is sent on to a number', async () => {
    const [ann, bob, carol] = await people('bob', 'carol');
    const { theirs } = await rings(ann, bob);
    const coming = nextIncoming(carol);
    await ann.target('#redirect', '1003');
    await ann.press('.best [part="now"]');
    const call = await answered(coming);
    expect(call.redirectedBy?.address).to.be.oneOf(['ann', '1001', '+14155550001']);
    await Promise.all([audible(theirs), audible(call)]);
    await until(ann.workspace.$calls, (all) => all.every(({ reason }) => reason === 'redirected'));
  });

  it('is declined', async () => {
    const [ann, bob] = await people('bob');
    const { they } = await rings(ann, bob);
    await ann.press('#decline');
    expect(await ending(they)).to.equal('declined');
  });

  it('is declined with an answer by text, to whom has called', async () => {
    const [ann, bob] = await people('bob');
    const written: string[] = [];
    // Without it the browser would ask for a program that sends texts.
    ann.el.addEventListener('ml-send', (event) => {
      event.preventDefault();
      written.push(event.number);
    });
    const { they } = await rings(ann, bob);
    await ann.press('#reply');
    expect(await ending(they)).to.equal('declined');
    expect(written).to.deep.equal([server.name === 'Kamailio' ? 'bob' : '1002']);
  });

  it('goes to voicemail', async () => {
    const bob = phone('bob');
    // Kamailio has no mailbox: erin is one.
    const erin = server.service ? null : phone('erin');
    await Promise.all([bob.start(), erin?.start()]);
    await takesMessages(true);
    const ann = await keyedPhone(erin ? { calls: { voicemail: '1005' } } : {});
    const { theirs, they } = await rings(ann, bob);
    const coming = erin && nextIncoming(erin);
    await ann.press('#voicemail');
    if (coming) await answered(coming);
    await they.next('answered');
    await audible(theirs);
    await theirs.hangUp();
    await takesMessages(false);
  });

  it('does not ring under Do Not Disturb, and does again without', async () => {
    const [ann, bob] = await people('bob');
    await ann.press('[part="presence-toggle"]');
    await ann.press('.choice.dnd');
    await until(ann.workspace.$availability, ({ dnd, pending }) => dnd && !pending);
    expect(await ending(lineSignals(await bob.dial('1001')))).to.equal('busy');
    await ann.press('.choice.on');
    await until(ann.workspace.$availability, ({ state, pending }) => state === 'available' && !pending);
    const { theirs, they } = await rings(ann, bob);
    await ann.press('#answer');
    await they.next('answered');
    await ann.talks(ann.calls.length - 1, theirs);
  });

  it('is forwarded, until that is stopped', async () => {
    const [ann, bob, carol] = await people('bob', 'carol');
    await ann.press('[part="presence-toggle"]');
    await ann.goTo('[type="tel"]');
    await ann.type('1003');
    await ann.key('Enter');
    await until(ann.workspace.$availability, ({ forwardTo, pending }) => forwardTo === '1003' && !pending);
    const coming = nextIncoming(carol);
    const forwarded = await bob.dial('1001');
    const call = await answered(coming);
    await Promise.all([audible(forwarded), audible(call)]);
    await forwarded.hangUp();
    await ann.press('[part="forwarding"] [type="button"]');
    await until(ann.workspace.$availability, ({ forwardTo, pending }) => forwardTo === null && !pending);
    const { theirs, they } = await rings(ann, bob);
    await ann.press('#answer');
    await they.next('answered');
    await ann.talks(ann.calls.length - 1, theirs);
  });
});
