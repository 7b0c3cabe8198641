import { expect } from '@open-wc/testing';
import { MultiLineError } from '@multiline/core';
import { lineSignals, nextIncoming, wire } from '@multiline/testing';
import { hears, hearsNothing, phone, ringing, stopPhones, talking } from './testing/phones.ts';

describe('the microphone of a line', () => {
  afterEach(stopPhones);

  it('sends nothing of the microphone while muted', async () => {
    const network = wire();
    const [ann, bob] = [await phone(network, 'ann'), await phone(network, 'bob')];
    const { ours: out, theirs: call } = await talking(ann, bob, 'bob');
    await Promise.all([hears(out), hears(call)]);
    out.mute(true);
    await hearsNothing(call);
    out.mute(false);
    await hears(call);
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
    const { ours: call, theirs: ours } = await ringing(bob, ann, 'ann');
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
      const { ours: call, theirs: ours } = await ringing(bob, ann, 'ann');
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
    const { ours, theirs } = await talking(ann, bob, 'bob');
    const signals = lineSignals(ours);
    await hears(theirs);
    lose();
    while (tracks.length < 2) await new Promise((resolve) => requestAnimationFrame(resolve));
    await hears(theirs);
    expect(signals.all.map(({ type }) => type)).not.to.include('muted');
    missing = true;
    lose();
    expect(await signals.next('muted')).to.deep.equal({ type: 'muted', muted: true });
    missing = false;
    ours.mute(false);
    expect(await signals.next('muted')).to.deep.equal({ type: 'muted', muted: false });
    await hears(theirs);
    await ours.hangUp();
    expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(tracks.map(() => 'ended'));
  });
});
