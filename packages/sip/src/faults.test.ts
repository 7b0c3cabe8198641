import { expect } from '@open-wc/testing';
import type { Line, LineCall, LineStatus } from '@multiline/core';
import { lineSignals, manualClock, nextIncoming, wire, type Wire } from '@multiline/testing';
import { callStats, sipAccount, sipLine, type SipAccountOptions } from './index.ts';

const phones: Line[] = [];

async function phone(network: Wire, user: string, account: Partial<SipAccountOptions> = {}): Promise<Line> {
  const { transport } = network;
  const options = {
    servers: ['ws://wire.test'],
    uri: `sip:${user}@wire.test`,
    credentials: () => ({ password: user }),
    transport,
  };
  const made = sipLine(sipAccount({ ...options, random: () => 0, ...account }));
  phones.push(made);
  await made.start();
  return made;
}

function reached(line: Line, state: LineStatus['state']): Promise<void> {
  return new Promise((resolve) => {
    const stop = line.$status.subscribe((status) => {
      if (status.state !== state) return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

/** Until more packets came in than before. */
async function hears(call: LineCall): Promise<void> {
  const before = (await callStats(call))?.received.packets ?? 0;
  while (((await callStats(call))?.received.packets ?? 0) < before + 10)
    await new Promise((resolve) => requestAnimationFrame(resolve));
}

async function talking(from: Line, to: Line, target: string): Promise<[caller: LineCall, callee: LineCall]> {
  const coming = nextIncoming(to);
  const caller = await from.dial(target);
  const callee = await coming;
  const signals = lineSignals(caller);
  await callee.answer();
  await signals.next('answered');
  return [caller, callee];
}

const requests = (network: Wire, method: string): number =>
  network.messages.filter(({ start }) => start.startsWith(`${method} `)).length;

describe('a line whose server is gone', () => {
  afterEach(async () => {
    await Promise.all(phones.splice(0).map((line) => line.stop()));
  });

  it('dials nobody', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    network.down();
    const code = await ann.dial('bob').then(
      () => 'dialed',
      (error: unknown) => (error as { code: string }).code,
    );
    expect(code).to.equal('not-registered');
  });

  it('ends a call that was not answered yet, at once', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const party = network.party('bob');
    const signals = lineSignals(await ann.dial('bob'));
    await party.next('INVITE');
    network.cut('ann');
    const ended = await signals.next('ended');
    expect([ended.reason, ended.by, ended.failure?.code]).to.deep.equal(['failed', 'them', 'network']);
    await party.next('CANCEL');
    await reached(ann, 'registered');
  });

  it('keeps a call that is up, and takes it over the new connection', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const [ours, theirs] = await talking(ann, bob, 'bob');
    await Promise.all([hears(ours), hears(theirs)]);
    const before = requests(network, 'INVITE');
    const again = network.next((message) => message.start.startsWith('INVITE') && message.body.includes('a=ice-ufrag'));
    const acknowledged = network.next('ACK');
    network.cut('ann');
    await hears(ours);
    await again;
    expect(requests(network, 'INVITE')).to.equal(before + 1);
    await acknowledged;
    await Promise.all([hears(ours), hears(theirs)]);
    const signals = lineSignals(ours);
    await theirs.hangUp();
    expect((await signals.next('ended')).reason).to.equal('completed');
  });

  it('survives that both sides lose it', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob', { random: () => 1 })];
    const [ours, theirs] = await talking(ann, bob, 'bob');
    const signals = lineSignals(theirs);
    const found = network.next(
      (message) =>
        message.start.startsWith('SIP/2.0 200') && message.headers.some(([, value]) => /^\d+ INVITE$/.test(value)),
    );
    network.cut();
    await Promise.all([reached(ann, 'registered'), reached(bob, 'registered')]);
    await Promise.all([hears(ours), hears(theirs), found]);
    await ours.hangUp();
    expect((await signals.next('ended')).reason).to.equal('completed');
  });

  it('ends a call that the other side does not know any more', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const [party, theirs] = [network.party('bob'), new RTCPeerConnection()];
    const signals = lineSignals(await ann.dial('bob'));
    const invite = await party.next('INVITE');
    await theirs.setRemoteDescription({ type: 'offer', sdp: invite.body });
    await theirs.setLocalDescription();
    party.respond(invite, 200, { body: theirs.localDescription?.sdp ?? '' });
    await signals.next('answered');
    network.cut('ann');
    party.respond(await party.next('INVITE'), 481);
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'interrupted', by: 'them' });
    theirs.close();
  });

  it('looks for a new way when the audio stops, though the server is there', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const [party, theirs] = [network.party('bob'), new RTCPeerConnection()];
    const call = await ann.dial('bob');
    const signals = lineSignals(call);
    const invite = await party.next('INVITE');
    await theirs.setRemoteDescription({ type: 'offer', sdp: invite.body });
    await theirs.setLocalDescription();
    party.respond(invite, 200, { body: theirs.localDescription?.sdp ?? '' });
    expect((await signals.next('media')).flowing).to.equal(true);
    theirs.close();
    expect((await signals.next('media')).flowing).to.equal(false);
    const again = await party.next('INVITE');
    const ufrag = (text: string) => /a=ice-ufrag:(\S+)/.exec(text)?.[1];
    expect(ufrag(again.body)).not.to.equal(ufrag(invite.body));
    party.respond(again, 500);
    await party.next('INVITE');
    void call.hangUp();
    party.respond(await party.next('BYE'), 200);
    await signals.next('ended');
  }).timeout(25_000);

  it('hangs up at once while nobody can be told', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const [ours] = await talking(ann, bob, 'bob');
    const signals = lineSignals(ours);
    network.down();
    await ours.hangUp();
    expect(signals.all.at(-1)).to.deep.equal({ type: 'ended', reason: 'completed', by: 'us' });
  });

  it('rings on for a while; who has answered meanwhile has done so when it is back', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const coming = nextIncoming(ann);
    const theirs = lineSignals(await bob.dial('ann'));
    const ours = await coming;
    network.cut('ann');
    await Promise.all([ours.answer(), reached(ann, 'registered'), theirs.next('answered')]);
  });

  it('refuses a call that was answered meanwhile and then declined after all', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const party = network.party('bob');
    const coming = nextIncoming(ann);
    party.request('INVITE', 'ann');
    const ours = await coming;
    network.cut('ann');
    const answering = ours.answer().catch((error: unknown) => error);
    await ours.decline();
    expect(await answering).to.have.property('code', 'no-such-call');
    await party.next(603);
  });

  it('misses a call when it stays away', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', { clock });
    const party = network.party('bob');
    const coming = nextIncoming(ann);
    party.request('INVITE', 'ann');
    const signals = lineSignals(await coming);
    network.down();
    await clock.run(7_999);
    expect(signals.shown).to.deep.equal([]);
    await clock.run(1);
    const ended = signals.all.at(-1);
    expect(ended).to.deep.include({ type: 'ended', reason: 'missed', by: 'them' });
    network.up();
  });

  it('ends a call whose audio never flows', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', { clock });
    const party = network.party('bob');
    const dialing = ann.dial('bob');
    await clock.run(500);
    const signals = lineSignals(await dialing);
    const invite = await party.next('INVITE');
    const theirs = new RTCPeerConnection();
    await theirs.setRemoteDescription({ type: 'offer', sdp: invite.body });
    await theirs.setLocalDescription();
    // It promises audio and has gone.
    const body = theirs.localDescription?.sdp ?? '';
    theirs.close();
    party.respond(invite, 200, { body });
    await signals.next('answered');
    await clock.run(30_000);
    party.respond(await party.next('BYE'), 200);
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'interrupted', by: 'us' });
  });

  it('rings nobody longer than three minutes', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', { clock });
    const party = network.party('bob');
    const signals = lineSignals(await ann.dial('bob'));
    party.respond(await party.next('INVITE'), 180);
    await signals.next('ringing');
    await clock.run(180_000);
    await party.next('CANCEL');
    await clock.run(2_000);
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'no-answer', by: 'us' });
  });

  it('loses a dead link in mid-call within seconds and takes the call over', async () => {
    const network = wire();
    const ann = await phone(network, 'ann', { pulseMs: { attentive: 200, hidden: 200 } });
    const bob = await phone(network, 'bob');
    const [ours, theirs] = await talking(ann, bob, 'bob');
    await network.next('OPTIONS');
    await network.next('OPTIONS');
    const again = network.next('INVITE');
    network.stall('ann');
    await again;
    const signals = lineSignals(theirs);
    await network.next('ACK');
    await ours.hangUp();
    expect((await signals.next('ended')).reason).to.equal('completed');
  });
});
