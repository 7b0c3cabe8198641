import { expect } from '@open-wc/testing';
import { MultiLineError, type Line } from '@multiline/core';
import { lineSignals, wire, type LineSignals, type Wire } from '@multiline/testing';
import { kept } from '../testing/kept.ts';
import {
  hears,
  hearsNothing,
  phone,
  requests,
  ringing,
  stopPhones,
  talking,
  until,
  valueOf,
} from '../testing/phones.ts';

const code = (error: unknown): string => (error as MultiLineError).code;

/** What takes back a call that was answered; while it rings it says what lets it ring on. */
async function dialogToken(signals: LineSignals): Promise<string> {
  for (;;) {
    const { token } = await signals.next('resumable');
    if (token.includes('"remoteTag"')) return token;
  }
}

/** A server of Ann's alone. */
const SERVER = 'ws://ann.wire.test';

/** Ann has talked with Bob when her page was gone without a word; answers how it is loaded again. */
async function died(network: Wire) {
  const storage = kept();
  const account = { servers: [SERVER] };
  const before = await phone(network, 'ann', {}, { ...account, storage });
  const { ours, we, they } = await talking(before, await phone(network, 'bob'), 'bob');
  const token = await dialogToken(we);
  const reloaded = kept(storage.items);
  network.loseNext('BYE');
  void ours.hangUp();
  network.cut('ann');
  void before.stop();
  const reload = (options: Parameters<typeof phone>[2] = {}): Promise<Line> =>
    phone(network, 'ann', options, { ...account, storage: reloaded });
  return { they, token, reload };
}

describe('a call taken back by a reloaded page', () => {
  afterEach(stopPhones);

  for (const role of ['caller', 'called'] as const) {
    it(`goes on for the ${role}: the other side hears nobody ring, and both speak again`, async () => {
      const network = wire();
      const storage = kept();
      const before = await phone(network, 'ann', {}, { storage });
      const bob = await phone(network, 'bob');
      const { ours, theirs, we, they } =
        role === 'caller'
          ? await talking(before, bob, 'bob')
          : await talking(bob, before, 'ann').then(({ ours, theirs, we, they }) => ({
              ours: theirs,
              theirs: ours,
              we: they,
              they: we,
            }));
      const token = await dialogToken(we);
      await hears(theirs);
      // The page is gone without a word; its socket with it.
      const reloaded = kept(storage.items);
      network.loseNext((message) => message.start.startsWith('BYE') && valueOf(message, 'From').includes('ann'));
      void ours.hangUp();
      network.cut('ann');
      void before.stop();
      const after = await phone(network, 'ann', {}, { storage: reloaded });
      const call = await after.resume?.(token);
      if (!call) throw new Error('It can.');
      expect([call.direction, call.correlation, call.remote]).to.deep.equal([
        ours.direction,
        ours.correlation,
        ours.remote,
      ]);
      await Promise.all([hears(call), hears(theirs)]);
      expect(they.all.some(({ type }) => type === 'ended' || type === 'party-changed')).to.equal(false);
      const signals = lineSignals(call);
      await theirs.hangUp();
      expect((await signals.next('ended')).reason).to.equal('completed');
    });
  }

  it('waits on when it waited', async () => {
    const network = wire();
    const storage = kept();
    const before = await phone(network, 'ann', {}, { storage });
    const bob = await phone(network, 'bob');
    const { ours, theirs, we } = await talking(before, bob, 'bob');
    await ours.hold?.(true);
    await we.next('resumable');
    const { token } = await we.next('resumable');
    const reloaded = kept(storage.items);
    network.loseNext('BYE');
    void ours.hangUp();
    network.cut('ann');
    void before.stop();
    const after = await phone(network, 'ann', {}, { storage: reloaded });
    const asked = requests(network, 'INVITE').length;
    const call = await after.resume?.(token);
    // From its first word on: else the other side would be let out of the wait for a moment.
    const invites = requests(network, 'INVITE').slice(asked);
    expect(invites.map(({ body }) => /^a=(sendrecv|sendonly)/m.exec(body)?.[1])).to.deep.equal(['sendonly']);
    expect(lineSignals(call!).shown).to.deep.include({ type: 'held', by: 'us', held: true });
    await hearsNothing(theirs);
    await call?.hold?.(false);
    await hears(theirs);
  });

  for (const when of ['before it is asked for', 'after'] as const) {
    it(`whose microphone fails ${when} ${when === 'after' ? 'says that nobody is heard' : 'is given up, and keeps no caller away'}`, async () => {
      const network = wire();
      const { token, reload } = await died(network);
      const asked = requests(network, 'INVITE').length;
      const openMicrophone = async (): Promise<never> => {
        if (when === 'after') await until(() => requests(network, 'INVITE').length > asked);
        throw new MultiLineError('mic-in-use');
      };
      const after = await reload({ busy: 'reject', openMicrophone });
      const taken = after.resume?.(token);
      if (when === 'after') {
        const { muted } = await lineSignals((await taken)!).next('muted');
        expect(muted).to.equal(true);
        return;
      }
      expect(await taken?.catch(code)).to.equal('mic-in-use');
      await ringing(await phone(network, 'carol'), after, 'ann');
    });
  }

  it('asks the address of the other side where its phone is not known', async () => {
    const network = wire();
    const before = await phone(network, 'ann');
    const bob = await phone(network, 'bob');
    const { we } = await talking(before, bob, 'bob');
    const { token } = await we.next('resumable');
    network.refuseNext((message) => message.headers.some(([name]) => name === 'Replaces'), 404);
    await before.resume?.(token);
    const asked = requests(network, 'INVITE').filter((invite) => valueOf(invite, 'Replaces') !== '');
    expect(asked.map(({ start }) => start.split(' ')[1])).to.deep.equal([
      asked[0]?.start.split(' ')[1],
      'sip:bob@wire.test',
    ]);
  });

  it('is over for the other side too where the server does not let it be taken back', async () => {
    const network = wire();
    const { they, token, reload } = await died(network);
    const after = await reload();
    network.refuseNext((message) => valueOf(message, 'Replaces') !== '', 403);
    expect(await after.resume?.(token).catch(code)).to.equal('forbidden');
    expect(await they.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'them' });
  });

  it('is over for the other side too when the server is back, where it was away when the page came', async () => {
    const network = wire();
    const { they, token, reload } = await died(network);
    network.down(SERVER);
    const after = await reload();
    expect(await after.resume?.(token).catch(code)).to.equal('not-registered');
    expect(they.all.some(({ type }) => type === 'ended')).to.equal(false);
    network.up(SERVER);
    after.reconnect?.();
    expect(await they.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'them' });
  });

  it('is not taken back when the other side knows nothing of it, or nothing was kept', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const bob = await phone(network, 'bob');
    const { ours, we } = await talking(ann, bob, 'bob');
    const { token } = await we.next('resumable');
    await ours.hangUp();
    await we.next('ended');
    expect(await ann.resume?.(token).catch(code)).to.equal('refused');
    for (const nonsense of ['', '{}', 'null', '{"callId":1}']) {
      expect(await ann.resume?.(nonsense).catch(code)).to.equal('no-such-call');
    }
  });
});
