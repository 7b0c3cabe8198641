import type { Call, CrmRecord } from '@multiline/core';
import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import './index.ts';
import type { MlSearch } from './search/search.ts';
import { allDrawn } from './testing/keys.ts';
import { deep } from './testing/layout.ts';
import { lucy, matched, stillCall } from './testing/still-calls.ts';
import { StillWorkspace } from './testing/still-workspace.ts';
import type { Stillness } from './testing/still-workspace.ts';
import { ambiguousCall, longName, pastCall } from './testing/story-calls.ts';
import { item } from './testing/story-items.ts';
import { bob, bobTogether, hasty, ringing } from './testing/story-stages.ts';

const HEBREW = 'וולפגנג אדלברט פון הוהנלוהה שילינגספירסט צו ולדנבורג ופון האוהנצולרן';
const ARABIC = 'عبد الرحمن بن محمد بن عبد العزيز بن عبد الله الأنصاري القرطبي المراكشي';

/** Whatever shows a name, cut at 320 px. */
const places: readonly (readonly [where: string, draw: (record: CrmRecord, call: Call) => TemplateResult])[] = [
  ['the header', ({ name }) => phone({ user: { name, extension: '1001', timeZone: 'UTC', locale: 'en-US' } })],
  ['who was clicked', (record) => phone({ dialField: { text: '+14155550101', record } })],
  ['a call', (_, call) => phone({ calls: [call] })],
  ['a call that rings', (_, { match }) => phone({ calls: [{ ...ringing, match }] })],
  ['a call that waits', (_, call) => phone({ calls: [{ ...call, hold: 'us' }, bob] })],
  ['a conference', (_, call) => phone({ calls: [{ ...call, conference: 'conference-1' }, bobTogether] })],
  ['an ended call', (_, { match }) => phone({ calls: [ended({ match })] })],
  ['the company of a call', ({ name }, call) => phone({ calls: [{ ...call, match: matched(of(name)) }] })],
  ['the company of who was clicked', ({ name }) => phone({ dialField: { text: '+14155550101', record: of(name) } })],
  ['a search', (record) => search(record)],
  [
    'the target of a transfer',
    (record) => {
      const targeting = { callId: 'call-1', purpose: 'transfer', text: '+14155550101', record, clicks: 0 } as const;
      return phone({ calls: [stillCall()], targeting });
    },
  ],
  ['recent calls', (_, { match }) => html`<ml-recent-calls .workspace=${lists({ match })}></ml-recent-calls>`],
  [
    'the details of a call',
    (_, { match }) => html`<ml-call-details .workspace=${lists({ match })} call-id="past"></ml-call-details>`,
  ],
  [
    'who is this',
    (record) => {
      const several = { match: { ...ambiguousCall.match, candidates: [record, lucy] } };
      return html`<ml-call-details .workspace=${lists(several)} call-id="past"></ml-call-details>`;
    },
  ],
  [
    'voicemail',
    ({ name }) => {
      const messages = [{ id: '1', from: '+14155550102', name, at: 0, durationMs: 31_000, heard: false }];
      const still = { voicemail: { state: 'ready', fresh: 1, messages }, capabilities: { voicemail: true } } as const;
      return html`<ml-voicemail .workspace=${new StillWorkspace(still)}></ml-voicemail>`;
    },
  ],
  [
    'the tray',
    (_, { match }) => {
      const tray = { items: [item(ended({ match }), 'not-logged')], waiting: 0 };
      return html`<ml-tray .workspace=${new StillWorkspace({ tray })}></ml-tray>`;
    },
  ],
];

const of = (company: string): CrmRecord => ({ ...lucy, account: { name: company } });
const phone = (still: Stillness): TemplateResult =>
  html`<ml-softphone .workspace=${new StillWorkspace(still)}></ml-softphone>`;
const ended = (change: Partial<Call>): Call => pastCall('past', 1000, 60, change);
const lists = (change: Partial<Call>): StillWorkspace =>
  new StillWorkspace({ recentCalls: { state: 'ready', calls: [ended(change)] } });
function search(record: CrmRecord): TemplateResult {
  const workspace = new StillWorkspace({ search: () => [{ record, numbers: ['+14155550101'] }], clock: hasty });
  // What is there at first was chosen; what comes later was typed.
  const type = (el?: Element): void =>
    void (el as MlSearch | undefined)?.updateComplete.then(() => workspace.setDialField('von'));
  return html`<ml-search .workspace=${workspace} ${ref(type)}></ml-search>`;
}

/** Where a name is shown, the box that cuts it, and its first word. */
function* shown(root: Element, name: string): Generator<{ box: DOMRect; start: DOMRect; whole: DOMRect }> {
  for (const one of deep(root)) {
    if (one.localName !== 'bdi' || one.textContent.trim() !== name || !one.checkVisibility()) continue;
    let cutting: HTMLElement = one as HTMLElement;
    while (getComputedStyle(cutting).overflowX === 'visible' && cutting.parentElement) cutting = cutting.parentElement;
    const text = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (text.nextNode() && !text.currentNode.textContent?.includes(name));
    const range = document.createRange();
    range.setStart(text.currentNode, 0);
    range.setEnd(text.currentNode, name.indexOf(' '));
    yield {
      box: cutting.getBoundingClientRect(),
      start: range.getBoundingClientRect(),
      whole: one.getBoundingClientRect(),
    };
  }
}

describe('names, in whichever direction they read', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  for (const [dir, names] of [
    ['ltr', [HEBREW, ARABIC]],
    ['rtl', [longName.name]],
  ] as const) {
    for (const [where, draw] of places) {
      it(`show their beginning in ${where}, ${dir}, where they are cut, and begin where the interface begins`, async () => {
        for (const name of names) {
          for (const written of [name, name.split(' ').slice(0, 2).join(' ')]) {
            const record = { ...longName, name: written };
            const page = await fixture<HTMLElement>(
              html`<div .dir=${dir}>${draw(record, stillCall({ match: matched(record) }))}</div>`,
            );
            page.style.inlineSize = '320px';
            await allDrawn(page);
            const [one] = shown(page, written);
            expect(one, 'is there').not.to.equal(undefined);
            const { box, start, whole } = one!;
            expect([start.left >= box.left - 1, start.right <= box.right + 1], written).to.deep.equal([true, true]);
            if (dir === 'ltr') expect(whole.left).to.be.closeTo(box.left, 1);
            else expect(whole.right).to.be.closeTo(box.right, 1);
          }
        }
      });
    }
  }
});
