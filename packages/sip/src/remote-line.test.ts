import { expect } from '@open-wc/testing';
import type { LineCall } from '@multiline/core';
import { lineSignals } from '@multiline/testing';
import { headerOf } from './testing/notifier.ts';
import { RemoteDesk } from './testing/remote-desk.ts';

describe('remoteLine', () => {
  let desk: RemoteDesk;

  beforeEach(() => (desk = new RemoteDesk()));
  afterEach(() => desk.line.stop());

  it('signs in without registering, so that nothing rings here', async () => {
    await desk.started();
    expect(desk.line.$status.get()).to.deep.equal({ state: 'registered' });
    expect(desk.line.device).to.equal('elsewhere');
    const methods = desk.network.messages.map(({ start }) => start.split(' ')[0]);
    expect(methods).not.to.include('REGISTER');
    const [visit] = desk.network.messages;
    expect([headerOf(visit!, 'Event'), headerOf(visit!, 'Expires')]).to.deep.equal(['dialog', '0']);
    await desk.line.stop();
    expect(desk.network.messages.map(({ start }) => start.split(' ')[0])).not.to.include('REGISTER');
  });

  it('is told that a password is wrong, and bears a server that tells of no calls', async () => {
    let starting = desk.made().start();
    for (let round = 0; round < 2; round++) desk.server.party.respond(await desk.server.party.next('SUBSCRIBE'), 403);
    await starting;
    expect(desk.line.$status.get()).to.have.nested.property('failure.code', 'auth-failed');
    await desk.line.stop();
    for (const status of [489, 400]) {
      starting = desk.made().start();
      desk.server.party.respond(await desk.server.party.next('SUBSCRIBE'), status);
      await starting;
      expect(desk.line.$status.get().state).to.equal('registered');
      await desk.line.stop();
    }
  });

  it('[ML-24] [SM-03] shows a call that rings on the device, and leaves all but notes to the device', async () => {
    const came: LineCall[] = [];
    const others: LineCall[] = [];
    await desk.started();
    desk.line.onIncoming((call) => came.push(call));
    desk.line.onWatched!((call) => others.push(call));
    const subscription = await desk.server.subscribed('dialog');
    await desk.tell(subscription, { callId: 'c1', direction: 'recipient', state: 'trying' });
    expect(came).to.have.length(0);
    await desk.tell(subscription, { callId: 'c1', direction: 'recipient', state: 'early' });
    const [call] = came;
    expect(call).to.deep.include({ direction: 'inbound', device: 'elsewhere', remote: { address: '+14155550101' } });
    expect([call!.sendDigits, call!.hold, call!.transfer, call!.redirect]).to.deep.equal(Array(4).fill(undefined));
    for (const act of [call!.answer(), call!.decline(), call!.hangUp()]) {
      expect(await act.catch((thrown: unknown) => thrown)).to.have.property('code', 'unsupported');
    }
    const signals = lineSignals(call!);
    await desk.tell(subscription, { callId: 'c1', direction: 'recipient', state: 'confirmed' });
    await desk.tell(subscription, { callId: 'c1', direction: 'recipient', state: 'terminated', event: 'remote-bye' });
    expect(signals.all).to.deep.equal([{ type: 'answered' }, { type: 'ended', reason: 'completed', by: 'them' }]);
    await desk.tell(subscription, { callId: 'c2', direction: 'initiator', state: 'early' });
    expect([came.length, others.length]).to.deep.equal([1, 1]);
  });

  it('tells a call that nobody took from one that was refused', async () => {
    const came: LineCall[] = [];
    await desk.started();
    desk.line.onIncoming((call) => came.push(call));
    const subscription = await desk.server.subscribed('dialog');
    for (const [event, reason] of [
      ['cancelled', 'missed'],
      ['rejected', 'declined'],
      ['timeout', 'missed'],
    ] as const) {
      await desk.tell(subscription, { callId: event, direction: 'recipient', state: 'early' });
      const signals = lineSignals(came.at(-1)!);
      await desk.tell(subscription, { callId: event, direction: 'recipient', state: 'terminated', event });
      expect((await signals.next('ended')).reason).to.equal(reason);
    }
  });
});
