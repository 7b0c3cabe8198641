import { expect } from '@open-wc/testing';
import { MultiLineError, type LineCall } from '@multiline/core';
import { lineSignals } from '@multiline/testing';
import type { CallbackChange, CallbackRequest, PhoneService } from '../index.ts';
import { RemoteDesk } from '../testing/remote-desk.ts';

describe('a call that the phone service makes', () => {
  let desk: RemoteDesk;

  beforeEach(() => (desk = new RemoteDesk()));
  afterEach(() => desk.line.stop());
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
    await desk.started({ service });
    const call = await desk.line.dial('+14155550101', { alsoRing: ['desk'] });
    expect(requests).to.deep.equal([{ to: '+14155550101', alsoRing: ['desk'], correlation: call.correlation }]);
    expect(call).to.deep.include({ direction: 'outbound', device: 'elsewhere', remote: { address: '+14155550101' } });
    const signals = lineSignals(call);
    for (const stage of ['calling-device', 'confirming', 'calling', 'answered'] as const) tellStage({ stage });
    tellStage({ ended: 'completed' });
    expect(signals.all).to.deep.equal([
      { type: 'revocable', revocable: true },
      { type: 'stage', stage: 'calling-device' },
      { type: 'stage', stage: 'confirming' },
      { type: 'stage', stage: 'calling' },
      { type: 'answered' },
      { type: 'ended', reason: 'completed', by: 'them' },
    ]);
  });

  it('ends as the service says, which tells of the own phone before the number is called', async () => {
    await desk.started({ service });
    for (const [stage, how, expected] of [
      ['confirming', 'not-confirmed', 'cancelled us own-phone'],
      ['calling-device', 'busy', 'cancelled us own-phone'],
      ['calling-device', 'no-answer', 'cancelled us own-phone'],
      ['calling-device', 'declined', 'cancelled us own-phone'],
      ['calling-device', 'failed', 'failed them server'],
      ['calling', 'busy', 'busy them'],
      ['calling', 'no-answer', 'no-answer them'],
      ['calling', 'declined', 'declined them'],
      ['calling', 'failed', 'failed them server'],
      ['answered', 'failed', 'interrupted them'],
      // What was not told is nobody's fault but the number's, unless no number was called.
      [undefined, 'busy', 'busy them'],
      [undefined, 'declined', 'declined them'],
      [undefined, 'not-confirmed', 'cancelled us own-phone'],
    ] as const) {
      const signals = lineSignals(await desk.line.dial('+14155550101'));
      if (stage) tellStage({ stage });
      tellStage({ ended: how });
      const { reason, by, failure } = await signals.next('ended');
      expect([reason, by, ...(failure ? [failure.code] : [])].join(' ')).to.equal(expected);
    }
  });

  it('does not say of the own phone what the called may have done while nothing was heard', async () => {
    await desk.started({ service });
    const signals = lineSignals(await desk.line.dial('+14155550101'));
    tellStage({ stage: 'confirming' });
    tellStage({ ended: 'declined', gap: true });
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'declined', by: 'them' });
  });

  it('hangs up at the service, and ends within two seconds whatever that says', async () => {
    await desk.started({ service });
    const call = await desk.line.dial('+14155550101');
    const signals = lineSignals(call);
    tellStage({ stage: 'answered' });
    refusal = new MultiLineError('network');
    expect(await call.hangUp().catch((thrown: unknown) => thrown)).to.equal(refusal);
    expect(signals.all).to.have.length(2);
    refusal = undefined;
    await call.hangUp();
    await call.hangUp();
    expect([ended, signals.all.length]).to.deep.equal([2, 2]);
    await desk.clock.run(2_000);
    expect(signals.all.at(-1)).to.deep.equal({ type: 'ended', reason: 'completed', by: 'us' });
    const again = await desk.line.dial('+14155550101');
    const others = lineSignals(again);
    await again.hangUp();
    tellStage({ ended: 'failed' });
    expect(await others.next('ended')).to.deep.equal({ type: 'ended', reason: 'cancelled', by: 'us' });
  });

  it('shows its call once though the server tells of it too', async () => {
    const others: LineCall[] = [];
    await desk.started({ service });
    desk.line.onWatched!((call) => others.push(call));
    desk.line.onIncoming((call) => others.push(call));
    const subscription = await desk.server.subscribed('dialog');
    const signals = lineSignals(await desk.line.dial('+14155550101'));
    await desk.tell(subscription, { callId: 'c1', direction: 'recipient', state: 'early' });
    await desk.tell(subscription, { callId: 'c1', direction: 'recipient', state: 'terminated' });
    expect([others.length, signals.all.length]).to.deep.equal([0, 1]);
  });

  it('shows its call once though it rings before the service has answered', async () => {
    const others: LineCall[] = [];
    let answer: (() => void) | undefined;
    const call: PhoneService['call'] = async (request) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return service.call(request);
    };
    await desk.started({ service: { ...service, call } });
    desk.line.onIncoming((other) => others.push(other));
    const subscription = await desk.server.subscribed('dialog');
    const dialing = desk.line.dial('+14155550101');
    await desk.tell(subscription, { callId: 'c1', direction: 'recipient', state: 'early' });
    answer?.();
    await dialing;
    await desk.tell(subscription, { callId: 'c1', direction: 'recipient', state: 'confirmed' });
    expect(others).to.have.length(0);
  });

  it('says why nothing went out', async () => {
    await desk.started({ service: { ...service, call: () => Promise.reject(new MultiLineError('forbidden')) } });
    const refused: unknown = await desk.line.dial('+14155550101').catch((thrown: unknown) => thrown);
    expect(refused).to.have.property('code', 'forbidden');
    const none: unknown = await desk.line.dial('???').catch((thrown: unknown) => thrown);
    expect(none).to.have.property('code', 'invalid-number');
    await desk.line.stop();
    const off: unknown = await desk.line.dial('+14155550101').catch((thrown: unknown) => thrown);
    expect(off).to.have.property('code', 'not-registered');
  });
});
