import { MultiLineError } from '@multiline/core';

/** Opens a window; the page's own `open`, another in tests. */
export type OpenWindow = (url: string, target: string) => Window | null;

/** The one tab that records are shown in. */
export interface RecordTab {
  /** Shows this address there. Throws `unsupported` when it is no web address or the browser opens nothing. */
  show(url: string): void;
}

/**
 * A tab beside the page that is used again for each record. What is shown there does not get hold of our page: the link
 * back is cut before anything of it runs. (`noopener` would cut ours as well, and every record would open another tab.)
 */
export function recordTab(open: OpenWindow): RecordTab {
  let tab: Window | null = null;

  function reuse(url: string): boolean {
    if (!tab || tab.closed) return false;
    try {
      tab.location.href = url;
      tab.focus();
      return true;
    } catch {
      return false;
    }
  }

  return {
    show(url) {
      if (!isWebAddress(url)) {
        throw new MultiLineError('unsupported', { message: 'The record has no address that a browser can show.' });
      }
      if (reuse(url)) return;
      tab = open(url, '_blank');
      if (!tab) {
        throw new MultiLineError('unsupported', {
          message:
            'The browser blocked the tab of the record. Allow pop-ups for this site, or use the link of the record.',
        });
      }
      tab.opener = null;
    },
  };
}

/** Only these are opened: an address from a CRM is text from outside, and `javascript:` is an address as well. */
function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
