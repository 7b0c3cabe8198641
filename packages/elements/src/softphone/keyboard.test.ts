import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { focused, pressKey, stops } from '../testing/keys.ts';
import { showCall } from '../testing/shown-call.ts';
import { settled, show } from '../testing/shown-softphone.ts';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import { bobTogether, lucyTogether, ringing } from '../testing/story-stages.ts';

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
