import { expect } from '@open-wc/testing';
import { manualClock, wire, type ManualClock, type MessageParts, type SipMessage, type Wire } from '@multiline/testing';
import { answered, ufrag } from './testing/answered-party.ts';
import { phone, stopPhones, until, valueOf } from './testing/phones.ts';

/** The ACK of the answer to this re-INVITE. */
const acknowledged = (asks: SipMessage): MessageParts => ({
  headers: [['CSeq', valueOf(asks, 'CSeq').replace('INVITE', 'ACK')]],
});

describe('a call whose audio has not come', () => {
  afterEach(stopPhones);

  const again = ({ start, headers }: SipMessage): boolean =>
    start.startsWith('INVITE ') && headers.some(([name, value]) => name === 'To' && value.includes('tag='));

  /** The first re-INVITE from now on, and after how many ms it came; undefined when there is none for so long. */
  async function asked(network: Wire, clock: ManualClock, forMs: number) {
    const from = clock.now();
    const found = network.next(again);
    let invite: SipMessage | undefined;
    void found.then((message) => (invite = message));
    while (!invite && clock.now() - from < forMs) {
      await clock.run(250);
      await new Promise((resolve) => setTimeout(resolve));
    }
    return invite && { invite, ms: clock.now() - from };
  }

  /** As {@link answered}, with a clock that the test moves. */
  async function begun(says?: (sdp: string) => string) {
    const clock = manualClock();
    const network = wire({ clock });
    const ann = await phone(network, 'ann', {}, { clock, random: () => 1 });
    const dialing = answered(network, ann, says);
    await clock.run(500);
    return { clock, network, ...(await dialing) };
  }

  it('asks for another way after two seconds, and again where nobody answers, until it is over', async () => {
    const { clock, network, theirs, invite, signals } = await begun((sdp) =>
      sdp.replace(/^(a=ice-pwd:).+/m, `$1${'x'.repeat(24)}`),
    );
    const from = clock.now();
    // Each time it registers first: the other side is to learn where it is.
    const sought: number[] = [];
    const note = (): void =>
      void network
        .next('REGISTER')
        .then(() => sought.push(clock.now() - from))
        .then(note);
    note();
    const first = await asked(network, clock, 10_000);
    expect(ufrag(first!.invite)).not.to.equal(ufrag(invite));
    while (await asked(network, clock, 31_000));
    expect(sought[0]).to.be.within(1_250, 2_250);
    expect(sought.length, sought.join()).to.be.within(3, 8);
    expect(await signals.next('ended')).to.include({ reason: 'interrupted' });
    theirs.close();
  });

  it('asks nobody who sends nothing, once both can hear each other, nor who lets us wait', async () => {
    for (const direction of ['sendrecv', 'sendonly', 'inactive']) {
      const { clock, network, party, theirs, call } = await begun((sdp) => sdp.replace('a=recvonly', `a=${direction}`));
      await until(() => theirs.connectionState === 'connected');
      expect(await asked(network, clock, 60_000), direction).to.equal(undefined);
      void call.hangUp();
      party.respond(await party.next('BYE'), 200);
      theirs.close();
    }
  });

  it('asks nobody who has refused any audio', async () => {
    const { clock, network, theirs, signals } = await begun((sdp) => sdp.replace(/^m=audio \d+/m, 'm=audio 0'));
    expect(await asked(network, clock, 31_000)).to.equal(undefined);
    expect(await signals.next('ended')).to.include({ reason: 'interrupted' });
    theirs.close();
  });

  it('asks for another way when the one that the other side has asked for leads nowhere', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const { party, theirs, call, signals, invite, response } = await answered(network, ann);
    while (!(await signals.next('media')).flowing);
    const { sdp = '' } = theirs.localDescription ?? {};
    theirs.close();
    const body = sdp.replace(/^(a=ice-ufrag:).+/m, '$1else').replace(/^(a=ice-pwd:).+/m, `$1${'x'.repeat(24)}`);
    const asks = party.within(invite, response, 'INVITE', { body });
    await party.next(200);
    party.within(invite, response, 'ACK', acknowledged(asks));
    const from = performance.now();
    await network.next(again);
    expect(performance.now() - from).to.be.within(700, 2_500);
    void call.hangUp();
    party.respond(await party.next('BYE'), 200);
  });

  it('asks for another way when the one that it has asked for leads nowhere', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const { party, theirs, call, signals } = await answered(network, ann);
    while (!(await signals.next('media')).flowing);
    theirs.close();
    network.cut('ann');
    const asks = await network.next(again);
    const { sdp = '' } = theirs.localDescription ?? {};
    const body = sdp.replace(/^(a=ice-ufrag:).+/m, '$1else').replace(/^(a=ice-pwd:).+/m, `$1${'x'.repeat(24)}`);
    party.respond(await party.next('INVITE'), 200, { body });
    const from = performance.now();
    const next = await network.next(again);
    expect(performance.now() - from).to.be.within(900, 2_500);
    expect(ufrag(next)).not.to.equal(ufrag(asks));
    void call.hangUp();
    party.respond(await party.next('BYE'), 200);
  });

  it('lets a way that the other side has asked for come about before it asks for another', async () => {
    const { clock, network, party, theirs, call, invite, response } = await begun();
    await until(() => theirs.connectionState === 'connected');
    await theirs.setLocalDescription(await theirs.createOffer({ iceRestart: true }));
    const asks = party.within(invite, response, 'INVITE', { body: theirs.localDescription?.sdp ?? '' });
    let ok: SipMessage | undefined;
    void party.next(200).then((message) => (ok = message));
    await until(async () => {
      await clock.run(20);
      return ok !== undefined;
    });
    party.within(invite, response, 'ACK', acknowledged(asks));
    await theirs.setRemoteDescription({ type: 'answer', sdp: ok?.body ?? '' });
    network.cut('ann');
    const next = await asked(network, clock, 5_000);
    expect(next?.ms).to.be.at.least(900);
    void call.hangUp();
    party.respond(await party.next('BYE'), 200);
    theirs.close();
  });
});
