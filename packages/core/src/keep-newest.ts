/** Lets what was put in first go, until no more than so many are left. */
export function keepNewest(kept: Map<unknown, unknown> | Set<unknown>, most: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(key);
  }
}
