import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Tabs } from '@multiline/core';
import { type MemoryTabs, memoryHub, memoryTabs } from '../memory-tabs.ts';
import { tabsConformance } from './tabs.ts';

let owners = 0;

/** Runs cases of the suite on memory tabs with something broken in them. Answers the titles of those that failed. */
async function failures(broken: (tabs: MemoryTabs) => Partial<Tabs>, which = /./): Promise<string> {
  const cases: { title: string; run: () => Promise<void> }[] = [];
  tabsConformance({
    it: (title, run) => cases.push({ title, run }),
    make() {
      const hub = memoryHub();
      const whole = new Map<Tabs, MemoryTabs>();
      return {
        another() {
          const tabs = memoryTabs(hub);
          const tab = { ...tabs, ...broken(tabs) };
          whole.set(tab, tabs);
          return tab;
        },
        owner: () => `owner-${owners++}`,
        kill: (tab) => whole.get(tab)?.kill(),
      };
    },
  });
  const failed: string[] = [];
  for (const { title, run } of cases) if (which.test(title)) await run().catch(() => failed.push(title));
  return failed.join('\n');
}

describe('tabsConformance', () => {
  it('finds nothing wrong with tabs that are right', async () => {
    assert.equal(await failures(() => ({})), '');
  });

  it('catches tabs that all lead', async () => {
    const failed = await failures((tabs) => ({ join: (owner) => tabs.join(`${owner}${tabs.id}`) }), /one of five/);
    assert.match(failed, /lets exactly one of five lead/);
  });

  it('catches tabs that hear themselves', async () => {
    const failed = await failures((tabs) => {
      const listeners = new Set<(message: unknown, from: string) => void>();
      return {
        listen(listener) {
          const stop = tabs.listen(listener);
          listeners.add(listener);
          return () => {
            listeners.delete(listener);
            stop();
          };
        },
        publish(message) {
          for (const listener of [...listeners]) listener(message, tabs.id);
          tabs.publish(message);
        },
      };
    }, /hear itself/);
    assert.match(failed, /does not hear itself/);
  });
});
