export {
  type AttentionPlatform,
  type BrowserAttentionOptions,
  browserAttention,
} from './attention/browser-attention.ts';
export { type Ringtone, type TonePlatform, toneRingtone } from './attention/ringtone.ts';
export { browserStorage } from './storage/browser-storage.ts';
export { type BrowserTabsOptions, type TabsPlatform, browserTabs } from './tabs.ts';
