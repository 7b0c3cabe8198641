import { expect } from '@open-wc/testing';
import type { MultiLineError } from '@multiline/core';
import { lineSignals, manualClock, nextIncoming, wire } from '@multiline/testing';
import {
  hears,
  hearsNothing,
  phone,
  reached,
  requests,
  ringing,
  runUntil,
  stopPhones,
  talking,
} from './testing/phones.ts';

const direction = (sdp: string): string | undefined => /^a=(sendrecv|sendonly|recvonly|inactive)/m.exec(sdp)?.[1];
const code = (error: unknown): string => (error as MultiLineError).code;

describe('several calls', () => {
  afterEach(stopPhones);

  it('has as many calls at once as it may, and refuses the next', async () => {
    const network = wire();
    const ann = await phone(network, 'ann', { maxCalls: 2 });
    const [bob, carol, dave] = [
      await phone(network, 'bob'),
      await phone(network, 'carol'),
      await phone(network, 'dave'),
    ];
    const first = await talking(ann, bob, 'bob');
    const second = await talking(carol, ann, 'ann');
    await Promise.all([hears(first.ours), hears(first.theirs), hears(second.ours), hears(second.theirs)]);
    expect(await ann.dial('dave').catch(code)).to.equal('in-call');
    const third = lineSignals(await dave.dial('ann'));
    expect((await third.next('ended')).reason).to.equal('busy');
    await first.ours.hangUp();
    await first.we.next('ended');
    await ringing(dave, ann, 'ann');
    await hears(second.theirs);
  });
});

