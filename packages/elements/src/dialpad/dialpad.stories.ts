import { html } from 'lit';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import './dialpad.ts';

export default { title: 'Dialpad', component: 'ml-dialpad' };

export const Idle = { render: () => html`<ml-dialpad .workspace=${new StillWorkspace()}></ml-dialpad>` };
export const InCall = {
  render: () =>
    html`<ml-dialpad .workspace=${new StillWorkspace({ calls: [stillCall()] })} .callId=${'call-1'}></ml-dialpad>`,
};
export const Unwired = { render: () => html`<ml-dialpad></ml-dialpad>` };
