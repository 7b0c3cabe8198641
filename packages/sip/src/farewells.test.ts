import { expect } from '@open-wc/testing';
import type { Line } from '@multiline/core';
import { lineSignals, manualClock, wire, type ManualClock, type Wire } from '@multiline/testing';
import { phoneSystem } from './on-demand.ts';
import { phone, reached, requests, stopPhones, talking } from './testing/phones.ts';

/** After which time a phone that is registered for 300 s registers anew, at the latest. */
const RENEWED_MS = 216_000;

/** Ann has called a party that has answered. */
async function answered(network: Wire, ann: Line, clock: ManualClock) {
  const [party, theirs] = [network.party('bob'), new RTCPeerConnection()];
  const dialing = ann.dial('bob');
  await clock.run(500);
  const call = await dialing;
  const signals = lineSignals(call);
  const invite = await party.next('INVITE');
  await theirs.setRemoteDescription({ type: 'offer', sdp: invite.body });
  await theirs.setLocalDescription();
  party.respond(invite, 200, { body: theirs.localDescription?.sdp ?? '' });
  await signals.next('answered');
  theirs.close();
  return { party, call, signals };
}

/** What is said again has been said. */
async function said(clock: ManualClock): Promise<void> {
  await phoneSystem();
  await clock.run(0);
}

const sequence = (message: { headers: readonly (readonly [string, string])[] }): number =>
  parseInt(message.headers.find(([name]) => name === 'CSeq')?.[1] ?? '', 10);

describe('the end of a call that the other side has not heard of', () => {
  afterEach(stopPhones);

  it('is told when the server is back', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours, we, they } = await talking(ann, bob, 'bob');
    // Bob's own link holds.
    const away = reached(ann, 'reconnecting');
    network.cut('ann');
    await away;
    await ours.hangUp();
    expect(we.all.at(-1)).to.deep.equal({ type: 'ended', reason: 'completed', by: 'us' });
    expect(await they.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'them' });
  });

  it('is told again, whenever we register, until somebody answers', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', {}, { clock });
    const { party, call, signals } = await answered(network, ann, clock);
    network.loseNext('BYE');
    await call.hangUp();
    await clock.run(1_500);
    expect(signals.all.at(-1)).to.deep.include({ type: 'ended', reason: 'completed', by: 'us' });
    await clock.run(RENEWED_MS);
    const unanswered = await party.next('BYE');
    await clock.run(RENEWED_MS);
    const again = await party.next('BYE');
    expect(sequence(again)).to.equal(sequence(unanswered) + 1);
    party.respond(again, 481);
    await clock.run(RENEWED_MS);
    await said(clock);
    expect(requests(network, 'BYE')).to.have.length(3);
  });

  it('is told nobody after half an hour', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', {}, { clock });
    const { call, signals } = await answered(network, ann, clock);
    network.down();
    await call.hangUp();
    expect(signals.all.at(-1)).to.deep.include({ type: 'ended', reason: 'completed', by: 'us' });
    await clock.run(1_800_001);
    network.up();
    await clock.run(30_000);
    expect(ann.$status.get().state).to.equal('registered');
    await said(clock);
    expect(requests(network, 'BYE')).to.deep.equal([]);
  });

  it('is told of a call that was not answered yet, by the branch of its INVITE', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', {}, { clock });
    const party = network.party('bob');
    const dialing = ann.dial('bob');
    await clock.run(500);
    const call = await dialing;
    const signals = lineSignals(call);
    const invite = await party.next('INVITE');
    party.respond(invite, 180);
    await signals.next('ringing');
    network.loseNext('CANCEL');
    await call.hangUp();
    await clock.run(1_500);
    expect(signals.all.at(-1)).to.deep.equal({ type: 'ended', reason: 'cancelled', by: 'us' });
    await clock.run(RENEWED_MS);
    party.respond(await party.next('CANCEL'), 200);
    party.respond(invite, 487);
    await clock.run(RENEWED_MS);
    await said(clock);
    expect(requests(network, 'CANCEL').map(sequence)).to.deep.equal([sequence(invite), sequence(invite)]);
  });
});
