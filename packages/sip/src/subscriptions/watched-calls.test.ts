import { expect } from '@open-wc/testing';
import type { Line, LineCall } from '@multiline/core';
import { lineSignals, manualClock, nextIncoming, wire, type ManualClock, type Wire } from '@multiline/testing';
import { sipAccount, sipLine } from '../index.ts';
import {
  dialogInfo,
  headerOf,
  notifier,
  type Notifier,
  type Subscribed,
  type ToldDialog,
} from '../testing/notifier.ts';

describe('calls of the other devices', () => {
  let clock: ManualClock;
  let network: Wire;
  let server: Notifier;
  let subscription: Subscribed;
  let line: Line;
  let watched: LineCall[];
  let version: number;

  beforeEach(async () => {
    clock = manualClock();
    network = wire({ clock });
    server = notifier(network, 'ann', 'application/dialog-info+xml');
    line = sipLine(
      sipAccount({
        servers: ['ws://a.wire.test'],
        uri: 'sip:ann@wire.test',
        credentials: () => ({ password: 'ann' }),
        transport: network.transport,
        correlationHeader: 'X-Call',
        clock,
      }),
    );
    watched = [];
    version = 0;
    line.onWatched!((call) => watched.push(call));
    await line.start();
    subscription = await server.subscribed('dialog');
  });

  afterEach(() => line.stop());

  async function tell(...dialogs: Omit<ToldDialog, 'name'>[]): Promise<void> {
    const named = dialogs.map((dialog) => ({ ...dialog, name: 'Lucy' }));
    subscription.notify(dialogInfo(version++, named));
    await server.party.next(200);
  }

  it('[ML-37] made there are told of from the first ring to the end', async () => {
    const call = { callId: 'c1', direction: 'initiator' } as const;
    await tell({ ...call, state: 'trying' });
    const [seen] = watched;
    expect(seen).to.deep.include({
      direction: 'outbound',
      device: 'elsewhere',
      correlation: 'c1',
      remote: { address: '+14155550101', name: 'Lucy' },
    });
    const signals = lineSignals(seen!);
    await tell({ ...call, state: 'early' });
    await tell({ ...call, state: 'early' });
    await tell({ ...call, state: 'confirmed' });
    await tell({ ...call, state: 'confirmed' });
    await tell({ ...call, state: 'terminated', event: 'local-bye' });
    expect(signals.all).to.deep.equal([
      { type: 'ringing' },
      { type: 'answered' },
      { type: 'ended', reason: 'completed', by: 'us' },
    ]);
    expect(watched).to.have.length(1);
  });

  it('end as they did', async () => {
    const ends: [Partial<ToldDialog>[], string][] = [
      [[{ state: 'terminated', event: 'cancelled' }], 'cancelled us'],
      [[{ state: 'terminated', event: 'rejected', code: 486 }], 'busy them'],
      [[{ state: 'terminated', event: 'rejected', code: 603 }], 'declined them'],
      [[{ state: 'terminated', event: 'timeout' }], 'no-answer them'],
      [[{ state: 'confirmed' }, { state: 'terminated', event: 'replaced' }], 'transferred us'],
      [[{ state: 'confirmed' }, { state: 'terminated', event: 'remote-bye' }], 'completed them'],
    ];
    for (const [index, [states, expected]] of ends.entries()) {
      const call = { callId: `c${String(index)}`, direction: 'initiator', state: 'early' } as const;
      await tell(call);
      const signals = lineSignals(watched.at(-1)!);
      for (const state of states) await tell({ ...call, ...state });
      const ended = await signals.next('ended');
      expect(`${ended.reason} ${ended.by}`).to.equal(expected);
    }
  });

  it('end when the server tells of them no more', async () => {
    await tell({ callId: 'c1', direction: 'initiator', state: 'confirmed' });
    const signals = lineSignals(watched[0]!);
    await tell();
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'them' });
  });

  it('leave their controls where the audio is', async () => {
    await tell({ callId: 'c1', direction: 'initiator', state: 'confirmed' });
    const call = watched[0]!;
    const signals = lineSignals(call);
    for (const act of [call.answer(), call.decline(), call.hangUp()]) {
      expect(await act.catch((thrown: unknown) => thrown)).to.have.property('code', 'unsupported');
    }
    call.mute(true);
    expect(signals.all).to.deep.equal([{ type: 'answered' }]);
    expect([call.hold, call.sendDigits, call.transfer]).to.deep.equal([undefined, undefined, undefined]);
  });

  it('that ring here too are ours until somebody answers them there', async () => {
    const caller = network.party('+14155550101');
    const coming = nextIncoming(line);
    const invite = {
      ...caller.request('INVITE', 'ann', { headers: [['X-Call', 'desk 7']] }),
    };
    // The notifier stands at the user's name as well: the phone's own leg is the other one.
    const call = await coming;
    const signals = lineSignals(call);
    const callId = headerOf(invite, 'Call-ID');
    await tell({ callId, direction: 'recipient', state: 'early' });
    expect(watched).to.have.length(0);
    await tell({ callId, direction: 'recipient', state: 'confirmed' });
    expect(watched).to.have.length(0);
    const leg = await server.party.next('INVITE');
    server.party.respond(leg, 200);
    expect((await signals.next('ended')).reason).to.equal('answered-elsewhere');
    await clock.run(0);
    expect(watched).to.have.length(1);
    expect(watched[0]).to.deep.include({ direction: 'inbound', device: 'elsewhere', correlation: 'desk 7' });
    const there = lineSignals(watched[0]!);
    await there.next('answered');
    await tell({ callId, direction: 'recipient', state: 'terminated', event: 'remote-bye' });
    expect(await there.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'them' });
  });

  it('are not those that this phone makes', async () => {
    const bob = network.party('bob');
    const call = await line.dial('bob');
    const invite = await bob.next('INVITE');
    const callId = headerOf(invite, 'Call-ID');
    for (const state of ['trying', 'early', 'confirmed']) await tell({ callId, direction: 'initiator', state });
    bob.respond(invite, 486);
    await lineSignals(call).next('ended');
    await tell({ callId, direction: 'initiator', state: 'confirmed' });
    expect(watched).to.have.length(0);
  });

  it('are not those that another page of this phone had, under another Call-ID than their correlation', async () => {
    const token = JSON.stringify({
      callId: 'of-the-page-before',
      correlation: 'desk-7',
      localTag: 'a',
      remoteTag: 'b',
      remoteTarget: 'sip:nobody@wire.test',
      remoteUri: 'sip:nobody@wire.test',
      routes: [],
      direction: 'inbound',
      remote: { address: '+14155550101' },
      held: false,
    });
    const taken = line.resume!(token).catch((thrown: unknown) => thrown);
    await tell({ callId: 'of-the-page-before', direction: 'recipient', state: 'confirmed' });
    expect(await taken).to.be.instanceOf(Error);
    await tell({ callId: 'of-the-page-before', direction: 'recipient', state: 'confirmed' });
    expect(watched).to.have.length(0);
  });

  it('are interrupted when nobody can tell of them any more', async () => {
    await tell({ callId: 'c1', direction: 'initiator', state: 'confirmed' });
    const signals = lineSignals(watched[0]!);
    subscription.notify('', 'terminated;reason=rejected');
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'interrupted', by: 'us' });
  });

  it('that nobody can tell of any more do not come back with the next call of ours', async () => {
    await tell({ callId: 'c1', direction: 'initiator', state: 'confirmed' });
    const signals = lineSignals(watched[0]!);
    subscription.notify('', 'terminated;reason=rejected');
    await signals.next('ended');
    const bob = network.party('bob');
    const call = await line.dial('bob');
    bob.respond(await bob.next('INVITE'), 486);
    await lineSignals(call).next('ended');
    expect(watched).to.have.length(1);
  });

  it('go on over a reconnect', async () => {
    await tell({ callId: 'c1', direction: 'initiator', state: 'confirmed' });
    const signals = lineSignals(watched[0]!);
    network.cut();
    await clock.run(4_000);
    subscription = await server.subscribed('dialog');
    version = 0;
    await tell({ callId: 'c1', direction: 'initiator', state: 'confirmed' });
    expect(watched).to.have.length(1);
    await tell({ callId: 'c1', direction: 'initiator', state: 'terminated', event: 'remote-bye' });
    expect(signals.all.map(({ type }) => type)).to.deep.equal(['answered', 'ended']);
  });

  for (const [status, watch] of [
    [403, true],
    [404, true],
    [489, true],
    [501, true],
    [0, false],
  ] as const)
    it(`are ${watch ? `asked for once where the server answers ${String(status)}` : 'not asked for against the wish'}`, async () => {
      const there = wire({ clock });
      const party = there.party('bob');
      const account = sipAccount({
        servers: ['ws://a.wire.test'],
        uri: 'sip:bob@wire.test',
        credentials: () => ({ password: 'bob' }),
        transport: there.transport,
        clock,
      });
      const phone = sipLine(account, { watch });
      phone.onWatched?.((call) => watched.push(call));
      await phone.start();
      if (status) party.respond(await party.next('SUBSCRIBE'), status);
      // The first pause between two attempts would be a quarter of that.
      await clock.run(60_000);
      const asked = there.messages.filter(({ start }) => start.startsWith('SUBSCRIBE')).length;
      expect([asked, phone.$status.get().state]).to.deep.equal([status ? 1 : 0, 'registered']);
      await phone.stop();
    });

  it('survive any nonsense', async () => {
    for (const body of ['', 'garbage', '<dialog-info/>', '<!DOCTYPE x><dialog-info version="1"/>']) {
      subscription.notify(body);
      await server.party.next(200);
    }
    await tell({ callId: 'c1', direction: 'initiator', state: 'confirmed' });
    expect(watched).to.have.length(1);
  });
});
