import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import './presence.ts';

export default { title: 'Presence', component: 'ml-presence' };

const reasons = [
  { code: '1', label: 'Lunch' },
  { code: '2', label: 'Team meeting' },
];
const show = (still: Stillness): TemplateResult =>
  html`<ml-presence .workspace=${new StillWorkspace(still)}></ml-presence>`;

export const Available = { render: () => show({}) };
export const AgentAtLunch = {
  render: () => show({ capabilities: { profile: 'agent', reasons }, availability: { state: 'busy', busyReason: '1' } }),
};
export const DoNotDisturbComesFirst = {
  render: () =>
    show({
      capabilities: { profile: 'agent', reasons, forwarding: true },
      availability: { state: 'dnd', dnd: true, busyReason: '1' },
    }),
};
export const Forwarding = {
  render: () => show({ capabilities: { forwarding: true }, availability: { forwardTo: '+14155550199' } }),
};
export const Refused = {
  render: () => show({ availability: { failure: { code: 'server', message: 'The server failed.', retryable: true } } }),
};
export const Asked = { render: () => show({ availability: { pending: true } }) };
export const LongReasons = {
  render: () =>
    show({
      capabilities: {
        profile: 'agent',
        forwarding: true,
        reasons: [{ code: '1', label: 'Nachbearbeitung von Kundenanfragen aus dem Auslandsgeschäft (mit Rückruf)' }],
      },
      availability: { state: 'busy', busyReason: '1' },
    }),
};
export const SignIn = { render: () => show({ capabilities: { profile: 'hot-desk' }, loggedIn: false }) };
export const Unwired = { render: () => html`<ml-presence></ml-presence>` };
