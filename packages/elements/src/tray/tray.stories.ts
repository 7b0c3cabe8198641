import type { Tray } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { StillWorkspace } from '../testing/still-workspace.ts';
import { ambiguousCall, callsOfADesk } from '../testing/story-calls.ts';
import { ambiguous, conflict, refused, stranger, waiting } from '../testing/story-items.ts';
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
export const Nothing = { render: () => show({ items: [], waiting: 0 }) };
export const OnItsWay = { render: () => show({ items: [], waiting: 1 }) };
export const Unwired = { render: () => html`<ml-tray></ml-tray>` };
