import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Judgement, type AudioSample } from './judgement.ts';

const well: AudioSample = { ms: 2_000, mos: 4.4, received: true, heard: true, spoke: true, muted: false };

/** What is said after each of so many equal samples. */
function after(judgement: Judgement, count: number, sample: Partial<AudioSample> = {}): string[] {
  return Array.from({ length: count }, () => judgement.take({ ...well, ...sample }));
}

describe('the judgement of a call’s audio', () => {
  it('is content with a good call', () => {
    assert.deepEqual(new Set(after(new Judgement(), 20)), new Set(['none']));
  });

  it('names the network when it is bad for a while, and takes that back when it has been good for a while', () => {
    const judgement = new Judgement();
    assert.deepEqual(after(judgement, 3, { mos: 2 }), ['none', 'none', 'network']);
    assert.deepEqual(after(judgement, 2, { mos: 3.3 }), ['network', 'network']);
    assert.deepEqual(after(judgement, 5), ['network', 'network', 'network', 'network', 'none']);
  });

  it('does not flicker with a network that is bad now and then', () => {
    const judgement = new Judgement();
    for (let round = 0; round < 5; round += 1) {
      assert.deepEqual(after(judgement, 2, { mos: 1.5 }), ['none', 'none']);
      assert.deepEqual(after(judgement, 1), ['none']);
    }
  });

  it('misses the other side when nothing comes any more, until something does', () => {
    const judgement = new Judgement();
    after(judgement, 1);
    const nothing = { received: false, heard: false };
    assert.deepEqual(after(judgement, 4, nothing), ['none', 'none', 'none', 'no-incoming-audio']);
    assert.deepEqual(after(judgement, 1, { heard: false }), ['none']);
  });

  it('misses the other side when there never was a sound in what comes, but lets it mute itself later', () => {
    const mute = new Judgement();
    assert.equal(after(mute, 8, { heard: false }).at(-1), 'no-incoming-audio');
    assert.deepEqual(after(mute, 1), ['none']);
    assert.deepEqual(new Set(after(mute, 60, { heard: false })), new Set(['none']));
  });

  it('misses our own voice soon when the microphone never gave a sound, late when it did', () => {
    const never = new Judgement();
    assert.deepEqual(after(never, 8, { spoke: false }).slice(-2), ['none', 'silent-microphone']);
    assert.deepEqual(after(never, 1), ['none']);
    assert.deepEqual(after(never, 30, { spoke: false }).slice(-2), ['none', 'silent-microphone']);
  });

  it('forgives after a pause what was before it, and remembers that there was sound', () => {
    const judgement = new Judgement();
    assert.equal(after(judgement, 3, { mos: 2 }).at(-1), 'network');
    after(judgement, 20, { spoke: false });
    judgement.pause();
    assert.deepEqual(new Set(after(judgement, 10, { heard: false, spoke: false })), new Set(['none']));
  });

  it('misses no voice that is muted', () => {
    const judgement = new Judgement();
    assert.deepEqual(new Set(after(judgement, 60, { spoke: false, muted: true })), new Set(['none']));
  });
});
