import { expect } from '@open-wc/testing';
import type { MultiLineError } from '@multiline/core';
import { lineSignals, nextIncoming, wire } from '@multiline/testing';
import type { PhoneService } from './index.ts';
import { hears, phone, requests, ringing, stopPhones, talking, valueOf } from './testing/phones.ts';

const code = (error: unknown): string => (error as MultiLineError).code;

describe('redirecting a ringing call', () => {
  afterEach(stopPhones);

  it('sends the caller on, who hears ringing until the target answers', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const [bob, carol] = [await phone(network, 'bob'), await phone(network, 'carol')];
    const { ours, theirs, we, they } = await ringing(ann, bob, 'bob');
    await we.next('ringing');
    const coming = nextIncoming(carol);
    await theirs.redirect?.('carol');
    expect(await they.next('ended')).to.deep.equal({ type: 'ended', reason: 'redirected', by: 'us' });
    const call = await coming;
    expect(we.all.map(({ type }) => type)).to.deep.equal(['ringing']);
    await call.answer();
    await we.next('answered');
    await Promise.all([hears(ours), hears(call)]);
  });

  it('is for a call that rings, and goes to nowhere that is no number', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { theirs } = await ringing(ann, bob, 'bob');
    expect(await theirs.redirect?.('two words!').catch(code)).to.equal('invalid-number');
    await theirs.answer();
    expect(await theirs.redirect?.('carol').catch(code)).to.equal('no-such-call');
  });
});

describe('what a call says of itself', () => {
  afterEach(stopPhones);

  it('goes out with the number that was chosen, as the server wants to be told', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const number = '+14155550001';
    const first = await ringing(ann, bob, 'bob');
    await first.ours.hangUp();
    await first.they.next('ended');
    const coming = nextIncoming(bob);
    const asked = await ann.dial('bob', { callerId: { number, as: 'p-preferred-identity' } });
    expect((await coming).remote.address).to.equal('ann');
    await asked.hangUp();
    await lineSignals(asked).next('ended');
    const again = nextIncoming(bob);
    await ann.dial('bob', { callerId: { number, as: 'from' } });
    expect((await again).remote.address).to.equal(number);
    expect(requests(network, 'INVITE').map((invite) => valueOf(invite, 'P-Preferred-Identity'))).to.deep.equal([
      '',
      `<sip:${number}@wire.test>`,
      '',
    ]);
  });

  it('[MV-61] tells which number was called, the queue, the digits typed before and who sent it on', async () => {
    const network = wire();
    const ann = await phone(network, 'ann', { headers: { queue: 'X-Group' } });
    const party = network.party('bob');
    const call = async (headers: readonly (readonly [string, string])[]) => {
      const coming = nextIncoming(ann);
      party.request('INVITE', 'ann', { headers });
      const { called, queue, collectedDigits, redirectedBy } = await coming;
      return { called, queue, collectedDigits, redirectedBy };
    };
    expect(
      await call([
        ['X-DNIS', '+18005550100'],
        ['X-Group', 'Sales \u202eeast'],
        ['X-Collected-Digits', '4711#'],
        ['Diversion', '"Front, desk" <sip:1000@wire.test>;reason=no-answer, <sip:2000@wire.test>'],
      ]),
    ).to.deep.equal({
      called: '+18005550100',
      queue: 'Sales  east',
      collectedDigits: '4711#',
      redirectedBy: { address: '1000', name: 'Front, desk' },
    });
    const history = '<sip:2000@wire.test>;index=1, <sip:3000@wire.test>;index=1.1, <sip:ann@wire.test>;index=1.1.1';
    expect(
      await call([
        ['P-Called-Party-ID', '<sip:+18005550101@wire.test>'],
        ['History-Info', history],
      ]),
    ).to.deep.equal({
      called: '2000',
      queue: undefined,
      collectedDigits: undefined,
      redirectedBy: { address: '3000' },
    });
    const diverted = [['Diversion', '<sip:1000@wire.test>;reason=no-answer, <sip:2000@wire.test>']] as const;
    expect((await call(diverted)).called).to.equal('2000');
    const own = ['P-Called-Party-ID', '<sip:+18005550101@wire.test>'] as const;
    expect((await call([own, ['History-Info', '<sip:ann@wire.test>;index=1']])).called).to.equal('+18005550101');
    const odd = await call([['Diversion', 'nonsense']]);
    expect([odd.redirectedBy, odd.called]).to.deep.equal([undefined, 'ann']);
  });
});

describe('a feature code', () => {
  afterEach(stopPhones);

  it('is dialed as no call of anybody, without the microphone, and hung up when it was taken', async () => {
    const network = wire();
    let opened = 0;
    const openMicrophone = (): Promise<MediaStreamTrack> => Promise.reject(new Error(String(++opened)));
    const ann = await phone(network, 'ann', { openMicrophone, maxCalls: 1 });
    const server = network.party('*78');
    const theirs = new RTCPeerConnection();
    const dialing = ann.dialFeatureCode?.('*78');
    const invite = await server.next('INVITE');
    expect(invite.body).to.contain('a=recvonly');
    await theirs.setRemoteDescription({ type: 'offer', sdp: invite.body });
    await theirs.setLocalDescription();
    server.respond(invite, 200, { body: theirs.localDescription?.sdp ?? '' });
    server.respond(await server.next('BYE'), 200);
    await dialing;
    expect(opened).to.equal(0);
    theirs.close();
  });

  it('says that the server does not know it', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    expect(await ann.dialFeatureCode?.('*99').catch(code)).to.equal('invalid-number');
    await ann.stop();
    expect(await ann.dialFeatureCode?.('*78').catch(code)).to.equal('not-registered');
  });
});

