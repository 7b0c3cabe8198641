import { describe, it } from 'node:test';
import { tabsConformance } from './conformance/tabs.ts';
import { type MemoryTabs, memoryHub, memoryTabs } from './memory-tabs.ts';

let owners = 0;

describe('memoryTabs', () => {
  tabsConformance({
    it,
    make() {
      const hub = memoryHub();
      return {
        another: () => memoryTabs(hub),
        owner: () => `owner-${++owners}`,
        kill: (tab) => (tab as MemoryTabs).kill(),
      };
    },
  });
});
