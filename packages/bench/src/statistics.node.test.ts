import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

type Measure = (values: readonly number[]) => number;
const { median, p95, shuffled } = (await import(new URL('./statistics.mjs', import.meta.url).href)) as {
  median: Measure;
  p95: Measure;
  shuffled: (items: readonly number[]) => number[];
};

describe('the figures of the benchmarks', () => {
  it('take the middle of an odd count, and between the middle two of an even one', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([10, 2, 4, 8]), 6);
    assert.equal(median([100, 20, 3]), 20);
  });

  it('take the nearest rank for the 95th percentile: the largest of few values', () => {
    assert.equal(p95([3, 100, 20]), 100);
    assert.equal(p95(Array.from({ length: 100 }, (_, index) => 100 - index)), 95);
  });

  it('shuffle without losing or changing anything', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    assert.deepEqual(
      shuffled(items).sort((a, b) => a - b),
      items,
    );
    assert.deepEqual(items, [1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
