import { expect } from '@open-wc/testing';
import type { Line, LineCall, MultiLineError } from '@multiline/core';
import {
  lineSignals,
  manualClock,
  nextIncoming,
  wire,
  type Party,
  type SipMessage,
  type Wire,
} from '@multiline/testing';
import type { SipAccountOptions } from '../index.ts';
import { phoneSystem } from '../on-demand.ts';
import { kept } from '../testing/kept.ts';
import { hears, phone, reached, requests, ringing, stopPhones, valueOf } from '../testing/phones.ts';

const code = (error: unknown): string => (error as MultiLineError).code;

/** The page is gone without a word, and its socket with it. */
async function die(network: Wire, line: Line): Promise<void> {
  network.cut('ann');
  await line.stop();
}

/** Ann's page, then the same after it died, both at once called by Bob. */
async function handedOver(network: Wire) {
  const before = await phone(network, 'ann');
  const bob = await phone(network, 'bob');
  const { ours: theirs, we: they, they: we } = await ringing(bob, before, 'ann');
  const { token } = await we.next('resumable');
  await they.next('ringing');
  await die(network, before);
  const after = await phone(network, 'ann');
  return { theirs, they, token, after };
}

/** A caller who does what the test says; Ann's page, where the call rang, is gone. */
async function scripted(network: Wire, account: Partial<SipAccountOptions> = {}) {
  const lucy = network.party('lucy');
  const before = await phone(network, 'ann');
  const coming = new Promise<LineCall>((resolve) => before.onIncoming(resolve));
  const invite = lucy.request('INVITE', 'ann');
  const { token } = await lineSignals(await coming).next('resumable');
  await lucy.next(180);
  await die(network, before);
  const after = await phone(network, 'ann', {}, account);
  return { lucy, invite, token, after };
}

/** A caller whom Ann has declined while her server was away; answers how her page is loaded again, with the server back. */
async function declinedInVain(network: Wire) {
  const servers = ['ws://ann.wire.test'];
  const storage = kept();
  const lucy = network.party('lucy');
  const before = await phone(network, 'ann', {}, { servers, storage });
  const coming = nextIncoming(before);
  const invite = lucy.request('INVITE', 'ann');
  const call = await coming;
  await lucy.next(180);
  const away = reached(before, 'reconnecting');
  network.down(servers[0]);
  await away;
  await call.decline();
  await before.stop();
  network.up(servers[0]);
  const reload = (account: Partial<SipAccountOptions> = {}): Promise<Line> =>
    phone(network, 'ann', {}, { servers, storage, ...account });
  return { lucy, invite, reload };
}

/** The same INVITE once more, on a branch of its own: what a server sends to a phone that registers while it rings. */
function fork(lucy: Party, invite: SipMessage): void {
  const headers = invite.headers.map(([name, value]) =>
    name === 'Via' ? ([name, `${value}fork`] as const) : ([name, value] as const),
  );
  lucy.send({ ...invite, headers });
}