describe('hold', () => {
  afterEach(stopPhones);

  it('lets the other side wait and takes it back: no word goes either way meanwhile', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours, theirs, we, they } = await talking(ann, bob, 'bob');
    await Promise.all([hears(ours), hears(theirs)]);
    const holding = ours.hold?.(true);
    expect(we.all.some(({ type }) => type === 'held')).to.equal(false);
    await holding;
    expect(await we.next('held')).to.deep.equal({ type: 'held', by: 'us', held: true });
    expect(await they.next('held')).to.deep.equal({ type: 'held', by: 'them', held: true });
    await Promise.all([hearsNothing(ours), hearsNothing(theirs)]);
    ours.mute(true);
    ours.mute(false);
    await hearsNothing(theirs);
    await ours.hold?.(false);
    expect(await we.next('held')).to.deep.equal({ type: 'held', by: 'us', held: false });
    expect(await they.next('held')).to.deep.equal({ type: 'held', by: 'them', held: false });
    await Promise.all([hears(ours), hears(theirs)]);
  });

  it('is each side’s own: what one takes back the other may still hold', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours, theirs, we, they } = await talking(ann, bob, 'bob');
    await ours.hold?.(true);
    await they.next('held');
    await theirs.hold?.(true);
    await we.next('held');
    expect(await we.next('held')).to.deep.equal({ type: 'held', by: 'them', held: true });
    await ours.hold?.(false);
    expect(await they.next('held')).to.deep.equal({ type: 'held', by: 'us', held: true });
    await hearsNothing(theirs);
    await theirs.hold?.(false);
    await Promise.all([hears(ours), hears(theirs)]);
  });

  it('holds one call while another speaks', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const [bob, carol] = [await phone(network, 'bob'), await phone(network, 'carol')];
    const first = await talking(ann, bob, 'bob');
    await first.ours.hold?.(true);
    const second = await talking(ann, carol, 'carol');
    await Promise.all([hears(second.ours), hears(second.theirs), hearsNothing(first.theirs)]);
    await Promise.all([second.ours.hold?.(true), first.ours.hold?.(false)]);
    await Promise.all([hears(first.ours), hears(first.theirs), hearsNothing(second.theirs)]);
  });

  it('tries again by chance when both hold at once (RFC 3261 §14.1)', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours, theirs, we } = await talking(ann, bob, 'bob');
    network.delay(30);
    await Promise.all([ours.hold?.(true), theirs.hold?.(true)]);
    expect(network.messages.some(({ start }) => start.startsWith('SIP/2.0 491'))).to.equal(true);
    expect((await we.next('held')).held).to.equal(true);
    await Promise.all([hearsNothing(ours), hearsNothing(theirs)]);
    network.delay(0);
  });

  it('tries again soon where both hold at once: the called does not take all the time it may', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const longest = { clock, random: () => 1 };
    const [ann, bob] = [await phone(network, 'ann', {}, longest), await phone(network, 'bob', {}, longest)];
    const { ours, theirs } = await runUntil(clock, talking(ann, bob, 'bob'));
    network.delay(30);
    const since = clock.now();
    await runUntil(clock, Promise.race([ours.hold?.(true), theirs.hold?.(true)]));
    expect(network.messages.some(({ start }) => start.startsWith('SIP/2.0 491'))).to.equal(true);
    expect(clock.now() - since).to.be.lessThan(2_000);
    network.delay(0);
  });

  it('waits for its turn while the other side’s own request is being answered', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours, theirs } = await talking(ann, bob, 'bob');
    const before = network.messages.length;
    const asked = theirs.hold?.(true);
    const arrived = (): boolean => network.messages.slice(before).some(({ start }) => start.startsWith('INVITE'));
    while (!arrived()) await new Promise((resolve) => setTimeout(resolve));
    await ours.hold?.(true);
    await asked;
    await Promise.all([hearsNothing(ours), hearsNothing(theirs)]);
  });

  it('goes on as it was where the other side refuses', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours, theirs, we } = await talking(ann, bob, 'bob');
    network.refuseNext('INVITE', 488);
    expect(await ours.hold?.(true).catch(code)).to.equal('unsupported');

    await Promise.all([hears(ours), hears(theirs)]);
    expect(we.all.some(({ type }) => type === 'held')).to.equal(false);
    await ours.hold?.(true);
    await hearsNothing(theirs);
  });

  it('is one request at a time, and the last wish counts', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours, theirs, we } = await talking(ann, bob, 'bob');
    await Promise.all([ours.hold?.(true), ours.hold?.(false), ours.hold?.(true)]);
    expect(requests(network, 'INVITE')).to.have.length(2);
    expect((await we.next('held')).held).to.equal(true);
    await hearsNothing(theirs);
  });

  it('may be asked for while the server is away, and stays through the recovery', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours, theirs, we, they } = await talking(ann, bob, 'bob');
    await hears(theirs);
    network.down();
    const holding = ours.hold?.(true);
    network.up();
    ann.reconnect?.();
    await holding;
    expect((await we.next('held')).held).to.equal(true);
    expect((await they.next('held')).held).to.equal(true);
    await hearsNothing(theirs);
    const again = network.next('INVITE');
    network.cut('ann');
    await reached(ann, 'registered');
    expect(direction((await again).body)).to.equal('sendonly');
    await network.next('ACK');
    await hearsNothing(theirs);
    await ours.hold?.(false);
    await Promise.all([hears(ours), hears(theirs)]);
    expect(we.all.filter(({ type }) => type === 'held')).to.deep.equal([
      { type: 'held', by: 'us', held: true },
      { type: 'held', by: 'us', held: false },
    ]);
  });

  it('is seen when the other side says it the old way, without an address', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const party = network.party('bob');
    const connection = new RTCPeerConnection();
    const coming = nextIncoming(ann);
    connection.addTransceiver('audio');
    await connection.setLocalDescription();
    const invite = party.request('INVITE', 'ann', { body: connection.localDescription?.sdp ?? '' });
    const call = await coming;
    const signals = lineSignals(call);
    await call.answer();
    const ok = await party.next(200);
    await connection.setRemoteDescription({ type: 'answer', sdp: ok.body });
    party.within(invite, ok, 'ACK');
    await signals.next('answered');
    const sdp = (connection.localDescription?.sdp ?? '')
      .replace(/^c=IN IP4 .*$/gm, 'c=IN IP4 0.0.0.0')
      .replace(/^m=audio \d+/m, 'm=audio 40000');
    const again = party.within(invite, ok, 'INVITE', { body: sdp.replace(/^a=candidate.*\r\n/gm, '') });
    expect(await signals.next('held')).to.deep.equal({ type: 'held', by: 'them', held: true });
    party.within(invite, await party.next(200), 'ACK', {
      headers: [['CSeq', `${again.headers.find(([name]) => name === 'CSeq')?.[1].split(' ')[0] ?? ''} ACK`]],
    });
    connection.close();
    await call.hangUp();
    party.respond(await party.next('BYE'), 200);
    await signals.next('ended');
  });

  it('is for a call that was answered', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours } = await ringing(ann, bob, 'bob');
    expect(await ours.hold?.(true).catch(code)).to.equal('no-such-call');
  });
});
