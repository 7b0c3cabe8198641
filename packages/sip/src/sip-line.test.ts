import { expect } from '@open-wc/testing';
import { lineSignals, nextIncoming, wire } from '@multiline/testing';
import { hears, phone, ringing, stopPhones, talking } from './testing/phones.ts';

describe('sipLine', () => {
  afterEach(stopPhones);

  it('calls and is called, with audio both ways', async () => {
    const network = wire({ password: (user) => user });
    const ann = await phone(network, 'ann', {}, { displayName: 'Ann Lee' });
    const bob = await phone(network, 'bob');
    const { ours: out, theirs: call } = await talking(ann, bob, 'bob');
    expect(call.remote).to.deep.equal({ address: 'ann', name: 'Ann Lee' });
    expect(call.called).to.equal('bob');
    expect(out.remote).to.deep.equal({ address: 'bob' });
    await Promise.all([hears(out), hears(call)]);
  });

  it('is not disturbed by a listener that throws', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const errors: unknown[] = [];
    const { reportError } = window;
    window.reportError = (error: unknown) => void errors.push(error);
    try {
      bob.onIncoming(() => {
        throw new Error('A listener of the page.');
      });
      const { theirs } = await talking(ann, bob, 'bob');
      await hears(theirs);
    } finally {
      window.reportError = reportError;
    }
    expect(errors).to.have.length(1);
  });

  it('is busy while a call lives where it is told to be: the first of two at once rings, the second hears 486', async () => {
    const network = wire();
    const ann = await phone(network, 'ann', { busy: 'reject' });
    const [bob, carol] = [await phone(network, 'bob'), await phone(network, 'carol')];
    const calls: string[] = [];
    ann.onIncoming((call) => calls.push(call.remote.address));
    const [first, second] = await Promise.all([bob.dial('ann'), carol.dial('ann')]);
    const ended = await lineSignals(second).next('ended');
    expect(ended).to.deep.equal({ type: 'ended', reason: 'busy', by: 'them' });
    await lineSignals(first).next('ringing');
    expect(calls).to.deep.equal(['bob']);
  });

  it('is busy from the moment of the dial', async () => {
    const network = wire();
    const ann = await phone(network, 'ann', { busy: 'reject' });
    const [bob, carol] = [await phone(network, 'bob'), await phone(network, 'carol')];
    const [, theirs] = await Promise.all([ann.dial('bob'), carol.dial('ann')]);
    expect((await lineSignals(theirs).next('ended')).reason).to.equal('busy');
    await bob.stop();
  });

  it('offers the second call too', async () => {
    const network = wire();
    const ann = await phone(network, 'ann');
    const [bob, carol] = [await phone(network, 'bob'), await phone(network, 'carol')];
    const calls: string[] = [];
    ann.onIncoming((call) => calls.push(call.remote.address));
    const [first, second] = await Promise.all([bob.dial('ann'), carol.dial('ann')]);
    await Promise.all([lineSignals(first).next('ringing'), lineSignals(second).next('ringing')]);
    expect(calls).to.deep.equal(['bob', 'carol']);
  });

  it('rings on two phones: the one that is slower knows that it was answered elsewhere', async () => {
    const network = wire();
    const [desk, home, bob] = [await phone(network, 'ann'), await phone(network, 'ann'), await phone(network, 'bob')];
    const coming = Promise.all([nextIncoming(desk), nextIncoming(home)]);
    const out = lineSignals(await bob.dial('ann'));
    const [one, two] = await coming;
    const slow = lineSignals(two);
    await one.answer();
    await out.next('answered');
    expect(await slow.next('ended')).to.deep.equal({ type: 'ended', reason: 'answered-elsewhere', by: 'them' });
  });

  for (const declineCode of [486, 603] as const) {
    it(`declines by ${String(declineCode)} where it is told to`, async () => {
      const network = wire();
      const [ann, party] = [await phone(network, 'ann', { declineCode }), network.party('bob')];
      const coming = nextIncoming(ann);
      party.request('INVITE', 'ann');
      await (await coming).decline();
      const refusal = await party.next(declineCode);
      expect(refusal.start).to.contain(String(declineCode));
    });
  }

  it('names a call by the header that everybody knows', async () => {
    const network = wire();
    const correlationHeader = 'X-Call-Id';
    const ann = await phone(network, 'ann', {}, { correlationHeader });
    const bob = await phone(network, 'bob', {}, { correlationHeader });
    const { ours: out, theirs: call } = await ringing(ann, bob, 'bob');
    expect(out.correlation).to.equal(out.id);
    expect(call.correlation).to.equal(out.id);
    const ended = lineSignals(call).next('ended');
    await out.hangUp();
    await ended;
    await lineSignals(out).next('ended');
    const coming = nextIncoming(bob);
    const named = await ann.dial('bob', { headers: { 'X-Call-Id': 'c-7' } });
    expect([named.correlation, (await coming).correlation]).to.deep.equal(['c-7', 'c-7']);
  });
});
