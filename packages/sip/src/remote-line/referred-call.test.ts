import { expect } from '@open-wc/testing';
import type { LineCall } from '@multiline/core';
import { lineSignals, type SipMessage } from '@multiline/testing';
import { headerOf } from '../testing/notifier.ts';
import { RemoteDesk } from '../testing/remote-desk.ts';

describe('a call that the own device is asked to make', () => {
  let desk: RemoteDesk;

  beforeEach(() => (desk = new RemoteDesk()));
  afterEach(() => desk.line.stop());

  /** The device has agreed to call; answers how it tells on. */
  async function asked(target = '+14155550101') {
    const dialing = desk.line.dial(target);
    const request = await desk.server.party.next('REFER');
    const response = desk.server.party.respond(request, 202);
    const call = await dialing;
    const notify = (body: string, state = 'active;expires=60'): SipMessage =>
      desk.server.party.within(request, response, 'NOTIFY', {
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
    await desk.started();
    const others: LineCall[] = [];
    desk.line.onWatched!((call) => others.push(call));
    const subscription = await desk.server.subscribed('dialog');
    const { request, signals, notify } = await asked();
    expect(headerOf(request, 'Refer-To')).to.equal('<sip:+14155550101@wire.test>');
    notify('SIP/2.0 100 Trying\r\n');
    await desk.tell(subscription, { callId: 'd1', direction: 'initiator', state: 'early' });
    notify('SIP/2.0 180 Ringing\r\n');
    await signals.next('ringing');
    notify('SIP/2.0 200 OK\r\n', 'terminated;reason=noresource');
    await signals.next('answered');
    await desk.clock.run(0);
    await desk.tell(subscription, { callId: 'd1', direction: 'initiator', state: 'confirmed' });
    await desk.tell(subscription, { callId: 'd1', direction: 'initiator', state: 'terminated', event: 'local-bye' });
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
    await desk.started();
    const { signals, notify } = await asked();
    notify('SIP/2.0 486 Busy Here\r\n', 'terminated;reason=noresource');
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'busy', by: 'them' });
  });

  it('has failed when the device says nothing more', async () => {
    await desk.started();
    const { signals, notify } = await asked();
    notify('SIP/2.0 100 Trying\r\n');
    notify('', 'terminated;reason=timeout');
    expect((await signals.next('ended')).reason).to.equal('failed');
  });

  it('asks the device it is told to, and says when that will not', async () => {
    const phone = desk.network.party('desk');
    await desk.started({ device: 'desk' });
    const dialing = desk.line.dial('1002').catch((thrown: unknown) => thrown);
    phone.respond(await phone.next('REFER'), 405);
    expect(await dialing).to.have.property('code', 'refused');
  });

  it('lets go of an answered call whose end nobody will tell', async () => {
    await desk.started();
    const { call, signals, notify } = await asked();
    expect(await call.hangUp().catch((thrown: unknown) => thrown)).to.have.property('code', 'unsupported');
    notify('SIP/2.0 200 OK\r\n', 'terminated;reason=noresource');
    await signals.next('answered');
    expect((await signals.next('revocable')).revocable).to.equal(true);
    await call.hangUp();
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'us' });
  });
});
