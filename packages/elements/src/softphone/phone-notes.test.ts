import type { Failure } from '@multiline/core';
import { manualClock } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import { inside, part, settled, show } from '../testing/shown-softphone.ts';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlPhoneNotes } from './phone-notes.ts';
import type { MlSoftphone } from './softphone.ts';

const note = (el: MlSoftphone): string =>
  inside<MlPhoneNotes>(el, 'ml-phone-notes').renderRoot.textContent.replace(/\s+/g, ' ').trim();
const failure = (code: Failure['code']): Failure => ({ code, message: '', retryable: true });

describe('ml-phone-notes in the phone', () => {
  it('counts down to the next try by the clock, and tries at once when asked', async () => {
    const clock = manualClock();
    const line = { state: 'reconnecting', retryAt: clock.now() + 3500, failure: failure('network') } as const;
    const workspace = new StillWorkspace({ clock, phone: { line, here: true } });
    const el = await show(workspace);
    await settled(el);
    expect(note(el)).to.equal(
      'No connection to the phone server. Trying again in 4 s. Notes and logs are kept. Try again',
    );
    clock.advance(2000);
    await settled(el);
    expect(note(el)).to.contain('in 2 s.');
    clock.advance(2000);
    await settled(el);
    expect(note(el)).to.contain('Trying again now.');
    expect(part<HTMLButtonElement>(el, 'call').disabled).to.equal(true);
    expect(el.matches(':state(offline)')).to.equal(true);
    inside<MlPhoneNotes>(el, 'ml-phone-notes').renderRoot.querySelector('button')!.click();
    expect(workspace.commands.at(-1)).to.deep.equal(['reconnect']);
    workspace.$phone.set({ line: { state: 'registered' }, here: true });
    await settled(el);
    expect(note(el)).to.equal('');
    expect(clock.waiting).to.equal(0);
  });

  it('[MV-48] says at a hot desk that nobody is logged in, and leads to the form', async () => {
    const workspace = new StillWorkspace({
      capabilities: { profile: 'hot-desk' },
      loggedIn: false,
      phone: { line: { state: 'off' }, here: true },
    });
    const el = await show(workspace);
    await settled(el);
    expect(note(el)).to.equal('Nobody is logged in at this phone. Log in…');
    inside<MlPhoneNotes>(el, 'ml-phone-notes').renderRoot.querySelector('button')!.click();
    await settled(el);
    expect(part(el, 'presence-toggle').ariaExpanded).to.equal('true');
    workspace.$loggedIn.set(true);
    await settled(el);
    expect(note(el)).to.equal('');
  });

  for (const [code, words] of [
    ['mic-denied', 'The browser blocks the microphone. Allow it for this site, then call again.'],
    ['mic-missing', 'No microphone was found. Connect one, then call again.'],
    ['mic-in-use', 'Another program holds the microphone. Close it there, then call again.'],
  ] as const) {
    it(`says what is wrong with the microphone and what helps: ${code}`, async () => {
      const workspace = new StillWorkspace({ failure: failure(code), dialField: { text: '1002' } });
      const el = await show(workspace);
      await settled(el);
      expect(note(el)).to.contain(words);
      expect(workspace.$dialField.get().text).to.equal('1002');
      await expect(el).to.be.accessible();
    });
  }

  it('says that the browser keeps the ringtone silent, and how it is heard, until it is', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await show(workspace);
    workspace.$ringSilenced.set(true);
    await settled(el);
    expect(note(el)).to.equal('The browser keeps the ringtone silent. Click anywhere on this page to hear it.');
    workspace.$ringSilenced.set(false);
    await settled(el);
    expect(note(el)).to.equal('');
  });

  it('[MV-46] offers notifications between calls to whom has been called, asks the browser by a press alone, and takes no for an answer', async () => {
    const offer = 'See calls while you look elsewhere';
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await show(workspace);
    await settled(el);
    workspace.$recentCalls.set({ state: 'ready', calls: workspace.$calls.get() });
    await settled(el);
    expect(note(el), 'in a call').to.equal('');
    workspace.$calls.set([]);
    await settled(el);
    expect(note(el)).to.equal(`${offer} Allow`);
    expect(workspace.commands).to.deep.equal([]);
    await expect(el).to.be.accessible();
    const button = (name: string): HTMLButtonElement =>
      inside<MlPhoneNotes>(el, 'ml-phone-notes').renderRoot.querySelector(name)!;
    button('span button').click();
    expect(workspace.commands).to.deep.equal([['askNotificationPermission']]);
    button('.dismiss').click();
    await settled(el);
    expect(workspace.commands.at(-1)).to.deep.equal(['changeSettings', { offerNotifications: false }]);
    expect(note(el)).to.equal('');
    workspace.$settings.set({ ...workspace.$settings.get(), offerNotifications: true });
    workspace.notificationPermission = () => 'granted';
    await settled(el);
    expect(note(el)).to.equal('');
  });

  it('says where the phone is, that nobody is signed in, and that nothing is stored', async () => {
    const workspace = new StillWorkspace({ phone: { line: { state: 'registered' }, here: false } });
    const el = await show(workspace);
    await settled(el);
    expect(note(el)).to.contain('in another tab');
    expect(part(el, 'status').textContent).to.equal('In another tab');
    workspace.$phone.set({ line: { state: 'failed', failure: failure('auth-failed') }, here: true });
    workspace.$storageFailure.set(failure('storage-full'));
    await settled(el);
    expect(note(el)).to.contain('The server refused the sign-in.');
    expect(note(el)).to.contain('no room left');
  });
});
