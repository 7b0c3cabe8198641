import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { meanOpinion } from './e-model.ts';

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 0.02, `${String(actual)} is not ${String(expected)}`);

describe('the E-model', () => {
  it('gives an undisturbed connection 4.41 (G.107 Annex B: R 93.2)', () => near(meanOpinion(0, 0), 4.41));

  it('minds no delay of up to 100 ms', () => assert.equal(meanOpinion(100, 0), meanOpinion(0, 0)));

  it('rates delays as the Recommendation’s formula does', () => {
    // X = 2 (400 ms): Idd = 25 · (65^(1/6) − 3 · (1 + (2/3)^6)^(1/6) + 2) = 24.06…
    near(meanOpinion(400, 0), 3.56);
  });

  it('rates losses as G.711 with concealment', () => {
    // 5 %: Ie-eff = 95 · 5 / 30.1 = 15.78 → R 77.4
    near(meanOpinion(0, 5), 3.92);
    // 25 %: Ie-eff = 47.4 → R 45.8
    near(meanOpinion(0, 25), 2.36);
  });

  it('stays between 1 and 4.5 whatever comes', () => {
    for (const delay of [0, 150, 1_000, 60_000]) {
      for (const loss of [0, 1, 30, 100]) {
        const score = meanOpinion(delay, loss);
        assert.ok(score >= 1 && score <= 4.5);
      }
    }
  });
});
