import type { Notice } from '@multiline/core';
import type { Present, Pressed } from './present.ts';

/** What notices are shown by: the page's own, another in tests. */
export interface NoticePlatform {
  readonly document?: Document;
  readonly Notification?: typeof Notification;
  focus?(): void;
}

/** Notices of a page that shows them only while nobody looks at it. */
export interface Notices {
  /** Answers how to take it back. */
  add(notice: Notice): () => void;
  clear(): void;
}

interface Held {
  readonly notice: Notice;
  close: (() => void) | undefined;
  clicked: boolean;
}

/** When it may have changed whether somebody looks at the phone. */
const LOOKS = ['visibilitychange', 'focus', 'blur', 'scroll'] as const;

/**
 * Shows notices by the system while the person looks elsewhere, and takes them away as soon as they look here again. A
 * notice outlives that: it comes back when they look away while it is still wanted.
 *
 * @param looking whether the person sees the phone at the moment
 */
export function systemNotices(platform: NoticePlatform, present: Present, looking: () => boolean): Notices {
  const held = new Map<string, Held>();
  const { document } = platform;

  function show(entry: Held): void {
    if (platform.Notification?.permission !== 'granted' || entry.clicked) return;
    entry.close = present(entry.notice, (what) => press(entry, what));
  }

  function press(entry: Held, what: Pressed): void {
    entry.clicked = true;
    hide(entry);
    if (what !== 'decline') platform.focus?.();
    if (what === 'click') entry.notice.onClick?.();
    else entry.notice.onAction?.(what);
  }

  function hide(entry: Held): void {
    entry.close?.();
    entry.close = undefined;
  }

  function update(): void {
    const here = looking();
    for (const entry of held.values()) {
      if (here) hide(entry);
      else if (!entry.close) show(entry);
    }
  }

  /** Listens only while there is something to show. */
  function watch(): void {
    const options = { capture: true, passive: true };
    const target = document?.defaultView;
    for (const type of LOOKS) {
      target?.removeEventListener(type, update, options);
      if (held.size > 0) target?.addEventListener(type, update, options);
    }
  }

  return {
    add(notice) {
      const before = held.get(notice.tag);
      // The new one replaces the old one on the screen by its tag; a click on the old one stands.
      const entry: Held = { notice, close: undefined, clicked: before?.clicked ?? false };
      held.set(notice.tag, entry);
      if (!looking()) show(entry);
      else if (before) hide(before);
      watch();
      return () => {
        hide(entry);
        if (held.get(notice.tag) !== entry) return;
        held.delete(notice.tag);
        watch();
      };
    },
    clear() {
      held.forEach(hide);
      held.clear();
      watch();
    },
  };
}
