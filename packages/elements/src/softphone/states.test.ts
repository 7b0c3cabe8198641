import type { Call } from '@multiline/core';
import { expect, fixture, html } from '@open-wc/testing';
import type { MlRecentCalls } from '../recent-calls/recent-calls.ts';
import '../recent-calls/recent-calls.ts';
import { ringing, settled, show } from '../testing/shown-softphone.ts';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import { lucysCall } from '../testing/story-calls.ts';

/** Everything drawn below a root, through shadow roots; what is hidden is not there. */
function* drawn(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (!element.checkVisibility()) continue;
    yield element;
    if (element.shadowRoot) yield* drawn(element.shadowRoot);
  }
}

const words = (element: Element): string => (element.ariaLabel || element.textContent).replace(/\s+/gu, ' ').trim();

/** What the table names, by what it is found by here: a button's words or an element. */
const FEATURES = {
  answer: /^Answer$/,
  redirect: /^Redirect$/,
  'clear call': /^Hang up$/,
  hold: /^Hold$/,
  transfer: /^Transfer$/,
  conference: /^Add to call$/,
  'wrap up': /^Wrap up$/,
  'quick notes': /^Quick notes$/,
  'availability and Make Busy': /Ann Archer/,
  settings: /^Settings$/,
  'call notes': 'ml-call-notes textarea',
  'dial pad': 'ml-dialpad',
  search: 'ml-search',
  'visual indication': 'ml-call',
} as const;

type Feature = keyof typeof FEATURES;

function offered(root: ParentNode): Feature[] {
  const all = [...drawn(root)];
  const buttons = all.filter((element) => element.matches('button')).map(words);
  const has = (by: RegExp | string): boolean =>
    typeof by === 'string'
      ? all.some((element) => element.matches(by.split(' ').at(-1)!))
      : buttons.some((label) => by.test(label));
  return (Object.keys(FEATURES) as Feature[]).filter((feature) => has(FEATURES[feature]));
}

const over: Call = stillCall({ phase: 'ended', reason: 'completed', endedAt: stillCall().startedAt + 60_000 });

describe('what the phone offers when', () => {
  // The table of MV-02 without favorites; where it hides lists, search and settings in a call, they stay here (MV-09).
  const always: readonly Feature[] = ['availability and Make Busy', 'settings', 'search'];
  for (const [state, calls, more] of [
    ['idle', [], ['dial pad']],
    ['ringing', [ringing], ['answer', 'redirect', 'visual indication']],
    [
      'in a call',
      [stillCall()],
      ['clear call', 'hold', 'transfer', 'conference', 'quick notes', 'call notes', 'visual indication'],
    ],
    ['after it', [over], ['wrap up', 'quick notes', 'call notes', 'visual indication']],
  ] as const)
    it(`${state}: ${[...more].join(', ')}, and what is always there`, async () => {
      const workspace = new StillWorkspace({ calls, recentCalls: { state: 'ready', calls: [lucysCall] } });
      const el = await show(workspace);
      await settled(el);
      expect(offered(el.shadowRoot!).sort()).to.deep.equal([...always, ...more].sort());
      const lists = await fixture<MlRecentCalls>(html`<ml-recent-calls .workspace=${workspace}></ml-recent-calls>`);
      expect([...drawn(lists.shadowRoot!)].filter((element) => element.matches('.row'))).to.have.length(1);
    });
});
