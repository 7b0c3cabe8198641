import { MultiLineError, asFailure } from '@multiline/core';
import type { Tray } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { StillWorkspace } from '../testing/still-workspace.ts';
import { ambiguousCall, callsOfADesk, longCall } from '../testing/story-calls.ts';
import { ambiguous, conflict, item, refused, stranger, waiting } from '../testing/story-items.ts';
import './tray.ts';

export default { title: 'Tray', component: 'ml-tray' };

const desk = (tray: Tray): StillWorkspace => {
  const workspace = new StillWorkspace({
    tray,
    recentCalls: { state: 'ready', calls: [ambiguousCall, ...callsOfADesk] },
  });
  return Object.assign(workspace, { crm: { ...workspace.crm, search: () => Promise.resolve([]) } });
};
const show = (tray: Tray): TemplateResult => html`<ml-tray .workspace=${desk(tray)}></ml-tray>`;

export const Everything = {
  render: () => show({ items: [refused, waiting, conflict, ambiguous, stranger], waiting: 2 }),
};
export const NotLogged = { render: () => show({ items: [refused, waiting], waiting: 0 }) };
export const NotesConflict = { render: () => show({ items: [conflict], waiting: 0 }) };
export const LongNames = {
  render: () =>
    show({
      items: [
        item(longCall, 'not-logged', {
          failure: asFailure(new MultiLineError('refused', { message: 'Priority is required. '.repeat(6) })),
        }),
      ],
      waiting: 1,
    }),
};
export const Choosing = {
  render: () => show({ items: [ambiguous], waiting: 0 }),
  async play({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> {
    const el = (canvasElement.matches('ml-tray') ? canvasElement : canvasElement.querySelector('ml-tray'))!;
    await el.updateComplete;
    el.renderRoot.querySelector<HTMLElement>('.actions button')?.click();
    await el.updateComplete;
  },
};
export const Nothing = { render: () => show({ items: [], waiting: 0 }) };
export const OnItsWay = { render: () => show({ items: [], waiting: 1 }) };
export const Unwired = { render: () => html`<ml-tray></ml-tray>` };
