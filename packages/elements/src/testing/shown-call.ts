import { fixture, html } from '@open-wc/testing';
import type { Workspace } from '@multiline/core';
import { drawn } from './scripted-desk.ts';
import type { MlCallTarget } from '../call/call-target.ts';
import type { MlCall } from '../call/call.ts';
import '../call/call.ts';

/** A call on a page, for its tests; without an id the first of the list. */
export const showCall = (workspace: Workspace, callId = ''): Promise<MlCall> =>
  fixture<MlCall>(html`<ml-call .workspace=${workspace} .callId=${callId}></ml-call>`);

export const find = <E extends HTMLElement = HTMLElement>(el: MlCall | MlCallTarget, selector: string): E | null =>
  el.renderRoot.querySelector<E>(selector);
export const press = (el: MlCall | MlCallTarget, selector: string): void => {
  find(el, selector)!.click();
};
export const words = (element: Element | null | undefined): string =>
  element?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
/** The buttons of the grid, in words. */
export const grid = (el: MlCall): string[] => [...el.renderRoot.querySelectorAll('.controls button')].map(words);
/** The panel of targets, as soon as it is drawn. */
export async function panelOf(el: MlCall): Promise<MlCallTarget> {
  const panel = await drawn(el, () => el.renderRoot.querySelector('ml-call-target'));
  await panel.updateComplete;
  return panel;
}
