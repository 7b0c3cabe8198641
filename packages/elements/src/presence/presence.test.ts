import { MultiLineError } from '@multiline/core';
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { drawn } from '../testing/scripted-desk.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import type { MlPresence } from './presence.ts';
import './presence.ts';

const reasons = [
  { code: '1', label: 'Lunch' },
  { code: '2', label: 'Team meeting' },
];
const agent = { profile: 'agent', reasons } as const;

async function show(still: Stillness = {}): Promise<{ el: MlPresence; workspace: StillWorkspace }> {
  const workspace = new StillWorkspace(still);
  return { el: await fixture<MlPresence>(html`<ml-presence .workspace=${workspace}></ml-presence>`), workspace };
}
const words = (element: Element | null): string => element?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const choices = (el: MlPresence): HTMLButtonElement[] => [
  ...el.renderRoot.querySelectorAll<HTMLButtonElement>('.choice'),
];
const pressed = (el: MlPresence): string[] =>
  choices(el)
    .filter(({ ariaPressed }) => ariaPressed === 'true')
    .map(words);

describe('ml-presence', () => {
  it('is accessible in each of its states', async () => {
    for (const still of [
      {},
      { capabilities: { ...agent, forwarding: true }, availability: { state: 'dnd', dnd: true, busyReason: '1' } },
      { capabilities: { profile: 'hot-desk' }, loggedIn: false },
    ] as Stillness[]) {
      const { el } = await show(still);
      await expect(el).to.be.accessible();
    }
  });

  it('[MV-26] asks for Do Not Disturb, for a reason of Make Busy and for available, each named in words', async () => {
    const { el, workspace } = await show({ capabilities: agent });
    expect(choices(el).map(words)).to.deep.equal([
      'Available',
      'Do Not Disturb Calls go to voicemail, or hear that you are busy',
      'Make Busy Lunch',
      'Make Busy Team meeting',
    ]);
    for (const choice of [1, 3, 0]) choices(el)[choice]!.click();
    expect(workspace.commands).to.deep.equal([
      ['setAvailability', { dnd: true }],
      ['setAvailability', { busyReason: '2' }],
      ['setAvailability', 'available'],
    ]);
  });

  it('marks what is active, and that Do Not Disturb comes before Make Busy', async () => {
    const { el, workspace } = await show({
      capabilities: agent,
      availability: { state: 'busy', busyReason: '1' },
    });
    expect(pressed(el)).to.deep.equal(['Make Busy Lunch']);
    expect(choices(el)[2]!.querySelectorAll('svg')).to.have.length(2);
    expect(el.matches(':state(busy)')).to.equal(true);
    workspace.$availability.set({ ...workspace.$availability.get(), state: 'dnd', dnd: true });
    await el.updateComplete;
    expect(el.matches(':state(dnd)')).to.equal(true);
    expect(pressed(el)).to.deep.equal([
      'Do Not Disturb Calls go to voicemail, or hear that you are busy',
      'Make Busy Lunch · Do Not Disturb comes first',
    ]);
    choices(el)[2]!.click();
    expect(workspace.commands).to.deep.equal([['setAvailability', { busyReason: null }]]);
  });

  it('changes nothing by itself: it says that the phone server is asked, and what it refused', async () => {
    const refuse = { setAvailability: new MultiLineError('server', { message: 'The code is not known.' }) };
    const { el, workspace } = await show({ refuse });
    workspace.$availability.set({ ...workspace.$availability.get(), pending: true });
    await el.updateComplete;
    expect(el.matches(':state(pending)')).to.equal(true);
    expect(words(el.renderRoot.querySelector('[role="status"]'))).to.equal('Telling the phone server');
    choices(el)[1]!.click();
    const notice = await drawn(el, () => el.renderRoot.querySelector('.notice'));
    expect(words(notice)).to.equal('This could not be changed. The code is not known.');
    expect(pressed(el)).to.deep.equal(['Available']);
  });

  it('is one tab stop; arrows move between the choices', async () => {
    const { el } = await show({ capabilities: agent });
    choices(el)[0]!.focus();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    expect((el.renderRoot as ShadowRoot).activeElement).to.equal(choices(el)[2]);
    expect(choices(el).filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1);
  });

  it('forwards calls to a number, says where they go, and stops', async () => {
    const { el, workspace } = await show({ capabilities: { forwarding: true } });
    const input = el.renderRoot.querySelector('input')!;
    input.value = '(415) 555-0199';
    el.renderRoot.querySelector<HTMLElement>('[type="submit"]')!.click();
    workspace.$availability.set({ ...workspace.$availability.get(), forwardTo: '+14155550199' });
    await el.updateComplete;
    const forwarding = el.renderRoot.querySelector('[part="forwarding"]')!;
    expect(words(forwarding)).to.contain('Calls go to (415) 555-0199');
    forwarding.querySelector('button')!.click();
    expect(workspace.commands).to.deep.equal([
      ['setForwarding', '(415) 555-0199'],
      ['setForwarding', null],
    ]);
  });

  it('signs hot desks and agents in and out, nobody else', async () => {
    const { el, workspace } = await show({ capabilities: { profile: 'hot-desk' }, loggedIn: false });
    expect(choices(el)).to.have.length(0);
    const [user, password] = [...el.renderRoot.querySelectorAll('input')];
    user!.value = ' 1001 ';
    password!.value = 'secret';
    el.renderRoot.querySelector<HTMLElement>('[type="submit"]')!.click();
    workspace.$loggedIn.set(true);
    await el.updateComplete;
    const out = el.renderRoot.querySelector<HTMLElement>('[part="login"] button')!;
    expect(words(out)).to.equal('Log out');
    out.click();
    expect(workspace.commands).to.deep.equal([['logIn', { username: '1001', password: 'secret' }], ['logOut']]);
    const regular = await show();
    expect(regular.el.renderRoot.querySelector('[part="login"]')).to.equal(null);
  });

  it('says why signing in failed', async () => {
    const { el } = await show({
      capabilities: { profile: 'agent' },
      loggedIn: false,
      refuse: { logIn: new MultiLineError('auth-failed') },
    });
    for (const input of el.renderRoot.querySelectorAll('input')) input.value = 'x';
    el.renderRoot.querySelector<HTMLElement>('[type="submit"]')!.click();
    const notice = await drawn(el, () => el.renderRoot.querySelector('.notice'));
    expect(words(notice)).to.equal('The phone could not be signed in. The server refused the sign-in.');
  });

  it('keeps the focus where it was when forwarding begins and ends', async () => {
    const { el, workspace } = await show({ capabilities: { forwarding: true } });
    el.renderRoot.querySelector('input')!.focus();
    workspace.$availability.set({ ...workspace.$availability.get(), forwardTo: '+14155550199' });
    await el.updateComplete;
    expect((el.renderRoot as ShadowRoot).activeElement?.textContent.trim()).to.equal('Stop forwarding');
    workspace.$availability.set({ ...workspace.$availability.get(), forwardTo: null });
    await el.updateComplete;
    expect((el.renderRoot as ShadowRoot).activeElement?.localName).to.equal('input');
  });

  it('has its empty shape without a workspace', async () => {
    const el = await fixture<MlPresence>(html`<ml-presence></ml-presence>`);
    expect(el.matches(':state(unwired)')).to.equal(true);
  });
});
