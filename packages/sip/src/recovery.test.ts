import { expect } from '@open-wc/testing';
import { manualClock, wire, type Party, type SipMessage } from '@multiline/testing';
import { answered, ufrag } from './testing/answered-party.ts';
import {
  hears,
  hearsNothing,
  phone,
  reached,
  requests,
  runUntil,
  stopPhones,
  talking,
  until,
  valueOf,
} from './testing/phones.ts';

const direction = (message: SipMessage): string | undefined => /^a=(sendrecv|sendonly)/m.exec(message.body)?.[1];

/** The party takes a re-INVITE, as a phone would. */
async function take(party: Party, theirs: RTCPeerConnection, invite: SipMessage): Promise<void> {
  await theirs.setRemoteDescription({ type: 'offer', sdp: invite.body });
  await theirs.setLocalDescription();
  party.respond(invite, 200, { body: theirs.localDescription?.sdp ?? '' });
}

describe('calls whose link was lost', () => {
  afterEach(stopPhones);

  it('come back together, the held one held', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const others = await Promise.all(['bob', 'cid', 'dan'].map((user) => phone(network, user)));
    const calls = [];
    for (const [index, user] of ['bob', 'cid', 'dan'].entries()) {
      calls.push(await talking(ann, others[index]!, user));
      if (index < 2) await calls[index]!.ours.hold?.(true);
    }
    await calls[0]!.ours.hold?.(false);
    await Promise.all([hears(calls[0]!.ours), hearsNothing(calls[1]!.theirs), hears(calls[2]!.ours)]);
    const before = requests(network, 'INVITE').length;
    network.cut('ann');
    await until(() => requests(network, 'INVITE').length === before + 3);
    const again = requests(network, 'INVITE').slice(before);
    expect(again.map(direction).sort()).to.deep.equal(['sendonly', 'sendrecv', 'sendrecv']);
    await Promise.all([hears(calls[0]!.ours), hearsNothing(calls[1]!.theirs), hears(calls[2]!.ours)]);
    for (const { they } of calls) expect(they.all.filter(({ type }) => type === 'ended')).to.deep.equal([]);
    expect(calls[1]!.we.all.filter((signal) => signal.type === 'held')).to.have.length(1);
    await Promise.all(calls.map(({ theirs }) => theirs.hangUp()));
    for (const { we } of calls) expect((await we.next('ended')).reason).to.equal('completed');
  });

  it('live on where the other side refuses every re-INVITE, and ask it ever more seldom', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', {}, { clock, random: () => 1 });
    const dialing = answered(network, ann);
    await clock.run(500);
    const { party, theirs, signals, call } = await dialing;
    await until(() => theirs.iceConnectionState === 'connected');
    const asked: number[] = [];
    network.cut('ann');
    await clock.run(500);
    const from = clock.now();
    while (clock.now() - from < 120_000) {
      await clock.run(250);
      const count = requests(network, 'INVITE').filter((invite) => valueOf(invite, 'To').includes('tag=')).length;
      if (count === asked.length) {
        await new Promise((resolve) => setTimeout(resolve));
        continue;
      }
      asked.push(clock.now() - from);
      party.respond(await party.next('INVITE'), 488);
    }
    expect(asked.length).to.be.within(3, 7);
    const pauses = asked.slice(1).map((at, index) => at - asked[index]!);
    expect(Math.min(...pauses)).to.be.at.least(8_000);
    expect(signals.all.map(({ type }) => type)).not.to.include('ended');
    void call.hangUp();
    party.respond(await party.next('BYE'), 200);
    theirs.close();
  });

  it('repeat what they had confirmed when that may have been lost, before they ask for more', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const { party, theirs, call, invite } = await answered(network, ann);
    await party.next('ACK');
    network.cut('ann');
    const confirmed = await party.next('ACK');
    expect(valueOf(confirmed, 'CSeq').split(' ')[0]).to.equal(valueOf(invite, 'CSeq').split(' ')[0]);
    const again = await party.next('INVITE');
    expect(ufrag(again)).not.to.equal(ufrag(invite));
    await take(party, theirs, again);
    await party.next('ACK');
    void call.hangUp();
    party.respond(await party.next('BYE'), 200);
    theirs.close();
  });

  it('find another way at once when ICE has lost the one they had', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', {}, { clock });
    const { party, theirs, call, signals, invite } = await runUntil(clock, answered(network, ann));
    while (!(await runUntil(clock, signals.next('media'))).flowing);
    const registered = network.next('REGISTER');
    theirs.close();
    expect((await runUntil(clock, signals.next('media'))).flowing).to.equal(false);
    const lostAt = clock.now();
    await runUntil(clock, registered);
    const again = await runUntil(clock, party.next('INVITE'));
    expect(clock.now() - lostAt).to.be.lessThan(1_500);
    expect(ufrag(again)).not.to.equal(ufrag(invite));
    void call.hangUp();
    party.respond(await party.next('BYE'), 200);
  }).timeout(25_000);
});

describe('a call whose network changes', () => {
  afterEach(stopPhones);

  it('leaves a link and audio that hold alone, and only tells the server where it is', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours, theirs } = await talking(ann, bob, 'bob');
    await Promise.all([hears(ours), hears(theirs)]);
    const before = requests(network, 'INVITE').length;
    const registered = network.next('REGISTER');
    dispatchEvent(new Event('online'));
    await registered;
    await Promise.all([hears(ours), hears(theirs)]);
    expect(requests(network, 'INVITE')).to.have.length(before);
    expect(ann.$status.get().state).to.equal('registered');
  });

  it('makes a new link within half a second where the old one is dead, and takes the call over', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const [ann, bob] = [await phone(network, 'ann', {}, { clock }), await phone(network, 'bob')];
    const { ours, theirs, they } = await runUntil(clock, talking(ann, bob, 'bob'));
    await runUntil(clock, Promise.all([hears(ours), hears(theirs)]));
    network.stall('ann');
    const again = network.next('INVITE');
    const from = clock.now();
    const lost = reached(ann, 'reconnecting');
    dispatchEvent(new Event('online'));
    await runUntil(clock, lost);
    expect(clock.now() - from).to.be.lessThan(900);
    await runUntil(clock, Promise.all([reached(ann, 'registered'), again]));
    await runUntil(clock, Promise.all([hears(ours), hears(theirs)]));
    await ours.hangUp();
    expect((await they.next('ended')).reason).to.equal('completed');
  });
});