describe('a call that rings on after its page', () => {
  afterEach(stopPhones);

  it('is answered over the new connection, both speak, and it ends properly', async () => {
    const network = wire();
    const { theirs, they, token, after } = await handedOver(network);
    const told: LineCall[] = [];
    after.onIncoming((call) => told.push(call));
    const call = await after.resume?.(token);
    if (!call) throw new Error('It can.');
    expect([call.direction, call.remote.address, told.length]).to.deep.equal(['inbound', 'bob', 0]);
    const we = lineSignals(call);
    await call.answer();
    await Promise.all([we.next('answered'), they.next('answered')]);
    await Promise.all([hears(call), hears(theirs)]);
    await theirs.hangUp();
    expect(await we.next('ended')).to.include({ reason: 'completed', by: 'them' });
    expect(requests(network, 'INVITE'), 'the caller has called once').to.have.length(1);
  });

  it('is declined for the caller', async () => {
    const { they, token, after } = await handedOver(wire());
    const call = await after.resume?.(token);
    await call?.decline();
    expect((await they.next('ended')).reason).to.equal('declined');
  });

  it('can ring on a second time', async () => {
    const network = wire();
    const { they, token, after } = await handedOver(network);
    const call = await after.resume?.(token);
    const { token: next } = await lineSignals(call!).next('resumable');
    await die(network, after);
    const third = await phone(network, 'ann');
    await (await third.resume?.(next))?.answer();
    await they.next('answered');
  });

  it('offered by the server itself as well is one call, and the dead branch is closed with 482', async () => {
    const network = wire();
    const { lucy, invite, token, after } = await scripted(network);
    const coming = new Promise<LineCall>((resolve) => after.onIncoming(resolve));
    fork(lucy, invite);
    const offered = await coming;
    expect(await after.resume?.(token)).to.equal(offered);
    expect(valueOf(await lucy.next(482), 'Via')).to.equal(valueOf(invite, 'Via'));
  });

  it('offered by the server itself and over by then does not ring again', async () => {
    const network = wire();
    const { lucy, invite, token, after } = await scripted(network);
    const coming = new Promise<LineCall>((resolve) => after.onIncoming(resolve));
    fork(lucy, invite);
    await (await coming).decline('busy');
    await lucy.next(486);
    expect(await after.resume?.(token).catch(code)).to.equal('no-such-call');
    expect(valueOf(await lucy.next(482), 'Via')).to.equal(valueOf(invite, 'Via'));
  });

  it('does not, once it was declined while the server was away: the next page refuses it, whichever way it comes', async () => {
    const network = wire();
    const { lucy, invite, reload } = await declinedInVain(network);
    const after = await reload();
    const told: LineCall[] = [];
    after.onIncoming((call) => told.push(call));
    const refusal = await lucy.next(603);
    expect([valueOf(refusal, 'Via'), valueOf(refusal, 'CSeq')]).to.deep.equal([
      valueOf(invite, 'Via'),
      valueOf(invite, 'CSeq'),
    ]);
    fork(lucy, invite);
    await lucy.next((message) => /^SIP\S+ [4-6]/.test(message.start) && valueOf(message, 'Via').endsWith('fork'));
    expect(told).to.have.length(0);
  });

  it('may ring again three minutes after it was declined in vain', async () => {
    const network = wire();
    const { lucy, invite, reload } = await declinedInVain(network);
    const clock = manualClock(Date.now() + 180_001);
    const after = await reload({ clock });
    await phoneSystem();
    await clock.run(0);
    const coming = nextIncoming(after);
    fork(lucy, invite);
    await coming;
    expect(network.messages.some(({ start }) => start.startsWith('SIP/2.0 603'))).to.equal(false);
  });

  it('is missed soon after the caller has given up, although the CANCEL went to the page that is gone', async () => {
    const { theirs, token, after } = await handedOver(wire());
    await theirs.hangUp();
    const call = await after.resume?.(token);
    expect(await lineSignals(call!).next('ended')).to.include({ reason: 'missed', by: 'them' });
  });

  it('is missed when phones have long stopped to ring, if nobody says whether the caller is there', async () => {
    const network = wire();
    const clock = manualClock(Date.now() + 15_000);
    const { lucy, token, after } = await scripted(network, { clock });
    const resumed = after.resume?.(token);
    await clock.run(200);
    const signals = lineSignals((await resumed)!);
    await clock.run(14_000);
    expect(signals.all.some(({ type }) => type === 'ended')).to.equal(false);
    await clock.run(1_500);
    expect(await signals.next('ended')).to.include({ reason: 'missed', by: 'them' });
    await lucy.next(480);
  });

  it('gives somebody time to answer however long it rang before, and rings on while that is open', async () => {
    const network = wire();
    const clock = manualClock(Date.now() + 60_000);
    const { lucy, invite, token, after } = await scripted(network, { clock });
    const resumed = after.resume?.(token);
    await clock.run(200);
    const call = (await resumed)!;
    const signals = lineSignals(call);
    await clock.run(9_000);
    void call.answer();
    await clock.run(2_000);
    const answered = await lucy.next(200);
    lucy.within(invite, answered, 'ACK');
    expect(signals.all.some(({ type }) => type === 'ended')).to.equal(false);
  });

  it('is not what cannot ring: nonsense, an INVITE within a call, one that the guard refuses', async () => {
    const network = wire();
    const { token, after } = await scripted(network);
    const { invite, since } = JSON.parse(token) as { invite: string; since: number };
    const changed = (text: string): string => JSON.stringify({ invite: text, since });
    for (const nonsense of [
      '{"invite":"INVITE"}',
      JSON.stringify({ invite, since: 'today' }),
      changed(invite.replace(/^To: .*$/m, '$&;tag=1')),
      changed(invite.replace('INVITE ', 'BYE ')),
      changed(invite.replace(/^CSeq: .*$/m, 'CSeq: x')),
      changed(invite.replace('\r\n', `\r\nX-Long: ${'x'.repeat(40_000)}\r\n`)),
    ])
      expect(await after.resume?.(nonsense).catch(code), nonsense.slice(0, 60)).to.equal('no-such-call');
  });
});
