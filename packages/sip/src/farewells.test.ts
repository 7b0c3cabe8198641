import { expect } from '@open-wc/testing';
import type { Line, LineCall } from '@multiline/core';
import { lineSignals, manualClock, nextIncoming, wire, type ManualClock, type Wire } from '@multiline/testing';
import { phoneSystem } from './on-demand.ts';
import { phone, reached, requests, runUntil, stopPhones, talking, valueOf } from './testing/phones.ts';
import { kept } from './testing/kept.ts';

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
  const ok = party.respond(invite, 200, { body: theirs.localDescription?.sdp ?? '' });
  await signals.next('answered');
  theirs.close();
  return { party, call, signals, invite, ok };
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

  it('is told by the page after this one, which has it from the same storage', async () => {
    const network = wire();
    const storage = kept();
    const [ann, bob] = [await phone(network, 'ann', {}, { storage }), await phone(network, 'bob')];
    const { ours, they } = await talking(ann, bob, 'bob');
    network.loseNext('BYE');
    await ours.hangUp();
    network.cut('ann');
    await ann.stop();
    const after = await phone(network, 'ann', {}, { storage });
    expect(await they.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'them' });
    // It was answered: the next page has nothing to tell.
    await after.stop();
    await phone(network, 'ann', {}, { storage });
    await phoneSystem();
    expect(requests(network, 'BYE')).to.have.length(2);
  });

  it('is told by no page of who has signed out of this computer, nor after half an hour', async () => {
    for (const later of ['forgotten', 'late']) {
      const clock = manualClock();
      const network = wire({ clock });
      const storage = kept();
      const ann = await phone(network, 'ann', {}, { clock, storage });
      const { call, signals } = await answered(network, ann, clock);
      network.loseNext('BYE');
      await call.hangUp();
      await clock.run(1_500);
      expect(signals.all.at(-1)).to.deep.include({ type: 'ended', reason: 'completed' });
      network.cut('ann');
      await ann.stop();
      if (later === 'forgotten') ann.forget?.();
      else await clock.run(1_800_001);
      await phone(network, 'ann', {}, { clock, storage });
      await said(clock);
      expect(requests(network, 'BYE')).to.have.length(1);
      await stopPhones();
    }
  });
});

describe('a refusal that the caller has not heard', () => {
  afterEach(stopPhones);

  it('is said when the server is back, though that takes longer than its transaction lives', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', {}, { clock });
    const [party, coming] = [network.party('bob'), nextIncoming(ann)];
    const invite = party.request('INVITE', 'ann');
    const call = await coming;
    const progress = await party.next(180);
    const away = reached(ann, 'reconnecting');
    network.down();
    await away;
    await call.decline();
    await clock.run(60_000);
    network.up();
    await clock.run(60_000);
    await said(clock);
    const refusal = await party.next(603);
    expect([valueOf(refusal, 'Via'), valueOf(refusal, 'To')]).to.deep.equal([
      valueOf(invite, 'Via'),
      valueOf(progress, 'To'),
    ]);
  });

  it('is said again when its connection was dead, and once where it was not', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', {}, { clock });
    const party = network.party('bob');
    const refusals = (): number => network.messages.filter(({ start }) => start.startsWith('SIP/2.0 603')).length;
    const rung = async (): Promise<LineCall> => {
      const coming = nextIncoming(ann);
      party.request('INVITE', 'ann');
      const call = await coming;
      await party.next(180);
      return call;
    };
    await (await rung()).decline();
    dispatchEvent(new Event('online'));
    await clock.run(RENEWED_MS);
    await said(clock);
    expect(refusals()).to.equal(1);
    const call = await rung();
    network.stall('ann');
    await call.decline();
    await clock.run(60_000);
    await said(clock);
    expect(refusals()).to.equal(3);
  });
});

describe('what else is to end at the other side', () => {
  afterEach(stopPhones);

  it('a call that was to be taken back when the server was lost once more', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', {}, { clock });
    const { party, signals } = await answered(network, ann, clock);
    const { token } = await signals.next('resumable');
    network.cut('ann');
    await ann.stop();
    const after = await phone(network, 'ann', {}, { clock });
    const taken = after.resume?.(token).catch((thrown: unknown) => thrown);
    const invite = await runUntil(
      clock,
      party.next((message) => valueOf(message, 'Replaces') !== ''),
    );
    party.respond(invite, 180);
    await clock.run(0);
    const cancelled = network.next('CANCEL');
    network.cut('ann');
    const cancel = await runUntil(clock, cancelled);
    expect(valueOf(cancel, 'Via')).to.contain(/branch=[^;]*/.exec(valueOf(invite, 'Via'))?.[0]);
    expect(await taken).to.have.property('code', 'network');
  });

  it('a call to whom the other side has sent us', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', {}, { clock });
    const { party, call, invite, ok } = await answered(network, ann, clock);
    const carol = network.party('carol');
    party.within(invite, ok, 'REFER', { headers: [['Refer-To', '<sip:carol@wire.test>']] });
    const referred = await runUntil(clock, carol.next('INVITE'));
    carol.respond(referred, 180);
    await clock.run(0);
    network.loseNext('CANCEL');
    await call.hangUp();
    await clock.run(RENEWED_MS);
    carol.respond(await carol.next('CANCEL'), 200);
    carol.respond(referred, 487);
    await clock.run(RENEWED_MS);
    await said(clock);
    expect(requests(network, 'CANCEL').map(sequence)).to.deep.equal([sequence(referred), sequence(referred)]);
  });

  it('a session that another has replaced', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', {}, { clock });
    const { party, signals, invite, ok } = await answered(network, ann, clock);
    const theirs = new RTCPeerConnection();
    theirs.addTransceiver('audio');
    await theirs.setLocalDescription();
    const tag = (name: string): string => /tag=([^;]+)/.exec(valueOf(ok, name))?.[1] ?? '';
    const replaces = `${valueOf(invite, 'Call-ID')};to-tag=${tag('From')};from-tag=${tag('To')}`;
    network.loseNext('BYE');
    const again = party.request('INVITE', 'ann', {
      headers: [['Replaces', replaces]],
      body: theirs.localDescription?.sdp ?? '',
    });
    const taken = await runUntil(
      clock,
      party.next(
        (message) => valueOf(message, 'Call-ID') === valueOf(again, 'Call-ID') && message.start.includes(' 200 '),
      ),
    );
    party.within(again, taken, 'ACK');
    network.cut('ann');
    const bye = await runUntil(clock, party.next('BYE'));
    expect(valueOf(bye, 'Call-ID')).to.equal(valueOf(invite, 'Call-ID'));
    party.respond(bye, 481);
    expect(signals.all.some(({ type }) => type === 'ended')).to.equal(false);
    party.within(again, taken, 'BYE');
    expect((await signals.next('ended')).reason).to.equal('completed');
    theirs.close();
  });
});
