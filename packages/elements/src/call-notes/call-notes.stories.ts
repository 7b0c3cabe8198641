import { MultiLineError } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import './call-notes.ts';

export default { title: 'Call notes', component: 'ml-call-notes' };

const text = 'Wants the Q1 renewal at 40 seats.';
const quick = ['Left a message.', 'Call back tomorrow.'];
const show = (saved: string): TemplateResult => {
  const notes = { text: saved, saved, ...(saved && { savedAt: Date.UTC(2026, 10, 12, 15, 41) }) };
  const workspace = new StillWorkspace({ calls: [stillCall({ notes })], policy: { notes: { autoSave: true, quick } } });
  return html`<ml-call-notes .workspace=${workspace}></ml-call-notes>`;
};

export const Empty = { render: () => show('') };
export const Saved = { render: () => show(text) };
export const Long = { render: () => show(`${text} `.repeat(20)) };
export const NotSaved = {
  render: () => {
    const notes = { text, saved: '' };
    const refuse = { saveNotes: new MultiLineError('storage-full') };
    return html`<ml-call-notes
      .workspace=${new StillWorkspace({ calls: [stillCall({ notes })], refuse })}
    ></ml-call-notes>`;
  },
  async play({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> {
    const notes = (
      canvasElement.matches('ml-call-notes') ? canvasElement : canvasElement.querySelector('ml-call-notes')
    )!;
    await notes.updateComplete;
    await notes.save();
    await notes.updateComplete;
  },
};
export const QuickNotes = {
  render: () => show(text),
  async play({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> {
    const notes = (
      canvasElement.matches('ml-call-notes') ? canvasElement : canvasElement.querySelector('ml-call-notes')
    )!;
    await notes.updateComplete;
    notes.renderRoot.querySelector<HTMLElement>('.quick')?.click();
    await notes.updateComplete;
  },
};
export const Unwired = { render: () => html`<ml-call-notes></ml-call-notes>` };
