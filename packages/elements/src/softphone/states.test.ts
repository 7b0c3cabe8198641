import type { Call } from '@multiline/core';
import { expect, fixture, html } from '@open-wc/testing';
import '../click-to-dial/click-to-dial.ts';
import '../favorites/favorites.ts';
import '../recent-calls/recent-calls.ts';
import { drawn as appears } from '../testing/scripted-desk.ts';
import { ringing, settled } from '../testing/shown-softphone.ts';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import { ambiguousCall, lucysCall } from '../testing/story-calls.ts';
import { favoritesOfADesk } from '../testing/story-favorites.ts';
import { asked, bobTogether, held, lucyTogether } from '../testing/story-stages.ts';
import type { MlSoftphone } from './softphone.ts';
import './softphone.ts';

/** Everything drawn below a root, through shadow roots; what is hidden is not there. */
function* drawn(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (!element.checkVisibility()) continue;
    yield element;
    if (element.shadowRoot) yield* drawn(element.shadowRoot);
  }
}

const words = (element: Element): string => (element.ariaLabel || element.textContent).replace(/\s+/gu, ' ').trim();

type Shown = (element: Element) => boolean;
const is =
  (selector: string): Shown =>
  (element) =>
    element.matches(selector);
const button =
  (label: RegExp): Shown =>
  (element) =>
    element.matches('button') && label.test(words(element));
const says =
  (text: RegExp): Shown =>
  (element) =>
    element.localName === 'span' && text.test(words(element));

/** What the table names, by what it is found by here. A call is made by the search field; the console is the host's (MV-23). */
const FEATURES = {
  answer: button(/^Answer$/),
  redirect: button(/^Redirect$/),
  'clear call': button(/^Hang up$/),
  hold: button(/^Hold$/),
  retrieve: button(/^Resume$/),
  transfer: button(/^(Transfer|Complete transfer)$/),
  'consultation hold': is('.others'),
  conference: button(/^Add to call$/),
  'conference details': is('[part="participants"]'),
  'multiple number matching': says(/^3 matches$/),
  'wrap up': button(/^Wrap up$/),
  'quick notes': button(/^Quick notes$/),
  'call notes': is('textarea'),
  'dial pad': is('ml-dialpad'),
  'visual indication': is('ml-call'),
  'Do Not Disturb and Make Busy': button(/Ann Archer/),
  settings: button(/^Settings$/),
  'search and make call': is('ml-search'),
  'all, missed, dialed and received calls': is('input[type="radio"][name="ml-filter"]'),
  favorites: button(/^Remove from favorites: Joan Bearish$/),
  'add favorite': button(/^Add to favorites: Lucy Hall$/),
  'click-to-dial from lists': is('.row button[part="number"]'),
  'contact record icon': button(/^Open the record of Lucy Hall$/),
  'click-to-dial contacts': is('a[href^="tel:"]'),
} as const;

type Feature = keyof typeof FEATURES;

/** Where the table hides lists, search and settings in a call, they stay here (MV-09). */
const ALWAYS: readonly Feature[] = [
  'Do Not Disturb and Make Busy',
  'settings',
  'search and make call',
  'all, missed, dialed and received calls',
  'favorites',
  'add favorite',
  'click-to-dial from lists',
  'contact record icon',
  'click-to-dial contacts',
];

/** The phone with its lists and a page of the CRM, as a desk has them. */
async function offered(calls: readonly Call[]): Promise<Feature[]> {
  const workspace = new StillWorkspace({
    calls,
    recentCalls: { state: 'ready', calls: [lucysCall] },
    favorites: favoritesOfADesk.filter(({ name }) => name !== 'Lucy Hall'),
  });
  const desk = await fixture(
    html`<div>
      <ml-softphone .workspace=${workspace}></ml-softphone>
      <ml-recent-calls .workspace=${workspace}></ml-recent-calls>
      <ml-favorites .workspace=${workspace}></ml-favorites>
      <ml-click-to-dial .workspace=${workspace}><p>Lucy Hall, (415) 555-0101</p></ml-click-to-dial>
    </div>`,
  );
  await settled(desk.querySelector<MlSoftphone>('ml-softphone')!);
  await appears({ renderRoot: desk }, () => desk.querySelector('a[href^="tel:"]'));
  const all = [...drawn(desk)];
  return (Object.keys(FEATURES) as Feature[]).filter((feature) => all.some(FEATURES[feature]));
}

const { answeredAt: _, ...ambiguous } = { ...ambiguousCall, id: 'call-1', phase: 'ringing' } as const;
const over: Call = stillCall({ phase: 'ended', reason: 'completed', endedAt: stillCall().startedAt + 60_000 });
const talking: readonly Feature[] = [
  'clear call',
  'hold',
  'transfer',
  'conference',
  'quick notes',
  'call notes',
  'visual indication',
];

describe('what the phone offers when', () => {
  for (const [state, calls, more] of [
    ['idle', [], ['dial pad']],
    ['ringing', [ringing], ['answer', 'redirect', 'visual indication']],
    [
      'ringing with several matches',
      [ambiguous],
      ['answer', 'redirect', 'visual indication', 'multiple number matching'],
    ],
    ['in a call', [stillCall()], talking],
    ['on hold', [held], [...talking.filter((feature) => feature !== 'hold'), 'retrieve']],
    ['asking somebody first', [held, asked], [...talking, 'consultation hold']],
    ['in a conference', [lucyTogether, bobTogether], [...talking, 'conference details']],
    ['after it', [over], ['wrap up', 'quick notes', 'call notes', 'visual indication']],
  ] as const)
    it(`[MV-02] ${state}: ${[...more].join(', ')}, and what is always there`, async () => {
      expect((await offered(calls)).sort()).to.deep.equal([...ALWAYS, ...more].sort());
    });
});
