import type { CallQuality, Clock } from '@multiline/core';
import type { AudioStats } from './audio-stats.ts';
import { meanOpinion } from './e-model.ts';
import { Judgement } from './judgement.ts';

export interface QualitySetup {
  readonly clock: Clock;
  readonly stats: () => Promise<AudioStats>;
  /** Whether we want nobody to hear us. */
  readonly muted: () => boolean;
  /** Hears the judgement when it changes, and once more at the end: then of the whole call. */
  readonly tell: (quality: CallQuality) => void;
}

/** Measures how a call sounds, as long as it is to be heard. */
export interface QualityWatch {
  /** Audio flows, or not. What was bad before a pause is forgiven after it; while one side waits is a pause too. */
  run(running: boolean): void;
  /** The browser refuses to play: nobody hears anything however well it comes. */
  block(blocked: boolean): void;
  finish(): void;
}

/** How often it is measured: often enough to notice, seldom enough to cost nothing. */
const sampleMs = 2_000;
/** What an audio packet holds, and its way through the machine: part of the delay from mouth to ear. */
const packetMs = 20;

type Measured = Omit<CallQuality, 'problem'>;

export function qualityWatch({ clock, stats, muted, tell }: QualitySetup): QualityWatch {
  const all: Measured[] = [];
  const judgement = new Judgement();
  let problem: CallQuality['problem'] = 'none';
  let worst: CallQuality['problem'] = 'none';
  let blocked = false;
  let stop: (() => void) | undefined;

  const judge = (found: CallQuality['problem'], measured: Measured = summary(all)): void => {
    const now = blocked ? 'playback-blocked' : found;
    if (now === problem) return;
    problem = now;
    if (now !== 'none') worst = now;
    tell({ ...measured, problem });
  };

  /** Measures until stopped. */
  function measure(): () => void {
    let before: { readonly at: number; readonly stats: AudioStats } | undefined;
    let cancel: (() => void) | undefined;
    let stopped = false;
    const look = async (): Promise<void> => {
      const now = { at: clock.now(), stats: await stats() };
      if (stopped) return;
      if (before) compare(before.stats, now.stats, now.at - before.at);
      before = now;
      cancel = clock.at(now.at + sampleMs, () => void look());
    };
    void look();
    return () => {
      stopped = true;
      cancel?.();
    };
  }

  function compare(before: AudioStats, now: AudioStats, ms: number): void {
    if (!before.bothWays || !now.bothWays) {
      judgement.pause();
      judge('none');
      return;
    }
    const measured = difference(before, now);
    const received = now.received.packets > before.received.packets;
    if (received) all.push(measured);
    const found = judgement.take({
      ms,
      ...(received ? { mos: measured.mos } : {}),
      received,
      heard: now.received.energy > before.received.energy,
      spoke: now.sent.energy > before.sent.energy,
      muted: muted(),
    });
    judge(found, measured);
  }

  return {
    run(running) {
      if (running === (stop !== undefined)) return;
      stop?.();
      judgement.pause();
      stop = running ? measure() : undefined;
    },
    block(refused) {
      blocked = refused;
      judge('none');
    },
    finish() {
      this.run(false);
      const measured = all.splice(0);
      if (measured.length > 0) tell({ ...summary(measured), problem: worst });
    },
  };
}

function difference(before: AudioStats, now: AudioStats): Measured {
  const received = now.received.packets - before.received.packets;
  // Packets that come after all are taken off the lost ones.
  const lost = Math.max(0, now.received.lost - before.received.lost);
  return rated({
    rttMs: now.roundTripMs ?? 0,
    jitterMs: now.received.jitterMs,
    lossPercent: received + lost > 0 ? (100 * lost) / (received + lost) : 0,
  });
}

/** A buffer against jitter holds about twice of it. */
function rated(line: Omit<Measured, 'mos'>): Measured {
  const mos = meanOpinion(line.rttMs / 2 + 2 * line.jitterMs + packetMs, line.lossPercent);
  const round = (value: number, steps: number): number => Math.round(value * steps) / steps;
  return {
    mos: round(mos, 100),
    rttMs: round(line.rttMs, 1),
    jitterMs: round(line.jitterMs, 1),
    lossPercent: round(line.lossPercent, 10),
  };
}

function summary(all: readonly Measured[]): Measured {
  const mean = (of: keyof Measured): number => all.reduce((sum, one) => sum + one[of], 0) / Math.max(1, all.length);
  return rated({ rttMs: mean('rttMs'), jitterMs: mean('jitterMs'), lossPercent: mean('lossPercent') });
}
