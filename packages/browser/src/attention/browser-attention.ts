import { atom } from 'nanostores';
import type { Attention } from '@multiline/core';
import { pageGuard } from './guard.ts';
import { type Hid, headsets } from './headset.ts';
import { mediaKeys } from './media-keys.ts';
import { systemNotices } from './notices.ts';
import { outputIds } from './outputs.ts';
import { plainPresent } from './present.ts';
import { knockTone, type Ringtone, toneRingtone } from './ringtone.ts';
import { titleBadge } from './title-badge.ts';
import { workerNotices } from './worker-notices.ts';

/** The parts of a page that attention is got by. Each may be missing; then that channel is not there. */
export interface AttentionPlatform {
  readonly document?: Document;
  readonly navigator?: Navigator & { readonly hid?: Hid };
  readonly Notification?: typeof Notification;
  readonly AudioContext?: typeof AudioContext;
  focus?(): void;
}

export interface BrowserAttentionOptions {
  /** What rings. Default: two notes made here. */
  readonly ringtone?: Ringtone;
  /**
   * Whether the person sees the phone at the moment; while they do, no notification is shown. Default: the page is
   * visible and has the focus, and the phone's elements, if any stand in it, are not all scrolled away.
   */
  readonly looking?: () => boolean;
  /** Where `multiline-sw.js` stands on the page's own origin: notices then have Answer and Decline (MV-47). */
  readonly serviceWorker?: string;
  /** Default: this page. */
  readonly platform?: AttentionPlatform;
}

/** What shows an incoming call, by tag name. */
const PHONE = 'ml-softphone, ml-utility, ml-call';

function inView(element: Element, view: Window): boolean {
  const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
  const visible = bottom > 0 && right > 0 && top < view.innerHeight && left < view.innerWidth;
  return visible && width > 0 && height > 0;
}

/** Whether somebody looks at this page, and at the phone in it. */
function looksHere(document: Document | undefined): boolean {
  if (!document || document.visibilityState === 'hidden' || !document.hasFocus()) return false;
  const phones = [...document.querySelectorAll(PHONE)];
  const view = document.defaultView;
  return phones.length === 0 || !view || phones.some((phone) => inView(phone, view));
}

/**
 * Gets a person's attention by the means of a browser: a ringtone, notifications while they look elsewhere (another tab, a
 * minimised window, the phone scrolled away), the title and the badge of an installed app. Whatever the browser lacks or
 * forbids is left out, and the rest works.
 */
export function browserAttention(options: BrowserAttentionOptions = {}): Attention {
  const platform: AttentionPlatform = options.platform ?? globalThis;
  const { document, navigator } = platform;
  const $silenced = atom(false);
  const ringtone = options.ringtone ?? toneRingtone(platform, (silent) => $silenced.set(silent));
  const { Notification } = platform;
  const knock = knockTone(platform);
  const worker =
    options.serviceWorker === undefined
      ? undefined
      : workerNotices(options.serviceWorker, {
          serviceWorker: navigator?.serviceWorker,
          Notification,
          origin: document?.location.origin ?? '',
        });
  const plain = plainPresent(Notification);
  const notices = systemNotices(
    platform,
    (notice, pressed) => worker?.present(notice, pressed) ?? plain(notice, pressed),
    options.looking ?? (() => looksHere(document)),
  );
  const guard = pageGuard(document, navigator?.wakeLock);
  const keys = mediaKeys(navigator?.mediaSession);
  const buttons = navigator?.hid && headsets(navigator.hid);
  const title = titleBadge(document);
  const rings = new Set<object>();
  let silence: (() => void) | undefined;

  const permission = (): NotificationPermission => Notification?.permission ?? 'denied';

  function hush(): void {
    if (rings.size > 0) return;
    silence?.();
    silence = undefined;
  }

  async function askPermission(): Promise<NotificationPermission> {
    // Never over a ringing call, where it hides what is to be answered, and never without a gesture: browsers then
    // refuse for good (MV-46).
    if (!Notification || permission() !== 'default' || rings.size > 0) return permission();
    if (navigator?.userActivation?.isActive === false) return permission();
    try {
      return await Notification.requestPermission();
    } catch {
      return permission();
    }
  }

  /** On each of these outputs; on the system's where none of them is there. */
  function ringOn(on: readonly string[] | 'all'): () => void {
    const stops: (() => void)[] = [];
    let over = false;
    const begin = (ids: readonly string[]): void => {
      if (over) return;
      if (ids.length === 0) stops.push(ringtone());
      for (const id of ids) stops.push(ringtone(id));
    };
    outputIds(navigator?.mediaDevices, on).then(begin, () => begin([]));
    return () => {
      over = true;
      for (const stop of stops) stop();
    };
  }

  return {
    $silenced,
    ring(on) {
      const ring = {};
      rings.add(ring);
      silence ??= on === undefined ? ringtone() : ringOn(on);
      return () => {
        rings.delete(ring);
        hush();
      };
    },
    knock: () => (rings.size === 0 ? knock() : undefined),
    notify: (notice) => notices.add(notice),
    notifications: () => (permission() === 'denied' ? 'none' : worker?.ready ? 'actions' : 'plain'),
    control(phone, act) {
      keys(phone, act);
      buttons?.control(phone, act);
    },
    ...(buttons && { connectHeadset: buttons.connect }),
    guard: guard.set,
    badge(count, text) {
      title.show(count, text);
      // Present in installed apps' browsers only, and refused outside of them by some.
      const marked = count > 0 ? navigator?.setAppBadge?.(count) : navigator?.clearAppBadge?.();
      void marked?.catch(() => undefined);
    },
    ...(Notification && { permission, askPermission }),
    stop() {
      rings.clear();
      hush();
      notices.clear();
      guard.set(false);
      keys(null, () => undefined);
      buttons?.stop();
      worker?.stop();
      title.show(0);
      void navigator?.clearAppBadge?.().catch(() => undefined);
    },
  };
}
