export { browserStorage } from './storage/browser-storage.ts';
export { type BrowserTabsOptions, type TabsPlatform, browserTabs } from './tabs.ts';
