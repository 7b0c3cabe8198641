import { expect } from '@open-wc/testing';
import { MultiLineError, type Line, type LineCall } from '@multiline/core';
import { lineSignals, nextIncoming, wire, type Wire } from '@multiline/testing';
import { callStats, sipAccount, sipLine, type SipAccountOptions, type SipLineOptions } from './index.ts';

const phones: Line[] = [];

/** A registered phone of a user. */
async function phone(
  network: Wire,
  user: string,
  line: SipLineOptions = {},
  account: Partial<SipAccountOptions> = {},
): Promise<Line> {
  const { transport } = network;
  const options = {
    servers: ['ws://wire.test'],
    uri: `sip:${user}@wire.test`,
    credentials: () => ({ password: user }),
    transport,
  };
  const made = sipLine(sipAccount({ ...options, ...account }), line);
  phones.push(made);
  await made.start();
  return made;
}

/** Until audio has flowed both ways since `from`: packets and energy. */
async function audible(call: LineCall, from = { sent: { packets: 0 }, received: { packets: 0, energy: 0 } }) {
  for (;;) {
    const stats = await callStats(call);
    const enough = (now: { packets: number } | undefined, then: { packets: number }) =>
      (now?.packets ?? 0) > then.packets + 10;
    const heard = (stats?.received.energy ?? 0) > from.received.energy && (stats?.sent.energy ?? 0) > 0;
    if (stats && enough(stats.sent, from.sent) && enough(stats.received, from.received) && heard) return stats;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

async function ringing(from: Line, to: Line, target: string): Promise<[caller: LineCall, callee: LineCall]> {
  const coming = nextIncoming(to);
  const caller = await from.dial(target);
  return [caller, await coming];
}

async function talking(from: Line, to: Line, target: string): Promise<[caller: LineCall, callee: LineCall]> {
  const [caller, callee] = await ringing(from, to, target);
  const signals = lineSignals(caller);
  await callee.answer();
  await signals.next('answered');
  return [caller, callee];
}

describe('sipLine', () => {
  afterEach(async () => {
    await Promise.all(phones.splice(0).map((line) => line.stop()));
  });

  it('calls and is called, with audio both ways', async () => {
    const network = wire({ password: (user) => user });
    const ann = await phone(network, 'ann', {}, { displayName: 'Ann Lee' });
    const bob = await phone(network, 'bob');
    const [out, call] = await talking(ann, bob, 'bob');
    expect(call.remote).to.deep.equal({ address: 'ann', name: 'Ann Lee' });
    expect(call.called).to.equal('bob');
    expect(out.remote).to.deep.equal({ address: 'bob' });
    const [sent, got] = await Promise.all([audible(out), audible(call)]);
    expect(sent.sent.energy).to.be.greaterThan(0);
    expect(got.received.packets).to.be.greaterThan(10);
  });

  it('sends nothing of the microphone while muted', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const [out, call] = await talking(ann, bob, 'bob');
    await Promise.all([audible(out), audible(call)]);
    out.mute(true);
    // What was on its way arrives; then the received energy stands still although packets go on.
    const silent = async (): Promise<boolean> => {
      const before = await callStats(call);
      while (((await callStats(call))?.received.packets ?? 0) < (before?.received.packets ?? 0) + 25) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return ((await callStats(call))?.received.energy ?? 0) - (before?.received.energy ?? 0) < 1e-6;
    };
    while (!(await silent()));
    out.mute(false);
    await audible(call, await callStats(call));
  });

  it('opens the microphone for a call alone, and lets go of it with the last call', async () => {
    const tracks: MediaStreamTrack[] = [];
    const openMicrophone = async (): Promise<MediaStreamTrack> => {
      const [track] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks();
      if (!track) throw new MultiLineError('mic-missing');
      tracks.push(track);
      return track;
    };
    const network = wire();
    const ann = await phone(network, 'ann', { openMicrophone });
    const bob = await phone(network, 'bob');
    ann.prepare?.();
    const [call, ours] = await ringing(bob, ann, 'ann');
    expect(tracks).to.have.length(0);
    await ours.answer();
    expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(['live']);
    const signals = lineSignals(call);
    await ours.hangUp();
    expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(['ended']);
    await signals.next('ended');
  });

  for (const code of ['mic-denied', 'mic-missing', 'mic-in-use'] as const) {
    it(`goes on ringing when an answer fails with ${code}, and can be answered after all`, async () => {
      let broken = true;
      const openMicrophone = async (): Promise<MediaStreamTrack> => {
        if (broken) throw new MultiLineError(code);
        return (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks()[0]!;
      };
      const network = wire();
      const ann = await phone(network, 'ann', { openMicrophone });
      const bob = await phone(network, 'bob');
      const [call, ours] = await ringing(bob, ann, 'ann');
      const [theirs, signals] = [lineSignals(call), lineSignals(ours)];
      const error = await ours.answer().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(MultiLineError);
      expect(error).to.have.property('code', code);
      expect(signals.shown).to.deep.equal([]);
      broken = false;
      await ours.answer();
      await Promise.all([theirs.next('answered'), signals.next('answered')]);
    });
  }

  it('tells a dial whose microphone fails, whether or not the INVITE had left', async () => {
    const openMicrophone = (): Promise<MediaStreamTrack> => Promise.reject(new MultiLineError('mic-denied'));
    const network = wire();
    const ann = await phone(network, 'ann', { openMicrophone });
    const bob = await phone(network, 'bob');
    const seen: string[] = [];
    const coming = nextIncoming(bob).then((call) => lineSignals(call).next('ended'));
    try {
      const { reason, by, failure } = await lineSignals(await ann.dial('bob')).next('ended');
      seen.push(`${reason} ${by} ${failure?.code ?? ''}`);
      expect((await coming).reason).to.equal('missed');
    } catch (thrown) {
      seen.push((thrown as MultiLineError).code);
      expect(network.messages.some(({ start }) => start.startsWith('INVITE'))).to.equal(false);
    }
    expect(seen[0]).to.be.oneOf(['failed us mic-denied', 'mic-denied']);
    const again = await ann.dial('bob').catch((error: unknown) => (error as MultiLineError).code);
    expect(again).not.to.equal('in-call');
  });

  it('stops at once while a dial waits for the microphone, and the dial is over', async () => {
    const { query } = navigator.permissions;
    navigator.permissions.query = () => Promise.resolve(Object.assign(new EventTarget(), { state: 'prompt' }) as never);
    try {
      const network = wire();
      let asked = (): void => undefined;
      const asking = new Promise<void>((resolve) => (asked = resolve));
      const openMicrophone = (signal: AbortSignal): Promise<MediaStreamTrack> =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
          asked();
        });
      const ann = await phone(network, 'ann', { openMicrophone });
      const dialed = ann.dial('bob').catch((error: unknown) => (error as MultiLineError).code);
      await asking;
      await ann.stop();
      expect(await dialed).to.equal('no-such-call');
      expect(ann.$status.get().state).to.equal('off');
      expect(network.messages.some(({ start }) => start.startsWith('INVITE'))).to.equal(false);
    } finally {
      navigator.permissions.query = query;
    }
  });

  it('goes on with another microphone when the first is lost in mid-call, and is muted while there is none', async () => {
    const tracks: MediaStreamTrack[] = [];
    let missing = false;
    const openMicrophone = async (): Promise<MediaStreamTrack> => {
      if (missing) throw new MultiLineError('mic-missing');
      const [track] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks();
      tracks.push(track!);
      return track!;
    };
    const lose = (): void => {
      tracks.at(-1)?.stop();
      tracks.at(-1)?.dispatchEvent(new Event('ended'));
    };
    const network = wire();
    const ann = await phone(network, 'ann', { openMicrophone });
    const bob = await phone(network, 'bob');
    const [ours, theirs] = await talking(ann, bob, 'bob');
    const signals = lineSignals(ours);
    await audible(theirs);
    lose();
    while (tracks.length < 2) await new Promise((resolve) => requestAnimationFrame(resolve));
    await audible(theirs, await callStats(theirs));
    expect(signals.all.map(({ type }) => type)).not.to.include('muted');
    missing = true;
    lose();
    expect(await signals.next('muted')).to.deep.equal({ type: 'muted', muted: true });
    missing = false;
    ours.mute(false);
    expect(await signals.next('muted')).to.deep.equal({ type: 'muted', muted: false });
    await audible(theirs, await callStats(theirs));
    await ours.hangUp();
    expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(tracks.map(() => 'ended'));
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
      const [, theirs] = await talking(ann, bob, 'bob');
      await audible(theirs);
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
    const [out, call] = await ringing(ann, bob, 'bob');
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

  it('waits for the audio to be ready for digits before it sends them another way', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const [out] = await talking(ann, bob, 'bob');
    const { insertDTMF } = RTCDTMFSender.prototype;
    const sent: string[] = [];
    RTCDTMFSender.prototype.insertDTMF = function (this: RTCDTMFSender, ...tones) {
      RTCDTMFSender.prototype.insertDTMF = (digits) => void sent.push(digits);
      throw new DOMException(`Not ready for ${tones[0]}.`, 'InvalidStateError');
    };
    try {
      await out.sendDigits?.('7');
    } finally {
      RTCDTMFSender.prototype.insertDTMF = insertDTMF;
    }
    expect(sent).to.deep.equal(['7']);
    expect(network.messages.some(({ start }) => start.startsWith('INFO'))).to.equal(false);
  });

  it('sends digits as telephone events, and by INFO where the other side takes none', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const [out] = await talking(ann, bob, 'bob');
    await out.sendDigits?.('12');
    expect(network.messages.some(({ start }) => start.startsWith('INFO'))).to.equal(false);
    const { insertDTMF } = RTCDTMFSender.prototype;
    RTCDTMFSender.prototype.insertDTMF = () => {
      throw new DOMException('No telephone events.', 'InvalidStateError');
    };
    try {
      await out.sendDigits?.('9#');
    } finally {
      RTCDTMFSender.prototype.insertDTMF = insertDTMF;
    }
    const sent = network.messages
      .filter(({ start }) => start.startsWith('INFO'))
      .map(({ body }) => /Signal=(.)/.exec(body)?.[1]);
    expect(sent).to.deep.equal(['9', '#']);
  });
});
