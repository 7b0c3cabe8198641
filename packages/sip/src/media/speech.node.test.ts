import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { speech, type Speech } from './speech.ts';

/** Somebody as loud as told. */
function voice(): { said: Speech; at: (now: number, level: number) => boolean | undefined } {
  let level = 0;
  const said = speech({ fftSize: 64, getFloatTimeDomainData: (samples) => samples.fill(level) });
  return {
    said,
    at(now, loudness) {
      level = loudness;
      return said.look(now);
    },
  };
}

describe('speech', () => {
  it('begins with a loud sound and tells it once', () => {
    const { said, at } = voice();
    assert.equal(at(0, 0.015), undefined);
    assert.equal(at(100, 0.1), true);
    assert.equal(at(200, 0.1), undefined);
    assert.equal(said.speaking, true);
  });

  it('goes on through a pause between words and what is said in a low voice', () => {
    const { at } = voice();
    at(0, 0.1);
    assert.equal(at(500, 0), undefined);
    assert.equal(at(900, 0.012), undefined);
    assert.equal(at(1400, 0), undefined);
  });

  it('ends when it has been quiet for longer than a pause', () => {
    const { said, at } = voice();
    at(0, 0.1);
    assert.equal(at(600, 0.005), false);
    assert.equal(at(700, 0), undefined);
    assert.equal(said.speaking, false);
  });

  it('does not wait for a clock that was set back', () => {
    const { at } = voice();
    at(1_000_000, 0.1);
    assert.equal(at(100, 0), false);
  });
});
