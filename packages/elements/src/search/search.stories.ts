import { MultiLineError } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { larry, lucy } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import { longName } from '../testing/story-calls.ts';
import './search.ts';

export default { title: 'Search', component: 'ml-search' };

/** The clock calls back at once: nothing rests. */
const hasty = {
  now: () => Date.UTC(2026, 10, 12, 15, 41),
  at(_at: number, callback: () => void) {
    queueMicrotask(callback);
    return () => undefined;
  },
};
const show = (still: Stillness): TemplateResult =>
  html`<ml-search .workspace=${new StillWorkspace({ clock: hasty, ...still })}></ml-search>`;

/** Types into the field, as a person does. */
const typing =
  (text: string) =>
  async ({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> => {
    const el = (canvasElement.matches('ml-search') ? canvasElement : canvasElement.querySelector('ml-search'))!;
    await el.updateComplete;
    const input = el.renderRoot.querySelector('input');
    if (!input) return;
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    await el.updateComplete;
  };

export const Empty = { render: () => show({}) };
export const Results = {
  render: () =>
    show({
      search: () => [
        { record: lucy, numbers: ['+14155550101'] },
        { record: larry, numbers: ['+14155550102'] },
        { record: { kind: 'Account', id: '1', name: 'Lumen' }, numbers: [] },
      ],
    }),
  play: typing('lu'),
};
export const LongNames = {
  render: () =>
    show({
      search: () => [
        { record: longName, numbers: ['+4915112345678901'] },
        { record: lucy, numbers: ['+14155550101'] },
      ],
    }),
  play: typing('wo'),
};
export const Searching = { render: () => show({ search: () => new Promise(() => undefined) }), play: typing('lu') };
export const NobodyFound = { render: () => show({ search: () => [] }), play: typing('nobody') };
export const Failed = {
  render: () =>
    show({ search: () => Promise.reject(new MultiLineError('server', { message: 'Salesforce did not answer.' })) }),
  play: typing('lu'),
};
export const Unwired = { render: () => html`<ml-search></ml-search>` };
