export {
  type AttentionPlatform,
  type BrowserAttentionOptions,
  browserAttention,
} from './attention/browser-attention.ts';
export { type Ringtone, type TonePlatform, toneRingtone } from './attention/ringtone.ts';
export { type BrowserStorageOptions, browserStorage } from './storage/browser-storage.ts';
export { type BrowserTabsOptions, type TabsPlatform, browserTabs } from './tabs.ts';
export type { Idle } from './page/number-scanner.ts';
export { type PageOptions, page } from './page/page-host.ts';
export type { OpenWindow } from './page/record-tab.ts';