describe('recording', () => {
  afterEach(stopPhones);

  it('is not there where the server has no recorder', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours } = await ringing(ann, bob, 'bob');
    expect(ours.record).to.equal(undefined);
  });

  it('is offered once the phone service has said yes, and may be tried before', async () => {
    const network = wire();
    let say: (records: boolean) => void = () => undefined;
    const service: PhoneService = {
      voicemail: { list: () => Promise.resolve([]), audio: () => Promise.reject(new Error('None.')) },
      call: () => Promise.reject(new Error('None.')),
      records: () => new Promise((resolve) => (say = resolve)),
      record: () => Promise.reject(new Error('None.')),
    };
    const [ann, bob] = [await phone(network, 'ann', { service }), await phone(network, 'bob')];
    const { ours } = await ringing(ann, bob, 'bob');
    expect([typeof ours.record, ann.$records?.get()]).to.deep.equal(['function', false]);
    say(true);
    await Promise.resolve();
    expect(ann.$records?.get()).to.equal(true);
  });

  it('asks the phone service, and says what it says', async () => {
    const network = wire();
    const asked: string[] = [];
    const service: PhoneService = {
      voicemail: { list: () => Promise.resolve([]), audio: () => Promise.reject(new Error('None.')) },
      call: () => Promise.reject(new Error('None.')),
      record: (call, action) => {
        asked.push(`${action} ${call}`);
        return Promise.resolve({ state: action === 'start' ? 'on' : 'off', url: 'https://pbx.test/1.wav' });
      },
    };
    const [ann, bob] = [await phone(network, 'ann', { service }), await phone(network, 'bob')];
    const { ours, we } = await talking(ann, bob, 'bob');
    await ours.record?.('start');
    expect(asked).to.deep.equal([`start ${ours.correlation}`]);
    expect(await we.next('recording')).to.deep.equal({ type: 'recording', state: 'on', url: 'https://pbx.test/1.wav' });
  });

  it('is not there where the phone service says that it does not record', async () => {
    const network = wire();
    const service: PhoneService = {
      voicemail: { list: () => Promise.resolve([]), audio: () => Promise.reject(new Error('None.')) },
      call: () => Promise.reject(new Error('None.')),
      records: () => Promise.resolve(false),
      record: () => Promise.reject(new Error('None.')),
    };
    const [ann, bob] = [await phone(network, 'ann', { service }), await phone(network, 'bob')];
    const { ours } = await ringing(ann, bob, 'bob');
    expect([ours.record, ann.$records?.get()]).to.deep.equal([undefined, false]);
  });

  it('asks by INFO where the server takes that, and says nothing when it refuses', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann', { recorder: 'info' }), await phone(network, 'bob')];
    const { ours, we } = await talking(ann, bob, 'bob');
    await ours.record?.('start');
    await ours.record?.('pause');
    expect(requests(network, 'INFO').map((info) => valueOf(info, 'Record'))).to.deep.equal(['on', 'off']);
    expect(await we.next('recording')).to.deep.equal({ type: 'recording', state: 'on' });
    expect(await we.next('recording')).to.deep.equal({ type: 'recording', state: 'paused' });
    network.refuseNext('INFO', 403);
    expect(await ours.record?.('stop').catch(code)).to.equal('forbidden');
    expect(we.all.filter(({ type }) => type === 'recording')).to.have.length(2);
  });
});

describe('a conference', () => {
  afterEach(stopPhones);

  /** A microphone that says nothing, or a tone. */
  const microphone = (says: boolean) => {
    const audio = new AudioContext();
    const tone = new OscillatorNode(audio);
    const speaker = new MediaStreamAudioDestinationNode(audio);
    tone.connect(new GainNode(audio, { gain: says ? 0.5 : 0 })).connect(speaker);
    tone.start();
    return { openMicrophone: async () => speaker.stream.getAudioTracks()[0]!.clone() };
  };

  it('lets five hear one another through us, says who speaks, and goes on when one leaves', async () => {
    const network = wire();
    const ann = await phone(network, 'ann', microphone(false));
    const names = ['bob', 'carol', 'dave', 'erin'];
    const calls = [];
    for (const name of names) {
      const other = await phone(network, name, microphone(name === 'carol'));
      calls.push(await talking(ann, other, name));
    }
    const [bob, carol, dave, erin] = calls;
    if (!bob || !carol || !dave || !erin) throw new Error('There are four.');
    await ann.mix?.(calls.map(({ ours }) => ours));
    await Promise.all([hears(bob.theirs), hears(dave.theirs), hears(erin.theirs), hears(carol.ours)]);
    expect(await carol.we.next('speaking')).to.deep.equal({ type: 'speaking', speaking: true });
    carol.ours.silence?.(true);
    expect(await carol.we.next('silenced')).to.deep.equal({ type: 'silenced', silenced: true });
    carol.ours.silence?.(false);
    await hears(bob.theirs);
    await dave.theirs.hangUp();
    await dave.we.next('ended');
    await Promise.all([hears(bob.theirs), hears(erin.theirs)]);
  });

  it('is for calls that somebody talks in', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const [bob, carol] = [await phone(network, 'bob'), await phone(network, 'carol')];
    const first = await talking(ann, bob, 'bob');
    const second = await ringing(ann, carol, 'carol');
    expect(await ann.mix?.([first.ours, second.ours]).catch(code)).to.equal('no-such-call');
  });
});
