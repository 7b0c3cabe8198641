import { expect } from '@open-wc/testing';
import type { MultiLineError } from '@multiline/core';
import { lineSignals, manualClock, nextIncoming, wire, type SipMessage, type Wire } from '@multiline/testing';
import { hears, hearsNothing, phone, requests, stopPhones, talking, until, valueOf } from '../testing/phones.ts';

const code = (error: unknown): string => (error as MultiLineError).code;

/** A party that talks with ann and says about a REFER what the test tells it to. */
async function asked(network: Wire) {
  const clock = manualClock();
  const ann = await phone(network, 'ann', {}, { clock });
  const party = network.party('bob');
  const connection = new RTCPeerConnection();
  connection.addTransceiver('audio');
  await connection.setLocalDescription();
  const coming = nextIncoming(ann);
  const invite = party.request('INVITE', 'ann', { body: connection.localDescription?.sdp ?? '' });
  const call = await coming;
  const signals = lineSignals(call);
  const answering = call.answer().then(() => true);
  await until(async () => {
    await clock.run(100);
    return Promise.race([answering, false]);
  });
  const ok = await party.next(200);
  party.within(invite, ok, 'ACK');
  await signals.next('answered');
  connection.close();
  void party.next('BYE').then((bye) => party.respond(bye, 200));
  const say = (state: string, fragment?: string): SipMessage =>
    party.within(invite, ok, 'NOTIFY', {
      headers: [
        ['Event', 'refer'],
        ['Subscription-State', state],
        ...(fragment === undefined ? [] : [['Content-Type', 'message/sipfrag'] as const]),
      ],
      ...(fragment === undefined ? {} : { body: `${fragment}\r\n` }),
    });
  return { ann, party, call, signals, say, clock, invite, ok };
}

async function agreed(network: Wire): ReturnType<typeof asked> {
  const test = await asked(network);
  const transferring = test.call.transfer?.('carol');
  test.party.respond(await test.party.next('REFER'), 202);
  await transferring;
  return test;
}

