import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { StillWorkspace } from '../testing/still-workspace.ts';
import { callsOfADesk } from '../testing/story-calls.ts';
import type { MlRecentCalls } from './recent-calls.ts';
import './recent-calls.ts';

const show = (): Promise<MlRecentCalls> => {
  const workspace = new StillWorkspace({ recentCalls: { state: 'ready', calls: callsOfADesk } });
  return fixture<MlRecentCalls>(html`<ml-recent-calls .workspace=${workspace} filter="all"></ml-recent-calls>`);
};
/** Row and part that have the focus, in words: elements in a failed assertion cannot be reported. */
const active = (el: MlRecentCalls): string => {
  const element = (el.renderRoot as ShadowRoot).activeElement;
  return `${element?.closest('.row')?.id} ${element?.part.value}`;
};

describe('ml-recent-calls by keyboard', () => {
  it('changes the list by the filter, with the keyboard', async () => {
    const el = await show();
    el.renderRoot.querySelector<HTMLElement>('input[type="radio"]')!.focus();
    await sendKeys({ press: 'ArrowRight' });
    await el.updateComplete;
    expect(el.filter).to.equal('missed');
    expect(el.getAttribute('filter')).to.equal('missed');
    expect(
      [...el.renderRoot.querySelectorAll('.row [part~="name"]')].map((name) => name.textContent?.trim()),
    ).to.deep.equal(['Larry Thomas', 'Newest Ng']);
  });

  it('is one tab stop, with arrows between rows and within one', async () => {
    const el = await show();
    const stops = el.renderRoot.querySelectorAll('.rows [tabindex="0"], .rows :is(a, button):not([tabindex])');
    expect(stops).to.have.length(1);
    el.renderRoot.querySelector<HTMLElement>('#lucy [part~="details"]')!.focus();
    await sendKeys({ press: 'ArrowDown' });
    expect(active(el)).to.equal('larry details');
    await sendKeys({ press: 'ArrowRight' });
    expect(active(el)).to.equal('larry favorite');
    await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ press: 'ArrowDown' });
    expect(active(el)).to.equal('stranger call');
    await sendKeys({ press: 'Home' });
    expect(active(el)).to.equal('lucy call');
    el.dir = 'rtl';
    await sendKeys({ press: 'ArrowLeft' });
    expect(active(el)).to.equal('lucy message');
  });
});
