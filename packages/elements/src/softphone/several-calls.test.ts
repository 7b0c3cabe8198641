import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { MlCall } from '../call/call.ts';
import { has, inside, ringing, settled, show } from '../testing/shown-softphone.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import { asked, bobTogether, held, lucyTogether, staged } from '../testing/story-stages.ts';
import type { MlSoftphone } from './softphone.ts';

const calls = (el: MlSoftphone): [string, boolean][] =>
  [...el.renderRoot.querySelectorAll<MlCall>('ml-call')].map(({ callId, compact }) => [callId, compact]);
const stage = (el: MlSoftphone): ShadowRoot =>
  [...el.renderRoot.querySelectorAll('ml-call')].at(-1)!.renderRoot as ShadowRoot;

describe('several calls in ml-softphone', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  it('gives the stage to the call that speaks, with the one that waits on it, and to the other after a swap', async () => {
    const workspace = new StillWorkspace({ calls: [held, asked] });
    const el = await show(workspace);
    await settled(el);
    expect(calls(el)).to.deep.equal([[asked.id, false]]);
    expect(stage(el).querySelectorAll('.other')).to.have.length(1);
    await expect(el).to.be.accessible();
    const { hold: _, heldAt: __, ...speaking } = held;
    workspace.$calls.set([speaking, { ...asked, hold: 'us', heldAt: workspace.clock.now() }]);
    await settled(el);
    expect(calls(el)).to.deep.equal([[held.id, false]]);
    expect(stage(el).querySelectorAll('.other')).to.have.length(1);
  });

  it('keeps the focus within the phone when the stage passes from one call to the other', async () => {
    const workspace = new StillWorkspace({ calls: [held] });
    const el = await show(workspace);
    await settled(el);
    inside<MlCall>(el, 'ml-call').focusControl('transfer');
    workspace.$calls.set([held, asked]);
    await settled(el);
    expect(calls(el)).to.deep.equal([[asked.id, false]]);
    expect(inside<MlCall>(el, 'ml-call').focusedControl).to.equal('mute');
  });

  it('shows a conference once, and a call that rings above it', async () => {
    const workspace = new StillWorkspace({ calls: [lucyTogether, bobTogether, ringing] });
    const el = await show(workspace);
    await settled(el);
    expect(calls(el)).to.deep.equal([
      [ringing.id, true],
      [lucyTogether.id, false],
    ]);
    expect(stage(el).querySelectorAll('.people > li')).to.have.length(2);
    await expect(el).to.be.accessible();
  });

  it('[ML-25] [SM-04] takes notes of a call on another phone, from its first stage on, and offers no controls', async () => {
    const workspace = new StillWorkspace({ calls: [staged('calling-device')], capabilities: { device: 'elsewhere' } });
    const el = await show(workspace);
    await settled(el);
    expect(has(el, 'ml-call-notes')).to.equal(true);
    expect(stage(el).querySelectorAll('button')).to.have.length(0);
    workspace.$calls.set([{ ...ringing, device: 'elsewhere' }]);
    await settled(el);
    expect(has(el, 'ml-call-notes')).to.equal(true);
    expect(stage(el).querySelectorAll('button')).to.have.length(0);
    expect(el.matches(':state(ringing)')).to.equal(true);
  });

  for (const width of [280, 320]) {
    it(`fits into ${String(width)} px, nothing cut off: conference, several calls, target`, async () => {
      const targeting = {
        callId: held.id,
        purpose: 'transfer',
        text: '+14155550199',
        record: null,
        clicks: 0,
      } as const;
      for (const still of [
        { calls: [lucyTogether, bobTogether] },
        { calls: [held, asked] },
        { calls: [held], targeting },
      ]) {
        const el = await show(new StillWorkspace(still));
        el.style.inlineSize = `${String(width)}px`;
        await settled(el);
        const root = stage(el).querySelector('ml-call-target')?.renderRoot ?? stage(el);
        for (const button of root.querySelectorAll('button')) {
          expect(button.scrollWidth, button.textContent).to.be.at.most(button.offsetWidth);
          expect(button.getBoundingClientRect().right).to.be.at.most(el.getBoundingClientRect().right);
        }
      }
    });
  }

  it('leaves the stage to a call that may be answered here while another phone has one', async () => {
    const elsewhere = { ...held, id: 'there', device: 'elsewhere' } as const;
    const el = await show(new StillWorkspace({ calls: [elsewhere, ringing] }));
    await settled(el);
    expect(calls(el)).to.deep.equal([
      ['there', true],
      [ringing.id, false],
    ]);
  });
});
