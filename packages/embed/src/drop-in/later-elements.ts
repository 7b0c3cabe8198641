import { later } from 'virtual:later-elements';

/**
 * Brings the elements that are not part of the phone: those the page shows now, and, when the page is idle, all others, which
 * may stand in other people's shadow roots where no selector sees them.
 */
export async function bringElements(): Promise<void> {
  whenIdle(() => {
    for (const bring of Object.values(later)) bring().catch(reportError);
  });
  const shown = Object.entries(later).filter(([tag]) => document.querySelector(tag));
  await Promise.all(shown.map(([, bring]) => bring()));
}

function whenIdle(work: () => void): void {
  const wait = (): void => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 2000 });
    else setTimeout(work, 200);
  };
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
}
