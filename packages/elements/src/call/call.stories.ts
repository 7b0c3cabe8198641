import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Call } from '@multiline/core';
import { StillWorkspace, larry, matched, stillCall } from '../testing/still-workspace.ts';
import './call.ts';

export default { title: 'Call', component: 'ml-call' };

const show = (call: Call): TemplateResult =>
  html`<ml-call .workspace=${new StillWorkspace({ calls: [call] })}></ml-call>`;
const { answeredAt: _, ...unanswered } = stillCall();

export const Ringing = { render: () => show({ ...unanswered, phase: 'ringing', match: matched(larry) }) };
export const Connecting = { render: () => show({ ...unanswered, direction: 'outbound', phase: 'connecting' }) };
export const InCall = { render: () => show(stillCall()) };
export const InCallKeypad = {
  render: () => show(stillCall({ digits: '106#' })),
  async play({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> {
    const call = (canvasElement.matches('ml-call') ? canvasElement : canvasElement.querySelector('ml-call'))!;
    await call.updateComplete;
    call.renderRoot.querySelector<HTMLElement>('#keypad')?.click();
    await call.updateComplete;
  },
};
export const LookingUpTheNumber = {
  render: () =>
    show({ ...unanswered, phase: 'ringing', match: { state: 'searching', record: null, candidates: [], why: null } }),
};
export const NumberWithheld = {
  render: () =>
    show({
      ...unanswered,
      phase: 'ringing',
      number: '',
      match: { state: 'unknown', record: null, candidates: [], why: null },
    }),
};
export const SeveralMatches = {
  render: () =>
    show(stillCall({ match: { state: 'ambiguous', record: null, candidates: [larry, larry, larry], why: null } })),
};
export const Ended = { render: () => show(stillCall({ phase: 'ended', reason: 'completed', endedBy: 'them' })) };
export const Failed = {
  render: () =>
    show({
      ...unanswered,
      direction: 'outbound',
      phase: 'ended',
      reason: 'failed',
      failure: { code: 'server', message: '', retryable: true },
    }),
};
export const Unwired = { render: () => html`<ml-call></ml-call>` };
