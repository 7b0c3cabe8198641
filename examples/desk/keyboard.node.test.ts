import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { eventually, heard, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;
let desk: DeskPage;
let customer: DeskPage;

before(async () => {
  bed = await openDeskBed();
});
afterEach(async () => {
  for (const { page } of [desk, customer]) await page.context().close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

async function open(prepare?: () => void): Promise<void> {
  desk = deskPage(await bed.desk(await bed.profile(prepare)));
  customer = deskPage(await bed.customer('+14155550101'));
}

const callAnn = (): Promise<void> => customer.page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();

/** Resolves once this has the focus, through every shadow root. */
async function focused(locator: Locator): Promise<void> {
  await locator.waitFor();
  const element = await locator.elementHandle();
  await desk.page.waitForFunction((wanted) => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active === wanted;
  }, element);
}

/** Presses Tab, or Shift+Tab, until this has the focus; how often. */
async function tabTo(locator: Locator, most: number, key = 'Tab'): Promise<void> {
  for (let pressed = 0; pressed <= most; pressed++) {
    if (await locator.evaluate((element) => element.matches(':focus'))) return;
    await desk.page.keyboard.press(key);
  }
  assert.fail(`${String(locator)} is more than ${most} keys away`);
}

describe('without a mouse', () => {
  it('answers, mutes, notes, hangs up and wraps up, and the focus goes where the next thing is', async () => {
    await open();
    await desk.field.focus();
    await callAnn();
    await desk.says('Lucy Hall');
    await focused(desk.field);
    await tabTo(desk.button('Answer'), 4, 'Shift+Tab');
    await desk.page.keyboard.press('Enter');
    await desk.says('Call in progress');
    await Promise.all([heard(desk.page), heard(customer.page)]);
    await focused(desk.button('Mute'));
    await desk.page.keyboard.press('Space');
    await desk.says('You are muted');
    await focused(desk.button('Unmute'));
    await desk.page.keyboard.press('Space');
    await desk.silent('You are muted');
    await Promise.all([heard(desk.page), heard(customer.page)]);
    await tabTo(desk.notes, 3);
    await desk.page.keyboard.type('By keyboard alone.');
    await desk.page.keyboard.press('Control+Enter');
    await desk.phone.locator('[part=saved]').filter({ hasText: 'Saved' }).waitFor();
    await desk.page.keyboard.press('Shift+Tab');
    await desk.page.keyboard.press('Shift+Tab');
    await focused(desk.button('Unmute').or(desk.button('Mute')));
    await desk.page.keyboard.press('End');
    await focused(desk.button('Hang up'));
    await desk.page.keyboard.press('Enter');
    await desk.says('Call ended');
    await focused(desk.notes);
    await tabTo(desk.button('Wrap up'), 2);
    await desk.page.keyboard.press('Enter');
    await focused(desk.field);
    const [task] = await eventually(bed.tasks, (tasks) => tasks.length > 0);
    assert.equal(task?.['Description'], 'By keyboard alone.');
  });

  it('dials a name, sends digits and closes the keypad', async () => {
    await open();
    await desk.field.focus();
    await desk.page.keyboard.type('Lucy Ha');
    await desk.phone.getByRole('button', { name: 'Call Lucy Hall' }).first().waitFor();
    await desk.page.keyboard.press('Enter');
    await desk.page.keyboard.press('Enter');
    await customer.says('Incoming call');
    await customer.press('Answer');
    await desk.says('Call in progress');
    await tabTo(desk.button('Mute'), 4, 'Shift+Tab');
    const keypad = desk.phone.getByRole('group', { name: 'Call controls' }).getByRole('button', { name: 'Keypad' });
    for (let step = 0; step < 2; step++) await desk.page.keyboard.press('ArrowRight');
    await focused(keypad);
    await desk.page.keyboard.press('Enter');
    await tabTo(desk.phone.locator('ml-call ml-dialpad').getByRole('button').first(), 2, 'Shift+Tab');
    await desk.page.keyboard.type('12#');
    await desk.phone.getByLabel('Digits sent').getByText('12#').waitFor();
    await desk.page.keyboard.press('Escape');
    await focused(keypad);
    await customer.press('Hang up');
    await desk.says('Call ended');
  });
});

describe('a person who looks elsewhere', () => {
  it('gets a notification with the name, which goes when the call is over, and a title that says who calls', async () => {
    await open(recordNotifications);
    const title = await desk.page.title();
    const elsewhere = await desk.page.context().newPage();
    await elsewhere.bringToFront();
    await desk.page.evaluate(hide);
    await callAnn();
    const shown = (): Promise<string[]> =>
      desk.page.evaluate(() => (globalThis as unknown as { texts(): string[] }).texts());
    await desk.page.waitForFunction(
      () => (globalThis as unknown as { texts(): string[] }).texts().includes('Lucy Hall: Incoming call · Acme'),
      undefined,
      { polling: 100 },
    );
    assert.match(await desk.page.title(), /^Lucy Hall · /);
    await customer.press('Hang up');
    await desk.page.waitForFunction((own) => document.title === own, title, { polling: 100 });
    assert.deepEqual(await shown(), []);
  });
});

/** Keeps what the system would show: one notification per tag. */
function recordNotifications(): void {
  const shown = new Map<string, Recorded>();
  class Recorded extends EventTarget {
    static readonly permission = 'granted';
    readonly text: string;
    readonly #tag: string;
    constructor(title: string, { body = '', tag = '' }: NotificationOptions = {}) {
      super();
      this.text = `${title}: ${body}`;
      this.#tag = tag;
      shown.set(tag, this);
    }
    close(): void {
      if (shown.get(this.#tag) === this) shown.delete(this.#tag);
    }
  }
  const texts = (): string[] => [...shown.values()].map(({ text }) => text);
  Object.assign(globalThis, { texts, Notification: Recorded });
}

/** As a browser does to a tab behind another one. */
function hide(): void {
  Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
  document.hasFocus = () => false;
  document.dispatchEvent(new Event('visibilitychange'));
}
