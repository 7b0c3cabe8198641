import { systemClock, type Line, type LineCall } from '@multiline/core';
import { lineSignals, manualClock, nextIncoming, wire, type Wire } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import { callStats, sipAccount, sipLine, type SipLineOptions } from './index.ts';
import { until } from './media/tones.test.ts';

const phones: Line[] = [];

async function phone(network: Wire, user: string, options: SipLineOptions = {}, clock = systemClock()): Promise<Line> {
  const { transport } = network;
  const credentials = () => ({ password: user });
  const account = sipAccount({
    servers: ['ws://wire.test'],
    uri: `sip:${user}@wire.test`,
    credentials,
    transport,
    clock,
  });
  const made = sipLine(account, options);
  phones.push(made);
  await made.start();
  return made;
}

/** Ann has called Bob, who has answered. */
async function talking(ann: Line, bob: Line): Promise<[ours: LineCall, theirs: LineCall]> {
  const coming = nextIncoming(bob);
  const ours = await ann.dial('bob');
  const signals = lineSignals(ours);
  const theirs = await coming;
  await theirs.answer();
  await signals.next('answered');
  return [ours, theirs];
}

describe('the audio of a line', () => {
  afterEach(async () => {
    await Promise.all(phones.splice(0).map((line) => line.stop()));
  });

  it('lets a live call follow the choice of a microphone, muted as it was', async () => {
    const tracks: MediaStreamTrack[] = [];
    const openMicrophone: SipLineOptions['openMicrophone'] = async (_signal, constraints) => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: constraints });
      tracks.push(...stream.getAudioTracks());
      return stream.getAudioTracks()[0]!;
    };
    const network = wire();
    const ann = await phone(network, 'ann', { openMicrophone });
    const [ours, theirs] = await talking(ann, await phone(network, 'bob'));
    const energy = async (): Promise<number> => (await callStats(theirs))?.received.energy ?? 0;
    const label = 'Fake Audio Input 2';
    await ann.audio?.choose('microphone', label);
    expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(['ended', 'live']);
    expect(tracks[1]?.label).to.equal(label);
    const before = await energy();
    while ((await energy()) <= before) await new Promise(requestAnimationFrame);
    ours.mute(true);
    await ann.audio?.choose('microphone', null);
    expect(tracks[2]?.enabled).to.equal(false);
    await ours.hangUp();
    await until(() => tracks.every(({ readyState }) => readyState === 'ended'));
  });

  it('shows how loud both sides of a call are', async () => {
    const network = wire();
    const [ours] = await talking(await phone(network, 'ann'), await phone(network, 'bob'));
    await new Promise<void>((resolve) => {
      const stop = ours.watchLevels?.(({ microphone, remote }) => {
        if (microphone < 0.3 || remote < 0.3) return;
        stop?.();
        resolve();
      });
    });
  });

  it('tells once how a call sounded, before its end, and measures nothing afterwards', async () => {
    const network = wire();
    const clock = manualClock();
    const ann = await phone(network, 'ann', {}, clock);
    const [ours] = await talking(ann, await phone(network, 'bob'));
    const signals = lineSignals(ours);
    const received = async () => (await callStats(ours))?.received ?? { packets: 0, energy: 0 };
    const heard = async (): Promise<void> => {
      const before = await received();
      for (let now = before; now.packets <= before.packets || now.energy <= before.energy; now = await received())
        await new Promise(requestAnimationFrame);
      clock.advance(2_000);
      await received();
    };
    for (let round = 0; round < 3; round += 1) await heard();
    await ours.hangUp();
    await signals.next('ended');
    const [quality, ended] = signals.all.slice(-2);
    expect([quality?.type, ended?.type]).to.deep.equal(['quality', 'ended']);
    if (quality?.type === 'quality') expect(quality.quality).to.include({ problem: 'none', lossPercent: 0 });
    expect(signals.all.filter(({ type }) => type === 'quality')).to.have.length(1);
  });

  it('checks the microphone among what a line checks', () => {
    const account = sipAccount({
      servers: ['ws://wire.test'],
      uri: 'sip:ann@wire.test',
      credentials: () => null as never,
    });
    expect(sipLine(account).checks?.map(({ name }) => name)).to.include('microphone');
  });
});
