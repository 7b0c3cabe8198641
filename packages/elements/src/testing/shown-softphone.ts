import { fixture, html } from '@open-wc/testing';
import type { MlSearch } from '../search/search.ts';
import type { MlSoftphone } from '../softphone/softphone.ts';
import '../softphone/softphone.ts';
import { larry, matched, stillCall } from './still-calls.ts';

/** The phone on a page, for its tests. */
export const show = (workspace: unknown): Promise<MlSoftphone> =>
  fixture<MlSoftphone>(html`<ml-softphone .workspace=${workspace}></ml-softphone>`);

/** Everything inside has drawn. */
export async function settled(el: MlSoftphone): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await el.updateComplete;
    const inner = el.renderRoot.querySelectorAll<MlSearch>(
      'ml-call, ml-call-notes, ml-search, ml-dialpad, ml-phone-notes, ml-picked, ml-wrap-up, ml-tray',
    );
    await Promise.all([...inner].map((one) => one.updateComplete));
  }
}

export const part = <E extends HTMLElement = HTMLElement>(el: MlSoftphone, name: string): E =>
  el.renderRoot.querySelector<E>(`[part~="${name}"]`)!;
export const inside = <E extends Element>(el: MlSoftphone, tag: string): E => el.renderRoot.querySelector<E>(tag)!;
export const has = (el: MlSoftphone, selector: string): boolean => el.renderRoot.querySelector(selector) !== null;
/** Which of its states it shows. */
export const shows = (el: MlSoftphone): string[] =>
  ['idle', 'ringing', 'in-call', 'after-call'].filter((name) => el.matches(`:state(${name})`));

const { answeredAt: _, ...unanswered } = stillCall();
/** Larry calls. */
export const ringing = { ...unanswered, id: 'call-2', phase: 'ringing', match: matched(larry) } as const;