describe('a blind transfer', () => {
  afterEach(stopPhones);

  it('sends the other side on, who speaks with the target; our call ends as transferred', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const [bob, carol] = [await phone(network, 'bob'), await phone(network, 'carol')];
    const { ours, theirs, we, they } = await talking(ann, bob, 'bob');
    const coming = nextIncoming(carol);
    await ours.transfer?.('carol');
    expect(valueOf(requests(network, 'REFER')[0], 'Refer-To')).to.equal('<sip:carol@wire.test>');
    const call = await coming;
    expect(call.remote.address).to.equal('bob');
    expect(call.transferredBy).to.deep.equal({ address: 'ann' });
    expect(await we.next('transfer')).to.deep.equal({ type: 'transfer', state: 'trying' });
    expect(await we.next('transfer')).to.deep.equal({ type: 'transfer', state: 'ringing' });
    await hears(theirs);
    await call.answer();
    expect(await we.next('ended')).to.deep.equal({ type: 'ended', reason: 'transferred', by: 'us' });
    expect(await they.next('party-changed')).to.deep.equal({ type: 'party-changed', remote: { address: 'carol' } });
    await Promise.all([hears(theirs), hears(call)]);
    expect(they.all.some(({ type }) => type === 'ended')).to.equal(false);
    await theirs.hangUp();
    expect((await lineSignals(call).next('ended')).reason).to.equal('completed');
  });

  it('[MV-27] works from hold, and leaves the call as it was when nobody is there', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours, theirs, we, they } = await talking(ann, bob, 'bob');
    await ours.hold?.(true);
    await ours.transfer?.('nobody');
    const failed = await we.next('transfer').then((first) => (first.state === 'failed' ? first : we.next('transfer')));
    expect([failed.state, failed.failure?.code, failed.failure?.message]).to.deep.equal([
      'failed',
      'invalid-number',
      '404 Not Found',
    ]);
    await hearsNothing(theirs);
    await ours.hold?.(false);
    await Promise.all([hears(ours), hears(theirs)]);
    expect(they.all.some(({ type }) => type === 'party-changed' || type === 'ended')).to.equal(false);
    const carol = await phone(network, 'carol');
    const coming = nextIncoming(carol);
    await ours.hold?.(true);
    await ours.transfer?.('carol');
    const call = await coming;
    await call.answer();
    expect((await we.next('ended')).reason).to.equal('transferred');
    await Promise.all([hears(theirs), hears(call)]);
  });

  it('says what the other side says of it', async () => {
    const { party, signals, say, clock } = await agreed(wire());
    say('active;expires=60', 'SIP/2.0 100 Trying');
    say('active;expires=60', 'SIP/2.0 180 Ringing');
    say('active;expires=60', 'SIP/2.0 180 Ringing');
    say('terminated;reason=noresource', 'SIP/2.0 486 Busy Here');
    for (let notify = 0; notify < 4; notify++) await party.next(200);
    const failure = { code: 'refused', message: '486 Busy Here', retryable: false };
    expect(signals.all.filter(({ type }) => type === 'transfer')).to.deep.equal([
      { type: 'transfer', state: 'trying' },
      { type: 'transfer', state: 'ringing' },
      { type: 'transfer', state: 'failed', failure },
    ]);
    await clock.run(20_000);
    expect(signals.all.some(({ type }) => type === 'ended')).to.equal(false);
  });

  it('rejects when the other side will not try', async () => {
    const { party, call, signals } = await asked(wire());
    const transferring = call.transfer?.('carol').catch(code);
    party.respond(await party.next('REFER'), 603);
    expect(await transferring).to.equal('refused');
    expect(signals.all.some(({ type }) => type === 'transfer')).to.equal(false);
  });

  it('has failed when the other side does not say how it goes', async () => {
    const { signals, clock } = await agreed(wire());
    await clock.run(10_000);
    const { state, failure } = await signals.next('transfer');
    expect([state, failure?.code]).to.deep.equal(['failed', 'timeout']);
  });

  it('has failed when the other side says that it says no more', async () => {
    const { signals, say } = await agreed(wire());
    say('active', 'SIP/2.0 100 Trying');
    say('terminated;reason=giveup');
    expect((await signals.next('transfer')).state).to.equal('trying');
    expect((await signals.next('transfer')).state).to.equal('failed');
  });

  it('goes on where "terminated" is said with each word, as some do', async () => {
    const { signals, say } = await agreed(wire());
    say('terminated', 'SIP/2.0 100 Trying');
    expect((await signals.next('transfer')).state).to.equal('trying');
    say('terminated', 'SIP/2.0 200 OK');
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'transferred', by: 'us' });
  });

  it('went well when the other side agrees and hangs up without a word', async () => {
    const { party, signals, invite, ok } = await agreed(wire());
    party.within(invite, ok, 'BYE');
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'transferred', by: 'them' });
  });

  it('did not when the other side hangs up while it still tries', async () => {
    const { party, signals, say, invite, ok } = await agreed(wire());
    say('active', 'SIP/2.0 180 Ringing');
    party.within(invite, ok, 'BYE');
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'them' });
  });

  it('is one at a time', async () => {
    const { call } = await agreed(wire());
    expect(await call.transfer?.('dave').catch(code)).to.equal('refused');
  });

  it('goes to nowhere that is no number', async () => {
    const { call } = await asked(wire());
    expect(await call.transfer?.('two words!').catch(code)).to.equal('invalid-number');
  });
});

describe('a transfer after a consultation', () => {
  afterEach(stopPhones);

  it('[MV-35] connects both others: each goes on with its call, ours end as transferred', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const [bob, carol] = [await phone(network, 'bob'), await phone(network, 'carol')];
    const first = await talking(ann, bob, 'bob');
    await first.ours.hold?.(true);
    const second = await talking(ann, carol, 'carol');
    await Promise.all([hears(second.ours), hears(second.theirs)]);
    await first.ours.transferTo?.(second.ours);
    expect((await first.we.next('ended')).reason).to.equal('transferred');
    expect((await second.we.next('ended')).reason).to.equal('transferred');
    expect((await first.they.next('party-changed')).remote.address).to.equal('carol');
    expect((await second.they.next('party-changed')).remote.address).to.equal('bob');
    await Promise.all([hears(first.theirs), hears(second.theirs)]);
    expect([...first.they.all, ...second.they.all].some(({ type }) => type === 'ended')).to.equal(false);
    await second.theirs.hangUp();
    expect((await first.they.next('ended')).reason).to.equal('completed');
  });

  it('is for two calls that were answered', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const bob = await phone(network, 'bob');
    await phone(network, 'carol');
    const { ours } = await talking(ann, bob, 'bob');
    const ringing = await ann.dial('carol');
    expect(await ours.transferTo?.(ringing).catch(code)).to.equal('no-such-call');
  });
});

