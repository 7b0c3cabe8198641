import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { allDrawn, focused, pressKey, tabBack } from '../testing/keys.ts';
import { mailbox, messages, ready } from '../testing/mailbox.ts';
import { drawn } from '../testing/scripted-desk.ts';
import type { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlVoicemail } from './voicemail.ts';
import './voicemail.ts';

/** Messages of twenty seconds: none comes to its end while a key is pressed. */
async function show(): Promise<{ el: MlVoicemail; workspace: StillWorkspace }> {
  const workspace = mailbox(ready, {}, 20);
  return { el: await fixture<MlVoicemail>(html`<ml-voicemail .workspace=${workspace}></ml-voicemail>`), workspace };
}
const called = (): string => focused()?.ariaLabel ?? focused()?.textContent.trim() ?? '';
const press = async (el: MlVoicemail, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) {
    await (key === 'Shift+Tab' ? tabBack() : pressKey(key));
    await allDrawn(el);
  }
};
const plays = (el: MlVoicemail, playing: boolean): Promise<unknown> =>
  drawn(el, () => (el.renderRoot.querySelector('.play')?.ariaLabel === 'Pause') === playing);
const verbs = ({ commands }: StillWorkspace): unknown[] => commands.slice(1);
const larry = 'the message of Larry Thomas';

describe('the mailbox by keyboard alone', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  it('goes by Tab from message to message: Mark, Play, Call, Delete', async () => {
    const { el } = await show();
    const seen: string[] = [];
    for (let steps = 0; steps < 8; steps++) {
      await press(el, 'Tab');
      seen.push(called());
    }
    const other = '(415) 555-0199';
    expect(seen).to.deep.equal([
      `Mark ${larry} as heard`,
      `Play ${larry}`,
      'Call Larry Thomas',
      `Delete ${larry}`,
      `Mark the message of ${other} as new`,
      `Play the message of ${other}`,
      `Call ${other}`,
      `Delete the message of ${other}`,
    ]);
  });

  it('marks as heard and as new, and the focus stays where it is', async () => {
    const { el, workspace } = await show();
    await press(el, 'Tab', 'Enter');
    expect(called()).to.equal(`Mark ${larry} as new`);
    await press(el, 'Space');
    expect(called()).to.equal(`Mark ${larry} as heard`);
    expect(verbs(workspace)).to.deep.equal([true, false].map((heard) => ['markVoicemail', '1', heard]));
  });

  it('plays, pauses and goes on, marks heard, and the focus stays where it is', async () => {
    const { el, workspace } = await show();
    await press(el, 'Tab', 'Tab', 'Enter');
    await plays(el, true);
    await press(el, 'Space');
    await plays(el, false);
    expect(called()).to.equal(`Play ${larry}`);
    await press(el, 'Space');
    await plays(el, true);
    expect(called()).to.equal('Pause');
    expect(verbs(workspace)).to.deep.equal([
      ['voicemailAudio', '1'],
      ['markVoicemail', '1', true],
    ]);
  });

  it('goes to another place by arrows, Home and End, and plays on from there', async () => {
    const { el } = await show();
    await press(el, 'Tab', 'Tab', 'Enter');
    await plays(el, true);
    await press(el, 'Space');
    await plays(el, false);
    await press(el, 'Tab');
    const slider = focused() as HTMLInputElement;
    expect(called()).to.equal(`Position in ${larry}`);
    await press(el, 'Home');
    expect([slider.value, slider.ariaValueText]).to.deep.equal(['0', '0:00 / 0:20']);
    await press(el, 'ArrowRight', 'ArrowRight', 'ArrowRight');
    expect(slider.ariaValueText).to.equal('0:02 / 0:20');
    await press(el, 'ArrowLeft', 'ArrowLeft');
    expect(Number(slider.value)).to.be.closeTo(20_000 / 30, 1);
    await press(el, 'End');
    expect([Math.round(Number(slider.value)), slider.ariaValueText]).to.deep.equal([20_000, '0:20 / 0:20']);
    await press(el, 'ArrowLeft', 'Shift+Tab', 'Enter');
    await plays(el, true);
    expect(Number(slider.value)).to.be.greaterThan(19_000);
    expect(called()).to.equal('Pause');
  });

  it('deletes once it was asked for twice, and the focus goes to the next message, then to the title', async () => {
    const { el, workspace } = await show();
    await press(el, 'Tab', 'Tab', 'Tab', 'Tab', 'Enter');
    expect([called(), focused()?.closest('[role="group"]')?.ariaLabel]).to.deep.equal(['Cancel', `Delete ${larry}`]);
    await press(el, 'Shift+Tab');
    expect(called()).to.equal('Delete');
    await press(el, 'Enter');
    await drawn(el, () => el.renderRoot.querySelectorAll('.message').length === 1);
    expect(called()).to.equal('Play the message of (415) 555-0199');
    await press(el, 'Tab', 'Tab', 'Enter', 'Shift+Tab', 'Enter');
    await drawn(el, () => !el.renderRoot.querySelector('.message'));
    expect(called()).to.equal('Voicemail');
    expect(verbs(workspace)).to.deep.equal(messages.map(({ id }) => ['deleteVoicemail', id]));
  });

  it('deletes nothing by Cancel, by Escape or by a key that is held down, and the focus goes back to Delete', async () => {
    const { el, workspace } = await show();
    await press(el, 'Tab', 'Tab', 'Tab', 'Tab');
    for (const leave of ['Enter', 'Escape']) {
      await press(el, 'Enter');
      expect(called()).to.equal('Cancel');
      await press(el, leave);
      expect([called(), focused()?.ariaExpanded]).to.deep.equal([`Delete ${larry}`, 'false']);
    }
    expect(verbs(workspace)).to.deep.equal([]);
  });
});
