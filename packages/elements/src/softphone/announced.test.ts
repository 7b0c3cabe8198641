import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { allDrawn } from '../testing/keys.ts';
import { deep } from '../testing/layout.ts';
import { scriptedDesk } from '../testing/scripted-desk.ts';
import type { ScriptedDesk } from '../testing/scripted-desk.ts';
import { show } from '../testing/shown-softphone.ts';
import { weak } from '../testing/story-stages.ts';
import type { MlSoftphone } from './softphone.ts';

type Call = ScriptedDesk['line']['calls'][number];
type Happens = (desk: ScriptedDesk, call: Call) => unknown;

/** How soon a change is to be said (ms): 200 on a machine of its own; here others work beside. */
const SOON_MS = 1_000;
const LUCY = '+14155550101';
const failure = { code: 'network', message: '', retryable: true } as const;

/** What happens, to a call in progress unless something else comes first, and how what is said of it begins. */
const CHANGES: readonly (readonly [what: string, happens: Happens, says: string, first?: Happens])[] = [
  [
    'that the other side holds',
    (_, call) => call.signal({ type: 'held', by: 'them', held: true }),
    'They put you on hold',
  ],
  ['that we hold', ({ workspace }, { id }) => workspace.hold(id), 'On hold'],
  ['that nobody hears us', ({ workspace }, { id }) => workspace.mute(id), 'You are muted'],
  ['that it is recorded', (_, call) => call.signal({ type: 'recording', state: 'on' }), 'Recording has started'],
  [
    'what is wrong with the sound',
    (_, call) => call.signal({ type: 'quality', quality: weak }),
    'The connection is weak',
  ],
  [
    'that a transfer failed',
    (_, call) => call.signal({ type: 'transfer', state: 'failed', failure }),
    'The transfer to 1002 failed',
    ({ workspace }, call) => {
      call.transfer = () => Promise.resolve();
      return workspace.transfer(call.id, '1002');
    },
  ],
  ['that it is over', (_, call) => call.signal({ type: 'ended', reason: 'completed', by: 'them' }), 'Call ended'],
  [
    'that the phone server is lost',
    ({ line }) => line.status({ state: 'reconnecting', failure }),
    'No connection to the phone server',
  ],
  [
    'that it is back',
    ({ line }) => line.status({ state: 'registered' }),
    'The phone is connected',
    ({ line }) => line.status({ state: 'reconnecting', failure }),
  ],
];

/** What is said from now on, and when. */
function listen(el: MlSoftphone): readonly { readonly line: string; readonly at: number }[] {
  const said: { line: string; at: number }[] = [];
  const heard = new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const node of addedNodes) said.push({ line: node.textContent ?? '', at: performance.now() });
  });
  for (const one of deep(el)) if (one.matches('[aria-live].unseen')) heard.observe(one, { childList: true });
  return said;
}

describe('a change is said once, and at once', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  async function quiet(desk: ScriptedDesk, el: MlSoftphone): Promise<void> {
    await desk.clock.run(0);
    await allDrawn(el);
  }

  /** Lets it happen; nothing of what follows may wait for the clock, which stands still meanwhile. */
  async function says(desk: ScriptedDesk, el: MlSoftphone, happens: () => unknown, wanted: string): Promise<void> {
    const said = listen(el);
    const began = performance.now();
    await happens();
    await allDrawn(el);
    const [first] = said.filter(({ line }) => line.startsWith(wanted));
    expect(first?.line, `${wanted} among ${said.map(({ line }) => line).join(' | ')}`).not.to.equal(undefined);
    expect(first!.at - began).to.be.below(SOON_MS);
    await desk.clock.run(3000);
    await allDrawn(el);
    expect(said.filter(({ line }) => line.startsWith(wanted))).to.have.length(1);
    await desk.workspace.stop();
  }

  it('that somebody calls', async () => {
    const desk = await scriptedDesk();
    const el = await show(desk.workspace);
    await allDrawn(el);
    await says(desk, el, () => desk.line.ring({ address: LUCY }), 'Incoming call');
  });

  it('that the call is answered', async () => {
    const desk = await scriptedDesk();
    const el = await show(desk.workspace);
    const call = desk.line.ring({ address: LUCY });
    await quiet(desk, el);
    await says(desk, el, () => desk.workspace.answer(call.id), 'Call in progress');
  });

  for (const [what, happens, wanted, first] of CHANGES) {
    it(what, async () => {
      const desk = await scriptedDesk();
      const el = await show(desk.workspace);
      const call = desk.line.ring({ address: LUCY });
      await quiet(desk, el);
      await desk.workspace.answer(call.id);
      await first?.(desk, call);
      await quiet(desk, el);
      await says(desk, el, () => happens(desk, call), wanted);
    });
  }
});
