import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

type Measure = (values: readonly number[]) => number;
const { bound, median, p95, shuffled } = (await import(new URL('./statistics.mjs', import.meta.url).href)) as {
  median: Measure;
  p95: Measure;
  shuffled: (items: readonly number[]) => number[];
  bound: (lists: Record<string, readonly number[]>, statistic: (lists: Record<string, number[]>) => number) => number;
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

  it('bound what most resamples of a statistic stay under', () => {
    const ratio = ({ ours = [], theirs = [] }: Record<string, number[]>): number => median(ours) / median(theirs);
    assert.equal(bound({ ours: [2, 2, 2], theirs: [4, 4, 4] }, ratio), 0.5);
    const found = bound({ ours: [1, 2, 3, 4, 5], theirs: [10, 10, 10] }, ratio);
    assert.ok(found > 0.3 && found <= 0.5, String(found));
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
