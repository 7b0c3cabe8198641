import { expect, oneEvent } from '@open-wc/testing';
import { type AttentionPlatform, browserAttention } from './browser-attention.ts';
import { knockTone, ringSamples, toneRingtone } from './ringtone.ts';

describe('browserAttention: ringing', () => {
  it('rings until the last one who asked is content', () => {
    let sounding = 0;
    const attention = browserAttention({
      ringtone: () => {
        sounding++;
        return () => sounding--;
      },
    });
    const first = attention.ring();
    const second = attention.ring();
    expect(sounding).to.equal(1);
    first();
    first();
    expect(sounding).to.equal(1);
    second();
    expect(sounding).to.equal(0);
    attention.ring();
    attention.stop?.();
    expect(sounding).to.equal(0);
  });

  /** Outputs as `enumerateDevices()` lists them: the system's choice stands there a second time. */
  const outputs = (refuses = false) =>
    ({
      navigator: {
        mediaDevices: {
          enumerateDevices: () =>
            refuses
              ? Promise.reject(new DOMException('Hidden.', 'NotAllowedError'))
              : Promise.resolve([
                  { kind: 'audioinput', deviceId: 'mic', label: 'Speakers' },
                  { kind: 'audiooutput', deviceId: 'default', label: 'Default - Speakers' },
                  { kind: 'audiooutput', deviceId: '1', label: 'Speakers' },
                  { kind: 'audiooutput', deviceId: '2', label: 'Headset' },
                ]),
        },
      },
    }) as unknown as AttentionPlatform;

  it('rings on the outputs that were chosen, on all of them, or on the system’s where none is there', async () => {
    for (const [on, expected, refuses] of [
      [['Headset'], ['2'], false],
      ['all', ['1', '2'], false],
      [['Gone'], ['system'], false],
      ['all', ['system'], true],
      [undefined, ['system'], false],
    ] as const) {
      const sounding: string[] = [];
      let begun: () => void = () => undefined;
      const began = new Promise<void>((resolve) => (begun = resolve));
      const ringtone = (output = 'system') => {
        sounding.push(output);
        if (sounding.length === expected.length) begun();
        return () => void sounding.splice(sounding.indexOf(output), 1);
      };
      const stop = browserAttention({ platform: outputs(refuses), ringtone }).ring(on);
      await began;
      expect(sounding).to.deep.equal(expected);
      stop();
      expect(sounding).to.deep.equal([]);
    }
  });

  it('does not begin after it was stopped', async () => {
    let rang = 0;
    const attention = browserAttention({ platform: outputs(), ringtone: () => () => void rang++ });
    attention.ring('all')();
    for (let turn = 0; turn < 10; turn++) await null;
    expect(rang).to.equal(0);
  });

  it('knocks quietly by a real audio context, and lets the hardware go', async () => {
    const { platform: own, made } = listening();
    knockTone(own)();
    const [context] = made;
    expect(context).to.not.equal(undefined);
    if (context?.state !== 'running') await context?.resume();
    if (context) await reached(context, 'closed');
    expect(() => knockTone({})()).not.to.throw();
  });

  it('makes two notes that begin and end softly, and a pause', () => {
    const samples = ringSamples(8000);
    const loudest = (from: number, to: number): number =>
      Math.max(...samples.slice(from * 8000, to * 8000).map((sample) => Math.abs(sample)));
    expect(samples).to.have.length(24_000);
    expect(loudest(0, 0.001)).to.be.below(0.02);
    expect(loudest(0.1, 0.2)).to.be.within(0.15, 0.3);
    expect(loudest(0.299, 0.3)).to.be.below(0.02);
    expect(loudest(0.61, 0.69)).to.equal(0);
    expect(loudest(1.4, 3)).to.equal(0);
  });

  /** A real context that the test gets hold of. */
  function listening(): { platform: { AudioContext: typeof AudioContext; document: Document }; made: AudioContext[] } {
    const made: AudioContext[] = [];
    class Heard extends AudioContext {
      constructor() {
        super();
        made.push(this);
      }
    }
    return { platform: { AudioContext: Heard, document }, made };
  }
  const reached = (context: AudioContext, state: AudioContextState): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (context.state === state) resolve();
      };
      context.addEventListener('statechange', check);
      check();
    });

  it('sounds by a real audio context, and lets the hardware go when it stops', async () => {
    const { platform: own, made } = listening();
    const stop = toneRingtone(own)();
    const [context] = made;
    if (!context) throw new Error('No context was made.');
    await reached(context, 'running');
    stop();
    stop();
    await reached(context, 'closed');
    expect(made).to.have.length(1);
  });

  it('begins with the first gesture where the browser forbids sound before', async () => {
    const { platform: own, made } = listening();
    let allowed = false;
    class Suspended extends own.AudioContext {
      override get state(): AudioContextState {
        return allowed ? super.state : 'suspended';
      }
      override resume(): Promise<void> {
        resumed++;
        return allowed ? super.resume() : Promise.reject(new DOMException('', 'NotAllowedError'));
      }
    }
    let resumed = 0;
    const told: boolean[] = [];
    const heard = new EventTarget();
    const silenced = (silent: boolean): void => {
      told.push(silent);
      heard.dispatchEvent(new Event('told'));
    };
    const stop = toneRingtone({ ...own, AudioContext: Suspended }, silenced)();
    expect(resumed).to.equal(1);
    await oneEvent(heard, 'told');
    expect(told, 'a person can be told').to.deep.equal([true]);
    allowed = true;
    document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }));
    expect(resumed).to.equal(2);
    const [context] = made;
    if (!context) throw new Error('No context was made.');
    await reached(context, 'running');
    expect(told.at(-1)).to.equal(false);
    stop();
    await reached(context, 'closed');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }));
    expect(resumed, 'after it stopped').to.equal(2);
  });

  it('stays silent where the machine has no sound', () => {
    class Broken {
      constructor() {
        throw new DOMException('no device', 'NotSupportedError');
      }
    }
    const stop = toneRingtone({ AudioContext: Broken as unknown as typeof AudioContext })();
    expect(stop).not.to.throw();
  });
});
