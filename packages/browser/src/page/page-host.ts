import type { CrmRecord, DialClick, Host } from '@multiline/core';
import { clickToDial } from './click-to-dial.ts';
import { type Idle, pageIdle } from './number-scanner.ts';
import { type OpenWindow, recordTab } from './record-tab.ts';

export interface PageOptions {
  /** Where clicks on numbers are heard. Default: the document. */
  readonly root?: Document | Element;
  /** How national numbers in texts are read (ISO 3166-1 alpha-2). Default `US`. */
  readonly country?: string;
  /** Whether numbers in running text are dialable, or links alone. Default `text`. */
  readonly numbers?: 'text' | 'links';
  /** Shows a record in the page's own way, e.g. by its router. Default: in one tab beside the page. */
  readonly openRecord?: (record: CrmRecord, url: string | null) => void | Promise<void>;
  /** Default: the window's own. */
  readonly open?: OpenWindow;
  /** Default: the idle time of the page. */
  readonly idle?: Idle;
}

/**
 * Any web page as the host: its numbers are dialable, and records open beside it.
 *
 * Dialable are `tel:`, `callto:` and `sip:` links, by mouse and keyboard, and numbers in running text, by mouse (they are
 * underlined; style them by `::highlight(multiline-number)`). The document is not changed. Where numbers in text must be
 * reachable by keyboard, wrap them in `<ml-click-to-dial>`. `data-ml-record="Contact/0031"` and `data-ml-name="Lucy Hall"`
 * on or around a number say whose it is.
 */
export function page(options: PageOptions = {}): Host {
  const { country = 'US', numbers = 'text', openRecord } = options;
  const tab = recordTab(options.open ?? ((url, target) => window.open(url, target)));
  const listeners = new Set<(click: DialClick) => void>();
  let stopListening: (() => void) | undefined;

  function listen(): void {
    stopListening ??= clickToDial(options.root ?? document, {
      country,
      texts: numbers === 'text',
      idle: options.idle ?? pageIdle(),
      listener: (click) => listeners.forEach((listener) => listener(click)),
    });
  }

  function rest(): void {
    stopListening?.();
    stopListening = undefined;
  }

  return {
    name: 'page',
    async pop(record, url) {
      if (openRecord) await openRecord(record, url);
      else if (url !== null) tab.show(url);
    },
    onClickToDial(listener) {
      // A function of its own, so that one listener may listen twice.
      const entry = (click: DialClick): void => listener(click);
      listeners.add(entry);
      listen();
      return () => {
        listeners.delete(entry);
        if (listeners.size === 0) rest();
      };
    },
    stop() {
      listeners.clear();
      rest();
    },
  };
}
