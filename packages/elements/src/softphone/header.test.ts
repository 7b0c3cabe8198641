import { expect } from '@open-wc/testing';
import type { MlCallerId } from './caller-id.ts';
import type { MlSearch } from '../search/search.ts';
import { sendKeys } from '@web/test-runner-commands';
import { has, inside, part, settled, show } from '../testing/shown-softphone.ts';
import { lucy, stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import type { MlSoftphone } from './softphone.ts';

const words = (element: Element): string => element.textContent.replace(/\s+/g, ' ').trim();
const tone = (el: MlSoftphone): string => el.renderRoot.querySelector('.presence')!.className;
const reasons = [{ code: 'lunch', label: 'Lunch' }];
const own = ['+14155550001', '+14155550002'];

async function status(still: Stillness): Promise<[string, string]> {
  const el = await show(new StillWorkspace(still));
  return [words(part(el, 'status')), tone(el)];
}

describe('the header of ml-softphone', () => {
  it('opens the availability from name and status', async () => {
    const el = await show(new StillWorkspace());
    part(el, 'presence-toggle').click();
    await settled(el);
    expect(has(el, 'ml-presence')).to.equal(true);
    expect(part(el, 'presence-toggle').ariaExpanded).to.equal('true');
    await expect(el).to.be.accessible();
    part(el, 'presence-toggle').click();
    await settled(el);
    expect(has(el, 'ml-presence')).to.equal(false);
  });

  it('says by word, shape and colour how one stands, Do Not Disturb before all but a lost connection', async () => {
    const capabilities = { reasons, profile: 'agent' } as const;
    const calls = [stillCall()];
    expect(await status({})).to.deep.equal(['Available', 'presence on']);
    expect(await status({ availability: { state: 'dnd', dnd: true }, calls })).to.deep.equal([
      'Do Not Disturb',
      'presence dnd',
    ]);
    const busy = { state: 'busy', busyReason: 'lunch' } as const;
    expect(await status({ availability: busy, capabilities })).to.deep.equal(['Make Busy · Lunch', 'presence busy']);
    expect(await status({ availability: busy, capabilities, calls })).to.deep.equal(['On a call', 'presence busy']);
    expect(await status({ availability: { forwardTo: '+14155550199' } })).to.deep.equal([
      'Available · Calls are forwarded',
      'presence on',
    ]);
    expect(await status({ loggedIn: false })).to.deep.equal(['Signed out', 'presence off']);
  });

  it('cuts a long reason at the end of its line, and says the whole of it in the title and to a screen reader', async () => {
    const reason = 'Nachbearbeitung von Kundenanfragen aus dem Auslandsgeschäft';
    const workspace = new StillWorkspace({
      availability: { state: 'busy', busyReason: 'after' },
      capabilities: { reasons: [{ code: 'after', label: reason }], profile: 'agent' },
    });
    const el = await show(workspace);
    el.style.inlineSize = '320px';
    const shown = part(el, 'status');
    expect(shown.scrollWidth).to.be.greaterThan(shown.clientWidth);
    expect(shown.getBoundingClientRect().height).to.be.lessThan(20);
    expect(shown.title.replaceAll('\u00A0', ' ')).to.equal(`Make Busy · ${reason}`);
    expect(words(part(el, 'presence-toggle'))).to.contain(`Make Busy · ${reason}`);
    await expect(el).to.be.accessible();
  });

  it('tells the profile by icon and word', async () => {
    for (const [profile, word, icon] of [
      ['regular', 'Regular user', 'person'],
      ['hot-desk', 'Hot desk', 'person'],
      ['agent', 'Agent', 'headphones'],
    ] as const) {
      const el = await show(new StillWorkspace({ capabilities: { profile } }));
      expect(words(part(el, 'profile'))).to.equal(word);
      // A head and its shoulders, or headphones, which are one line.
      expect(part(el, 'profile').querySelector('circle') ? 'person' : 'headphones').to.equal(icon);
    }
  });

  it('lets choose the number a call goes out with, the one this contact was called with chosen already', async () => {
    const workspace = new StillWorkspace({
      capabilities: { callerIds: own },
      dialField: { text: '+14155550101', record: lucy, callerId: own[1]! },
    });
    const el = await show(workspace);
    await settled(el);
    const choice = inside<MlCallerId>(el, 'ml-caller-id');
    await choice.updateComplete;
    const select = choice.renderRoot.querySelector('select')!;
    expect(select.value).to.equal(own[1]);
    await expect(el).to.be.accessible();
    part(el, 'call').click();
    expect(workspace.commands.at(-1)).to.deep.equal(['dial', '+14155550101', { record: lucy }]);
    await settled(el);
    workspace.setDialField('1002');
    await settled(el);
    await choice.updateComplete;
    expect(select.selectedOptions[0]!.textContent).to.equal('Default number');
    select.value = own[1]!;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await settled(el);
    inside<MlSearch>(el, 'ml-search').focus();
    await sendKeys({ press: 'Enter' });
    expect(workspace.commands.at(-1)).to.deep.equal(['dial', '1002', { callerId: own[1] }]);
  });

  it('forgets the number a contact was called with by the default number', async () => {
    const workspace = new StillWorkspace({
      capabilities: { callerIds: own },
      dialField: { text: '+14155550101', record: lucy, callerId: own[1]! },
    });
    const el = await show(workspace);
    await settled(el);
    const choice = inside<MlCallerId>(el, 'ml-caller-id');
    await choice.updateComplete;
    const select = choice.renderRoot.querySelector('select')!;
    select.focus();
    await sendKeys({ press: 'Home' });
    await settled(el);
    expect([select.value, choice.chosen]).to.deep.equal(['', null]);
    part(el, 'call').click();
    expect(workspace.commands.at(-1)).to.deep.equal(['dial', '+14155550101', { record: lucy, callerId: null }]);
  });

  it('offers no choice of numbers where there is none', async () => {
    const el = await show(new StillWorkspace({ capabilities: { callerIds: own.slice(1) } }));
    await settled(el);
    expect(has(el, 'ml-caller-id')).to.equal(false);
  });
});
