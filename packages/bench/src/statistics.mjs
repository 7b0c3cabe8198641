/** The middle of what was measured. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The nearest-rank 95th percentile: of fewer than 20 values the largest. */
export function p95(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}

/** All of them in random order. */
export function shuffled(items) {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** The upper bound that 95 % of resamples (bootstrap) of several lists of values stay under. */
export function bound(lists, statistic, resamples = 2_000) {
  const resampled = (values) => values.map(() => values[Math.floor(Math.random() * values.length)]);
  return p95(
    Array.from({ length: resamples }, () =>
      statistic(Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, resampled(values)]))),
    ),
  );
}
