import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** A page with our elements, as tests speak of it. */
export interface DeskPage {
  readonly page: Page;
  readonly phone: Locator;
  readonly tray: Locator;
  readonly recents: Locator;
  /** The dial field of the phone. */
  readonly field: Locator;
  readonly notes: Locator;
  /** A button of the phone by its whole name. */
  button(name: string): Locator;
  /** Resolves once the phone shows this text. */
  says(text: string | RegExp): Promise<void>;
  /** Resolves once the phone shows this text no more. */
  silent(text: string | RegExp): Promise<void>;
  /** Resolves once the tray shows this text. */
  waits(text: string | RegExp): Promise<void>;
  /** Resolves once the first row of the recent calls shows this text. */
  firstRow(text: string | RegExp): Promise<void>;
  /** Clicks a button of the phone. */
  press(name: string): Promise<void>;
}

export function deskPage(page: Page): DeskPage {
  const phone = page.locator('ml-softphone');
  const tray = page.locator('ml-tray');
  const recents = page.locator('ml-recent-calls');
  const button = (name: string): Locator => phone.getByRole('button', { name, exact: true });
  return {
    page,
    phone,
    tray,
    recents,
    field: phone.getByLabel('Number or name'),
    notes: phone.getByRole('textbox', { name: 'Call notes' }),
    button,
    says: (text) => phone.getByText(text).first().waitFor(),
    silent: (text) => phone.getByText(text).first().waitFor({ state: 'hidden' }),
    waits: (text) => tray.getByText(text).first().waitFor(),
    firstRow: (text) => recents.getByRole('listitem').first().getByText(text).first().waitFor(),
    press: (name) => button(name).click(),
  };
}

/** Loads the page anew as its user would: the browser asks first whether to leave, and is told to. */
export async function reloadWarned({ page }: DeskPage): Promise<void> {
  const accepted = page.waitForEvent('dialog').then(async (dialog) => {
    await dialog.accept();
    return dialog.type();
  });
  const [asked] = await Promise.all([accepted, page.reload()]);
  assert.equal(asked, 'beforeunload');
}
