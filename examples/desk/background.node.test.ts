import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { heard, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;
const pages: Page[] = [];
before(async () => {
  bed = await openDeskBed();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

async function lucyCalls(): Promise<DeskPage> {
  const page = await bed.customer();
  pages.push(page);
  await page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
  return deskPage(page);
}

interface Shown {
  readonly title: string;
  readonly actions: readonly { readonly title: string }[];
}

/** What a test uses of a service worker's global object; TypeScript knows the page's only. */
interface Worker {
  readonly registration: { getNotifications(): Promise<readonly Shown[]> };
  readonly NotificationEvent: new (type: string, init: { notification: Shown; action: string }) => Event;
}

/** A tab that nobody looks at, as a page sees it. */
function hide(): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
  Object.defineProperty(document, 'hidden', { configurable: true, value: true });
  document.hasFocus = () => false;
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Resolves once the phone says this, without a touch: whatever else Playwright looks at counts as a gesture of the person's. */
async function untouched(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('not said within twenty seconds')), 20_000);
      const words = (root) => [...root.querySelectorAll('*')].map((one) => (one.shadowRoot ? words(one.shadowRoot) : '')).join(' ') + root.textContent;
      const look = () => (words(document).includes(${JSON.stringify(text)}) ? resolve() : requestAnimationFrame(look));
      look();
    })`,
    awaitPromise: true,
  });
  assert.equal(exceptionDetails, undefined, text);
}

describe('a desk in the background', () => {
  it('rings after half an hour in a hidden tab, whose timers run once a minute', async () => {
    const context = await bed.profile();
    const page = await context.newPage();
    pages.push(page);
    page.setDefaultTimeout(20_000);
    await page.clock.install();
    await page.goto(new URL('/desk/', bed.sandbox.url).href);
    await page.getByText('Available').first().waitFor();
    await page.evaluate(hide);
    // What is due runs once, and late; what the server answers meanwhile comes at its own time.
    for (let minute = 0; minute < 30; minute++) await page.clock.fastForward(60_000);
    const began = Date.now();
    const lucy = await lucyCalls();
    const ann = deskPage(page);
    await page.waitForFunction(() => document.title.includes('Lucy Hall'));
    await ann.says('Incoming call');
    // A timer would have kept it for a minute.
    assert.ok(Date.now() - began < 30_000);
    await ann.press('Answer');
    await lucy.says('Call in progress');
  });

  it('[MV-47] answers by the button of a notification, which the page’s service worker shows', async () => {
    const context = await bed.profile();
    await context.grantPermissions(['notifications'], { origin: bed.sandbox.url });
    const [worker, page] = await Promise.all([context.waitForEvent('serviceworker'), bed.desk(context)]);
    pages.push(page);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.evaluate(hide);
    const lucy = await lucyCalls();
    // The system shows it; a press of its button reaches the worker as this event.
    const shown = await worker.evaluate(async () => {
      const { registration, NotificationEvent } = globalThis as unknown as Worker;
      let notices: readonly Shown[];
      do notices = await registration.getNotifications();
      while (notices[0]?.title !== 'Lucy Hall');
      const [notification] = notices;
      dispatchEvent(new NotificationEvent('notificationclick', { notification, action: 'answer' }));
      return [notices.length, notification.title, notification.actions.map(({ title }) => title)];
    });
    assert.deepEqual(shown, [1, 'Lucy Hall', ['Answer', 'Decline']]);
    await lucy.says('Call in progress');
    await Promise.all([heard(page), heard(lucy.page)]);
  });

  it('says that the browser keeps the ringtone silent, until somebody touches the page', async () => {
    const browser = await bed.launch('granted', '--autoplay-policy=document-user-activation-required');
    const page = await bed.open('/desk/', await browser.newContext());
    pages.push(page);
    const ann = deskPage(page);
    const silent = 'The browser keeps the ringtone silent. Click anywhere on this page to hear it.';
    await untouched(page, 'Available');
    await lucyCalls();
    await untouched(page, silent);
    await page.getByRole('heading', { name: 'People of the org' }).click();
    await ann.silent(silent);
    await ann.says('Incoming call');
  });
});
