import { fixture, html } from '@open-wc/testing';
import type { MlClickToDial } from '../click-to-dial/click-to-dial.ts';
import '../click-to-dial/click-to-dial.ts';
import { StillWorkspace } from './still-workspace.ts';

/** The numbers that were made clickable. */
export const links = (el: Element): HTMLAnchorElement[] => [
  ...el.querySelectorAll<HTMLAnchorElement>('[data-ml-number]'),
];
export const texts = (el: Element): (string | null)[] => links(el).map((link) => link.textContent);

/** Wraps this markup; resolves when it has been looked through. */
export async function wrap(content: unknown, workspace: object | null = new StillWorkspace()): Promise<MlClickToDial> {
  const el = await fixture<MlClickToDial>(
    html`<ml-click-to-dial .workspace=${workspace}>${content}</ml-click-to-dial>`,
  );
  await el.updateComplete;
  return el;
}
