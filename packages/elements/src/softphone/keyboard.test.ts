import type { Call } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { pressKey } from '../testing/keys.ts';
import { deep } from '../testing/layout.ts';
import { find, showCall } from '../testing/shown-call.ts';
import { settled, show } from '../testing/shown-softphone.ts';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import { asked, bobTogether, held, lucyTogether, ringing } from '../testing/story-stages.ts';

/** What has the focus, through every shadow root. */
function focused(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active === document.body ? null : (active as HTMLElement | null);
}

/** Every tab stop below an element. */
const stops = (root: Element): HTMLElement[] =>
  [...deep(root)].filter(
    (one): one is HTMLElement =>
      one instanceof HTMLElement &&
      one.matches('button:enabled, a[href], input, select, textarea') &&
      one.tabIndex >= 0 &&
      one.checkVisibility(),
  );

describe('the phone without a mouse', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  for (const [what, calls, id] of [
    ['Answer', [ringing], 'answer'],
    ['Answer, above a call that goes on,', [stillCall(), ringing], 'answer'],
    ['Mute', [stillCall()], 'mute'],
  ] as const) {
    it(`reaches ${what} from anywhere within four keys, and Hang up or Decline after it`, async () => {
      const workspace = new StillWorkspace({ calls, dialField: { text: '555', record: null } });
      const el = await show(workspace);
      await settled(el);
      const every = stops(el);
      expect(every.length).to.be.greaterThan(6);
      for (const stop of every) {
        workspace.setDialField('555');
        await settled(el);
        stop.focus();
        let keys = 0;
        for (; focused()?.id !== id && keys < 4; keys++) {
          await pressKey('Escape');
          await settled(el);
        }
        // Two to get there, one to press it; End and Enter for the last of the controls.
        expect(keys, stop.outerHTML.slice(0, 120)).to.be.at.most(2);
      }
      if (id !== 'mute') return;
      await pressKey('End');
      expect(focused()?.id).to.equal('hang-up');
      await pressKey('Enter');
      expect(workspace.commands.at(-1)).to.deep.equal(['hangUp', 'call-1']);
    });
  }

  const together = [lucyTogether, bobTogether] as const;
  const jobs: readonly (readonly [what: string, calls: readonly Call[], selector: string, commands: unknown[]])[] = [
    ['holds', [stillCall()], '#hold', [['hold', 'call-1']]],
    ['resumes', [held], '#hold', [['resume', 'call-1']]],
    ['records', [stillCall()], '#record', [['record', 'call-1', 'start']]],
    ['asks whom to transfer to', [stillCall()], '#transfer', [['askTarget', 'call-1', 'transfer']]],
    ['asks whom to add', [stillCall()], '#add', [['askTarget', 'call-1', 'conference']]],
    ['swaps', [asked, held], '[part="swap"]', [['swap', held.id]]],
    ['completes a transfer', [asked, held], '[part="complete-transfer"]', [['completeTransfer', asked.id]]],
    ['merges', [asked, held], '[part="merge"]', [['merge', asked.id]]],
    ['removes a participant', together, '[part="remove"]', [['removeParticipant', lucyTogether.id]]],
    ['mutes a participant', together, '[part="silence"]', [['silence', lucyTogether.id, true]]],
    ['declines', [ringing], '#decline', [['decline', ringing.id]]],
    ['replies with text', [ringing], '[part="reply"]', [['replyWithText', ringing.id]]],
    ['sends to voicemail', [ringing], '[part="voicemail"]', [['sendToVoicemail', ringing.id]]],
    ['asks whom to redirect to', [ringing], '[part="redirect"]', [['askTarget', ringing.id, 'redirect']]],
  ];
  for (const [what, calls, selector, commands] of jobs) {
    it(`${what} by Enter on a button that is a tab stop, or stands in a group that is one`, async () => {
      const workspace = new StillWorkspace({ calls, capabilities: { voicemail: true } });
      const el = await showCall(workspace, calls[0]!.id);
      const wanted = find(el, selector)!;
      const group = wanted.closest('.controls, .further') ?? wanted;
      expect(stops(el).some((stop) => group.contains(stop))).to.equal(true);
      wanted.focus();
      await pressKey('Enter');
      expect(workspace.commands).to.deep.equal(commands);
    });
  }

  it('keeps the focus in the call when a participant goes, and when the conference is an ordinary call again', async () => {
    const workspace = new StillWorkspace({ calls: [lucyTogether, bobTogether] });
    const el = await showCall(workspace, lucyTogether.id);
    [...el.renderRoot.querySelectorAll<HTMLElement>('[part="remove"]')].at(-1)!.focus();
    const { conference: _, ...alone } = lucyTogether;
    workspace.$calls.set([alone]);
    await el.updateComplete;
    expect(focused()?.id).to.equal('mute');
  });
});
