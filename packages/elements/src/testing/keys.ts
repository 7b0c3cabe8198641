import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { LitElement } from 'lit';
import { deep } from './layout.ts';

/** The browser gives a key to the page in front; a page behind another, on a busy machine, now and then gets none of it. */
const TRIES = 3;

/** A real key, pressed until the page has heard of it. */
export async function pressKey(press: string): Promise<void> {
  let heard = false;
  const hear = (): void => {
    heard = true;
  };
  addEventListener('keydown', hear, { capture: true, once: true });
  for (let tries = 0; !heard && tries < TRIES; tries++) await sendKeys({ press });
  removeEventListener('keydown', hear, { capture: true });
}

/** Shift and Tab: to the tab stop before. */
export async function tabBack(): Promise<void> {
  await sendKeys({ down: 'Shift' });
  await pressKey('Tab');
  await sendKeys({ up: 'Shift' });
}

/** What has the focus, through every shadow root. */
export function focused(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active === document.body ? null : (active as HTMLElement | null);
}

/** Every tab stop below an element. */
export const stops = (root: Element): HTMLElement[] =>
  [...deep(root)].filter(
    (one): one is HTMLElement =>
      one instanceof HTMLElement &&
      one.matches('button:enabled, a[href], input:enabled, select:enabled, textarea:enabled') &&
      one.tabIndex >= 0 &&
      one.checkVisibility(),
  );

/** Every element within has drawn what follows from what the others drew. */
export async function allDrawn(root: Element): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await Promise.all([...deep(root)].map((one) => (one as Partial<LitElement>).updateComplete));
  }
}

/** Goes to the first control of this kind: it is a tab stop, or arrows lead to it from the one its group has. */
export async function reach(root: Element, selector: string): Promise<void> {
  const wanted = [...deep(root)].find((one) => one.matches(selector) && one.checkVisibility()) as HTMLElement;
  // Elements are not handed to the assertions: to print one takes for ever.
  expect(Boolean(wanted), selector).to.equal(true);
  const group = wanted.closest('.controls, .further, [role="group"], [role="menu"]') ?? wanted;
  const stop = stops(root).find((one) => one === wanted) ?? stops(root).find((one) => group.contains(one));
  expect(Boolean(stop), `tab stop for ${selector}`).to.equal(true);
  stop?.focus();
  if (focused() !== wanted) await pressKey('Home');
  for (let steps = 0; focused() !== wanted && steps < 12; steps++) {
    await pressKey(group.role === 'group' && group.querySelector('.choice') ? 'ArrowDown' : 'ArrowRight');
  }
  expect(focused() === wanted, `focus on ${selector}`).to.equal(true);
}
