import { expect } from '@open-wc/testing';
import { MultiLineError, type Line, type LineCall } from '@multiline/core';
import { lineSignals, manualClock, wire, type ManualClock, type SipMessage, type Wire } from '@multiline/testing';
import type { CallbackChange, CallbackRequest, PhoneService } from './index.ts';
import { remoteLine, sipAccount, type RemoteLineOptions } from './index.ts';
import { headerOf, notifier, type Notifier, type Subscribed } from './testing/notifier.ts';

interface Dialog {
  readonly id: string;
  readonly direction: 'initiator' | 'recipient';
  readonly state: string;
  readonly event?: string;
  readonly remote?: string;
}

describe('remoteLine', () => {
  let clock: ManualClock;
  let network: Wire;
  let server: Notifier;
  let line: Line;
  let version: number;

  function made(options: RemoteLineOptions = {}): Line {
    line = remoteLine(
      sipAccount({
        servers: ['ws://a.wire.test'],
        uri: 'sip:ann@wire.test',
        credentials: () => ({ password: 'ann' }),
        transport: network.transport,
        clock,
      }),
      options,
    );
    return line;
  }

  beforeEach(() => {
    clock = manualClock();
    network = wire({ clock });
    server = notifier(network, 'ann', 'application/dialog-info+xml');
    version = 0;
  });

  afterEach(() => line.stop());

  /** The visit that signs in, answered; the line is started afterwards. */
  async function started(options?: RemoteLineOptions): Promise<void> {
    const starting = made(options).start();
    const visit = await server.party.next('SUBSCRIBE');
    server.party.respond(visit, 200, { headers: [['Expires', '0']] });
    await starting;
  }

  async function tell(subscription: Subscribed, ...dialogs: Dialog[]): Promise<void> {
    const elements = dialogs.map(({ id, direction, state, event, remote = '+14155550101' }) => {
      const why = event ? ` event="${event}"` : '';
      return `<dialog id="${id}" call-id="${id}" direction="${direction}"><state${why}>${state}</state>
        <remote><identity>sip:${remote}@wire.test</identity></remote></dialog>`;
    });
    subscription.notify(
      `<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${String(version++)}" state="full" entity="sip:ann@wire.test">${elements.join('')}</dialog-info>`,
    );
    await server.party.next(200);
  }

  it('signs in without registering, so that nothing rings here', async () => {
    await started();
    expect(line.$status.get()).to.deep.equal({ state: 'registered' });
    expect(line.device).to.equal('elsewhere');
    const methods = network.messages.map(({ start }) => start.split(' ')[0]);
    expect(methods).not.to.include('REGISTER');
    const [visit] = network.messages;
    expect([headerOf(visit!, 'Event'), headerOf(visit!, 'Expires')]).to.deep.equal(['dialog', '0']);
    await line.stop();
    expect(network.messages.map(({ start }) => start.split(' ')[0])).not.to.include('REGISTER');
  });

  it('is told that a password is wrong, and bears a server that tells of no calls', async () => {
    let starting = made().start();
    for (let round = 0; round < 2; round++) server.party.respond(await server.party.next('SUBSCRIBE'), 403);
    await starting;
    expect(line.$status.get()).to.have.nested.property('failure.code', 'auth-failed');
    await line.stop();
    for (const status of [489, 400]) {
      starting = made().start();
      server.party.respond(await server.party.next('SUBSCRIBE'), status);
      await starting;
      expect(line.$status.get().state).to.equal('registered');
      await line.stop();
    }
  });

  it('[ML-24] [SM-03] shows a call that rings on the device, and leaves all but notes to the device', async () => {
    const came: LineCall[] = [];
    const others: LineCall[] = [];
    await started();
    line.onIncoming((call) => came.push(call));
    line.onWatched!((call) => others.push(call));
    const subscription = await server.subscribed('dialog');
    await tell(subscription, { id: 'c1', direction: 'recipient', state: 'trying' });
    expect(came).to.have.length(0);
    await tell(subscription, { id: 'c1', direction: 'recipient', state: 'early' });
    const [call] = came;
    expect(call).to.deep.include({ direction: 'inbound', device: 'elsewhere', remote: { address: '+14155550101' } });
    expect([call!.sendDigits, call!.hold, call!.transfer, call!.redirect]).to.deep.equal(Array(4).fill(undefined));
    for (const act of [call!.answer(), call!.decline(), call!.hangUp()]) {
      expect(await act.catch((thrown: unknown) => thrown)).to.have.property('code', 'unsupported');
    }
    const signals = lineSignals(call!);
    await tell(subscription, { id: 'c1', direction: 'recipient', state: 'confirmed' });
    await tell(subscription, { id: 'c1', direction: 'recipient', state: 'terminated', event: 'remote-bye' });
    expect(signals.all).to.deep.equal([{ type: 'answered' }, { type: 'ended', reason: 'completed', by: 'them' }]);
    await tell(subscription, { id: 'c2', direction: 'initiator', state: 'early' });
    expect([came.length, others.length]).to.deep.equal([1, 1]);
  });

  it('tells a call that nobody took from one that was refused', async () => {
    const came: LineCall[] = [];
    await started();
    line.onIncoming((call) => came.push(call));
    const subscription = await server.subscribed('dialog');
    for (const [event, reason] of [
      ['cancelled', 'missed'],
      ['rejected', 'declined'],
      ['timeout', 'missed'],
    ] as const) {
      await tell(subscription, { id: event, direction: 'recipient', state: 'early' });
      const signals = lineSignals(came.at(-1)!);
      await tell(subscription, { id: event, direction: 'recipient', state: 'terminated', event });
      expect((await signals.next('ended')).reason).to.equal(reason);
    }
  });

  describe('with a phone service', () => {
    let requests: CallbackRequest[];
    let ended: number;
    let tellStage: (change: CallbackChange) => void;
    let refusal: MultiLineError | undefined;

    beforeEach(() => {
      requests = [];
      ended = 0;
      refusal = undefined;
    });

    const service: PhoneService = {
      voicemail: {
        list: () => Promise.resolve([]),
        audio: () => Promise.resolve({ type: 'audio/wav', bytes: new ArrayBuffer(0) }),
      },
      record: () => Promise.resolve({ state: 'off' }),
      call: (request) => {
        requests.push(request);
        return Promise.resolve({
          watch: (listener, signal) => {
            tellStage = listener;
            return new Promise((resolve) => {
              signal.addEventListener('abort', () => {
                resolve();
              });
            });
          },
          end: () => {
            ended++;
            return refusal ? Promise.reject(refusal) : Promise.resolve();
          },
        });
      },
    };

    it('[ML-23] [SM-02] rings the own device, asks for a key, and then calls', async () => {
      await started({ service });
      const call = await line.dial('+14155550101', { alsoRing: ['desk'] });
      expect(requests).to.deep.equal([{ to: '+14155550101', alsoRing: ['desk'], correlation: call.correlation }]);
      expect(call).to.deep.include({ direction: 'outbound', device: 'elsewhere', remote: { address: '+14155550101' } });
      const signals = lineSignals(call);
      for (const stage of ['calling-device', 'confirming', 'calling', 'answered'] as const) tellStage({ stage });
      tellStage({ ended: 'completed' });
      expect(signals.all).to.deep.equal([
        { type: 'stage', stage: 'calling-device' },
        { type: 'stage', stage: 'confirming' },
        { type: 'stage', stage: 'calling' },
        { type: 'answered' },
        { type: 'ended', reason: 'completed', by: 'them' },
      ]);
    });

    it('ends as the service says', async () => {
      await started({ service });
      for (const [how, expected] of [
        ['not-confirmed', 'cancelled us'],
        ['busy', 'busy them'],
        ['no-answer', 'no-answer them'],
        ['declined', 'declined them'],
        ['failed', 'failed them server'],
      ] as const) {
        const signals = lineSignals(await line.dial('+14155550101'));
        tellStage({ stage: 'calling-device' });
        tellStage({ ended: how });
        const { reason, by, failure } = await signals.next('ended');
        expect([reason, by, ...(failure ? [failure.code] : [])].join(' ')).to.equal(expected);
      }
    });

    it('hangs up at the service, and ends within two seconds whatever that says', async () => {
      await started({ service });
      const call = await line.dial('+14155550101');
      const signals = lineSignals(call);
      tellStage({ stage: 'answered' });
      refusal = new MultiLineError('network');
      expect(await call.hangUp().catch((thrown: unknown) => thrown)).to.equal(refusal);
      expect(signals.all).to.have.length(1);
      refusal = undefined;
      await call.hangUp();
      await call.hangUp();
      expect([ended, signals.all.length]).to.deep.equal([2, 1]);
      await clock.run(2_000);
      expect(signals.all.at(-1)).to.deep.equal({ type: 'ended', reason: 'completed', by: 'us' });
      const again = await line.dial('+14155550101');
      const others = lineSignals(again);
      await again.hangUp();
      tellStage({ ended: 'failed' });
      expect(await others.next('ended')).to.deep.equal({ type: 'ended', reason: 'cancelled', by: 'us' });
    });

    it('shows its call once though the server tells of it too', async () => {
      const others: LineCall[] = [];
      await started({ service });
      line.onWatched!((call) => others.push(call));
      line.onIncoming((call) => others.push(call));
      const subscription = await server.subscribed('dialog');
      const signals = lineSignals(await line.dial('+14155550101'));
      await tell(subscription, { id: 'c1', direction: 'recipient', state: 'early' });
      await tell(subscription, { id: 'c1', direction: 'recipient', state: 'terminated' });
      expect([others.length, signals.all.length]).to.deep.equal([0, 0]);
    });

    it('shows its call once though it rings before the service has answered', async () => {
      const others: LineCall[] = [];
      let answer: (() => void) | undefined;
      const call: PhoneService['call'] = async (request) => {
        await new Promise<void>((resolve) => (answer = resolve));
        return service.call(request);
      };
      await started({ service: { ...service, call } });
      line.onIncoming((other) => others.push(other));
      const subscription = await server.subscribed('dialog');
      const dialing = line.dial('+14155550101');
      await tell(subscription, { id: 'c1', direction: 'recipient', state: 'early' });
      answer?.();
      await dialing;
      await tell(subscription, { id: 'c1', direction: 'recipient', state: 'confirmed' });
      expect(others).to.have.length(0);
    });

    it('says why nothing went out', async () => {
      await started({ service: { ...service, call: () => Promise.reject(new MultiLineError('forbidden')) } });
      const refused: unknown = await line.dial('+14155550101').catch((thrown: unknown) => thrown);
      expect(refused).to.have.property('code', 'forbidden');
      const none: unknown = await line.dial('???').catch((thrown: unknown) => thrown);
      expect(none).to.have.property('code', 'invalid-number');
      await line.stop();
      const off: unknown = await line.dial('+14155550101').catch((thrown: unknown) => thrown);
      expect(off).to.have.property('code', 'not-registered');
    });
  });

  describe('without one', () => {
    /** The device has agreed to call; answers how it tells on. */
    async function asked(target = '+14155550101') {
      const dialing = line.dial(target);
      const request = await server.party.next('REFER');
      const response = server.party.respond(request, 202);
      const call = await dialing;
      const notify = (body: string, state = 'active;expires=60'): SipMessage =>
        server.party.within(request, response, 'NOTIFY', {
          headers: [
            ['Event', 'refer'],
            ['Subscription-State', state],
            ['Content-Type', 'message/sipfrag;version=2.0'],
          ],
          body,
        });
      return { request, call, signals: lineSignals(call), notify };
    }

    it('asks the own device to call, and hears how that goes', async () => {
      await started();
      const others: LineCall[] = [];
      line.onWatched!((call) => others.push(call));
      const subscription = await server.subscribed('dialog');
      const { request, signals, notify } = await asked();
      expect(headerOf(request, 'Refer-To')).to.equal('<sip:+14155550101@wire.test>');
      notify('SIP/2.0 100 Trying\r\n');
      await tell(subscription, { id: 'd1', direction: 'initiator', state: 'early' });
      notify('SIP/2.0 180 Ringing\r\n');
      await signals.next('ringing');
      notify('SIP/2.0 200 OK\r\n', 'terminated;reason=noresource');
      await signals.next('answered');
      await clock.run(0);
      await tell(subscription, { id: 'd1', direction: 'initiator', state: 'confirmed' });
      await tell(subscription, { id: 'd1', direction: 'initiator', state: 'terminated', event: 'local-bye' });
      expect(signals.all).to.deep.equal([
        { type: 'stage', stage: 'calling-device' },
        { type: 'stage', stage: 'calling' },
        { type: 'ringing' },
        { type: 'answered' },
        { type: 'ended', reason: 'completed', by: 'us' },
      ]);
      expect(others).to.have.length(0);
    });

    it('hears that the called did not want it', async () => {
      await started();
      const { signals, notify } = await asked();
      notify('SIP/2.0 486 Busy Here\r\n', 'terminated;reason=noresource');
      expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'busy', by: 'them' });
    });

    it('has failed when the device says nothing more', async () => {
      await started();
      const { signals, notify } = await asked();
      notify('SIP/2.0 100 Trying\r\n');
      notify('', 'terminated;reason=timeout');
      expect((await signals.next('ended')).reason).to.equal('failed');
    });

    it('asks the device it is told to, and says when that will not', async () => {
      const desk = network.party('desk');
      await started({ device: 'desk' });
      const dialing = line.dial('1002').catch((thrown: unknown) => thrown);
      desk.respond(await desk.next('REFER'), 405);
      expect(await dialing).to.have.property('code', 'refused');
    });

    it('lets go of an answered call whose end nobody will tell', async () => {
      await started();
      const { call, signals, notify } = await asked();
      expect(await call.hangUp().catch((thrown: unknown) => thrown)).to.have.property('code', 'unsupported');
      notify('SIP/2.0 200 OK\r\n', 'terminated;reason=noresource');
      await signals.next('answered');
      await call.hangUp();
      expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'us' });
    });
  });
});
