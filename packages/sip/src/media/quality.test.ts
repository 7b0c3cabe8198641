import type { CallQuality } from '@multiline/core';
import { manualClock, type ManualClock } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import type { AudioStats } from './audio-stats.ts';
import { watchLevels } from './levels.ts';
import { qualityWatch, type QualityWatch } from './quality.ts';
import { endSessions, heard, media, talk } from './session-pair.test.ts';
import type { SessionMedia } from './session-description.ts';
import { endTones, toneTrack } from './tones.test.ts';

describe('how a call sounds', () => {
  let clock: ManualClock;
  let told: CallQuality[];
  let watches: QualityWatch[];

  beforeEach(() => {
    clock = manualClock();
    told = [];
    watches = [];
  });

  afterEach(() => {
    watches.forEach((watch) => watch.run(false));
    expect(clock.waiting).to.equal(0);
    endSessions();
    endTones();
  });

  function watch(stats: () => Promise<AudioStats>, muted = false): QualityWatch {
    const made = qualityWatch({ clock, stats, muted: () => muted, tell: (quality) => told.push(quality) });
    watches.push(made);
    made.run(true);
    return made;
  }

  const spoken = (frequency: number, enabled = true) => ({
    openMicrophone: async () => {
      const track = toneTrack(frequency);
      if (enabled) return track;
      // A microphone that is there and gives nothing, as one with a switch of its own.
      const context = new AudioContext();
      return context.createMediaStreamDestination().stream.getAudioTracks()[0]!;
    },
  });

  /** Lets two seconds pass for the watch once audio has come for real. */
  async function pass(from: SessionMedia): Promise<void> {
    const packets = async (): Promise<number> => (await from.stats()).received.packets;
    const before = await packets();
    while ((await packets()) <= before) await new Promise(requestAnimationFrame);
    clock.advance(2_000);
    await from.stats();
  }

  it('says nothing of a good call but its summary at the end', async () => {
    const [us, them] = [media(spoken(500)), media(spoken(900))];
    await talk(us, them);
    await Promise.all([heard(us), heard(them)]);
    const quality = watch(() => us.stats());
    for (let round = 0; round < 12; round += 1) await pass(us);
    expect(told).to.deep.equal([]);
    quality.finish();
    expect(told).to.have.length(1);
    expect(told[0]?.mos).to.be.greaterThan(4);
    expect(told[0]).to.include({ problem: 'none', lossPercent: 0 });
  });

  it('notices a microphone that gives no sound, unless we are muted', async () => {
    const [us, them] = [media(spoken(500, false)), media(spoken(900))];
    await talk(us, them);
    await heard(us);
    watch(() => us.stats());
    const muted: CallQuality[] = [];
    const other = qualityWatch({ clock, stats: () => us.stats(), muted: () => true, tell: (one) => muted.push(one) });
    other.run(true);
    while (told.length === 0) await pass(us);
    other.run(false);
    expect([told[0]?.problem, muted]).to.deep.equal(['silent-microphone', []]);
  });

  it('notices that nothing comes any more', async () => {
    const [us, them] = [media(spoken(500)), media(spoken(900))];
    await talk(us, them);
    await heard(us);
    watch(() => us.stats());
    await pass(us);
    them.close();
    while (told.length === 0) {
      await us.stats();
      clock.advance(2_000);
    }
    expect(told.map(({ problem }) => problem)).to.deep.equal(['no-incoming-audio']);
  });

  it('shows how loud both sides are, ten times a second, while somebody looks', async () => {
    const [us, them] = [media(spoken(500)), media(spoken(900))];
    await talk(us, them);
    await heard(us);
    let levels = { microphone: 0, remote: 0 };
    let count = 0;
    const stop = watchLevels(
      () => us.stats(),
      clock,
      (now) => {
        levels = now;
        count += 1;
      },
    );
    while (levels.microphone < 0.5 || levels.remote < 0.5) {
      await us.stats();
      clock.advance(100);
    }
    stop();
    const seen = count;
    clock.advance(1_000);
    await us.stats();
    expect([count, clock.waiting]).to.deep.equal([seen, 0]);
  });

  describe('as statistics tell it', () => {
    const flow = { packets: 0, bytes: 0, level: 0, energy: 0 };
    let now: AudioStats;

    beforeEach(() => {
      now = { bothWays: true, sent: flow, received: { ...flow, lost: 0, jitterMs: 0 }, roundTripMs: 0 };
    });

    /** Two seconds of a hundred packets with so much trouble. */
    async function seconds(lost: number, jitterMs = 0, roundTripMs = 0): Promise<void> {
      const { sent, received } = now;
      const more = { packets: received.packets + 100 - lost, energy: received.energy + 1, lost: received.lost + lost };
      now = {
        ...now,
        sent: { ...sent, energy: sent.energy + 1 },
        received: { ...received, ...more, jitterMs },
        roundTripMs,
      };
      clock.advance(2_000);
      await clock.run(0);
    }

    it('names the network with its figures, takes it back, and remembers it in the summary', async () => {
      const quality = watch(async () => now);
      await clock.run(0);
      for (let round = 0; round < 3; round += 1) await seconds(30, 40, 300);
      expect(told).to.have.length(1);
      expect(told[0]).to.include({ problem: 'network', rttMs: 300, jitterMs: 40, lossPercent: 30 });
      expect(told[0]?.mos).to.be.lessThan(2.5);
      for (let round = 0; round < 6; round += 1) await seconds(0);
      expect(told.map(({ problem }) => problem)).to.deep.equal(['network', 'none']);
      quality.finish();
      expect(told[2]).to.include({ problem: 'network', lossPercent: 10, rttMs: 100 });
    });

    it('does not count a pause', async () => {
      const quality = watch(async () => now);
      await clock.run(0);
      for (let round = 0; round < 2; round += 1) await seconds(50);
      quality.run(false);
      expect(clock.waiting).to.equal(0);
      await clock.run(60_000);
      quality.run(true);
      await clock.run(0);
      for (let round = 0; round < 2; round += 1) await seconds(50);
      expect(told).to.deep.equal([]);
    });

    it('judges nothing while one side lets the other wait', async () => {
      watch(async () => now);
      await clock.run(0);
      for (let round = 0; round < 3; round += 1) await seconds(50);
      expect(told.map(({ problem }) => problem)).to.deep.equal(['network']);
      now = { ...now, bothWays: false };
      for (let round = 0; round < 60; round += 1) {
        clock.advance(2_000);
        await clock.run(0);
      }
      expect(told.map(({ problem }) => problem)).to.deep.equal(['network', 'none']);
    });

    it('says at once that the browser refuses to play, and when it does not any more', () => {
      const quality = watch(async () => now);
      quality.block(true);
      quality.block(false);
      expect(told.map(({ problem }) => problem)).to.deep.equal(['playback-blocked', 'none']);
    });

    it('has no summary of a call that was too short to measure', () => {
      watch(async () => now).finish();
      expect(told).to.deep.equal([]);
    });
  });
});
