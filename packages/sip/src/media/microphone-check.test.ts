import { MultiLineError, systemClock, type CheckResult, type Clock } from '@multiline/core';
import { manualClock, type ManualClock } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import { microphoneCheck } from './microphone-check.ts';
import { openMicrophone } from './microphone.ts';
import { endTones } from './tones.test.ts';

describe('the check of the microphone', () => {
  let clock: ManualClock;
  let tracks: MediaStreamTrack[];
  let ending: AbortController;

  beforeEach(() => {
    clock = manualClock();
    tracks = [];
    ending = new AbortController();
  });

  afterEach(endTones);

  /** Runs it; without a clock of its own time passes ten times a second while it listens. */
  async function found(
    open: (signal: AbortSignal) => Promise<MediaStreamTrack>,
    watched: Clock = clock,
  ): Promise<CheckResult> {
    const audio = {
      openMicrophone: async (signal: AbortSignal) => {
        const track = await open(signal);
        tracks.push(track);
        return track;
      },
    };
    let result: CheckResult | undefined;
    const running = microphoneCheck(audio, watched)
      .run(ending.signal)
      .then((done) => (result = done));
    while (!result) {
      await new Promise(requestAnimationFrame);
      clock.advance(100);
    }
    expect(tracks.every(({ readyState }) => readyState === 'ended')).to.equal(true);
    expect(clock.waiting).to.equal(0);
    return running;
  }

  /** A microphone with a switch of its own, switched off. */
  const silent = (): Promise<MediaStreamTrack> => {
    const [track] = new AudioContext().createMediaStreamDestination().stream.getAudioTracks();
    return Promise.resolve(track!);
  };

  it('hears a microphone that works, names it and lets go of it', async () => {
    const { state, finding, values } = await found((signal) => openMicrophone({}, signal), systemClock());
    expect([state, finding, values]).to.deep.equal(['ok', 'mic-works', { device: tracks[0]?.label }]);
    expect(tracks[0]?.label).not.to.equal('');
  });

  it('tells one that gives no sound', async () => {
    expect(await found(silent)).to.include({ state: 'warning', finding: 'mic-silent' });
  });

  it('tells one that the system mutes', async () => {
    const muted = async (): Promise<MediaStreamTrack> =>
      Object.defineProperty(await silent(), 'muted', { value: true });
    expect(await found(muted)).to.include({ state: 'warning', finding: 'mic-muted' });
  });

  for (const code of ['mic-denied', 'mic-missing', 'mic-in-use', 'unsupported'] as const) {
    it(`tells why there is none: ${code}`, async () => {
      const result = await found(() => Promise.reject(new MultiLineError(code)));
      expect(result).to.deep.equal({ state: 'failed', finding: code });
    });
  }

  it('ends when it is given up', async () => {
    const result = found(silent);
    ending.abort();
    expect(await result).to.deep.equal({ state: 'skipped', finding: 'stopped' });
  });
});
