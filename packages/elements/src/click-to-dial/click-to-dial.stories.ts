import { html } from 'lit';
import { StillWorkspace } from '../testing/still-workspace.ts';
import './click-to-dial.ts';

export default { title: 'Click to dial', component: 'ml-click-to-dial' };

export const Page = {
  render: () =>
    html`<ml-click-to-dial .workspace=${new StillWorkspace()}>
      <p>Call Lucy at (415) 555-0101, or <a href="tel:+442079460105">our London office</a>.</p>
      <p>Invoice 2026-11-12, total $4,155.50. The line is <code>+14155550102</code>.</p>
    </ml-click-to-dial>`,
};
export const RightToLeft = {
  render: () =>
    html`<ml-click-to-dial .workspace=${new StillWorkspace()} lang="ar" dir="rtl">
      <p>اتصل على +1 415 555 0101 اليوم</p>
    </ml-click-to-dial>`,
};
export const Unwired = {
  render: () => html`<ml-click-to-dial><p>Call (415) 555-0101.</p></ml-click-to-dial>`,
};