describe('an invitation that would take the place of the other side', () => {
  afterEach(stopPhones);

  for (const [what, headers, status] of [
    ['from a stranger is refused', [], 403],
    ['that a stranger sends is refused', [['Referred-By', '<sip:mallory@wire.test>']], 403],
    ['of a call that is not there is refused', 'unknown', 481],
  ] as const) {
    it(what, async () => {
      const network = wire();
      const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
      const { ours, theirs, they } = await talking(ann, bob, 'bob');
      const answer = network.messages.find(
        ({ start, headers: all }) => start.startsWith('SIP/2.0 200') && all.some(([, value]) => value === '1 INVITE'),
      );
      const tag = (name: string): string => /tag=([^;]+)/.exec(valueOf(answer, name))?.[1] ?? '';
      const id = headers === 'unknown' ? 'another' : valueOf(answer, 'Call-ID');
      const replaces = ['Replaces', `${id};to-tag=${tag('To')};from-tag=${tag('From')}`] as const;
      const mallory = network.party('eve');
      mallory.request('INVITE', 'bob', {
        headers: [replaces, ...(headers === 'unknown' ? [] : headers)],
        body: 'v=0\r\n',
      });
      await mallory.next(status);
      await Promise.all([hears(ours), hears(theirs)]);
      expect(they.all.some(({ type }) => type === 'party-changed')).to.equal(false);
    });
  }
});

describe('a call that is sent on', () => {
  afterEach(stopPhones);

  it('goes nowhere where that is not wanted', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const bob = await phone(network, 'bob', { referrals: 'refuse' });
    const { ours, theirs } = await talking(ann, bob, 'bob');
    expect(await ours.transfer?.('carol').catch(code)).to.equal('refused');
    await hears(theirs);
  });

  it('ends when who sent it has hung up and nobody answers there', async () => {
    const network = wire();
    const [ann, party] = [await phone(network, 'ann'), network.party('bob')];
    const carol = await phone(network, 'carol');
    const connection = new RTCPeerConnection();
    const call = await ann.dial('bob');
    const signals = lineSignals(call);
    const invite = await party.next('INVITE');
    await connection.setRemoteDescription({ type: 'offer', sdp: invite.body });
    await connection.setLocalDescription();
    const ok = party.respond(invite, 200, { body: connection.localDescription?.sdp ?? '' });
    await signals.next('answered');
    const coming = nextIncoming(carol);
    party.within(invite, ok, 'REFER', { headers: [['Refer-To', '<sip:carol@wire.test>']] });
    await party.next(202);
    const target = await coming;
    party.within(invite, ok, 'BYE');
    await target.decline();
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'them' });
    connection.close();
  });

  for (const [what, target] of [
    ['a web page', '<https://example.com/>'],
    ['a telephone that is asked for something else than a call', '<sip:carol@wire.test;method=MESSAGE>'],
  ] as const) {
    it(`does not go to ${what}`, async () => {
      const { party, invite, ok, signals } = await asked(wire());
      party.within(invite, ok, 'REFER', { headers: [['Refer-To', target]] });
      const answer = await party.next(
        ({ start, headers }) => start.startsWith('SIP') && headers.some(([, value]) => value.endsWith(' REFER')),
      );
      expect(Number(answer.start.split(' ')[1])).to.be.greaterThanOrEqual(400);
      expect(signals.all.some(({ type }) => type === 'ended')).to.equal(false);
    });
  }
});
