import { fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Line, LineCall, PolicyChange, Workspace } from '@multiline/core';
import type { MlSoftphone } from '@multiline/elements';
import '@multiline/elements';
import { phoneService, type SipAccountOptions, type SipLineOptions } from '@multiline/sip';
import { lineSignals, nextIncoming } from '@multiline/testing';
import { allDrawn, focused, pressKey, reach } from '../../../../packages/elements/src/testing/keys.ts';
import { deep } from '../../../../packages/elements/src/testing/layout.ts';
import { desk } from './desk.ts';
import { audible, phone, registered, server, until } from './phones.ts';

/** Ann's phone on the screen, over the server of this run, used by keyboard alone. */
export interface KeyedPhone {
  readonly el: MlSoftphone;
  readonly workspace: Workspace;
  /** Her calls, in the order they were dialed or came in. */
  readonly calls: readonly LineCall[];
  /** Until a control is there and may be pressed; then goes to it and presses Enter. */
  press(control: string): Promise<void>;
  /** Puts another element of hers beside the phone. */
  beside(name: 'ml-voicemail'): Promise<void>;
  /** Until this is to be seen. */
  shows(what: string): Promise<void>;
  /** Goes to a field or list, without a key of its own. */
  goTo(control: string): Promise<void>;
  key(key: string): Promise<void>;
  /** Types once the focus is in a field. */
  type(text: string): Promise<void>;
  /** Types a number into the phone's field, and Enter. */
  dial(number: string): Promise<void>;
  /** Opens the panel for a target by this control, and types whom. */
  target(control: string, number: string): Promise<void>;
  /** Until she and the other side hear one another, in the call of hers with this index. */
  talks(index: number, theirs: LineCall): Promise<void>;
}

/** All servers know these. */
const codes = { dndOn: '*78', dndOff: '*79', forwardOn: '*72{number}', forwardOff: '*73' };
/** The numbers her calls may go out with. */
const numbers = ['1001', '+14155550001'] as const;

/** The phone service of this server for ann, if it has one. */
export const service =
  server.service && phoneService({ url: server.service, user: 'ann', credentials: () => ({ password: 'ann' }) });

/** The controls this test has gone to, and the workspace it did so in. */
const taken: string[] = [];
let shown: Workspace | undefined;

// Of a test that failed they tell how far it came, and what has become of its calls.
afterEach(function () {
  const steps = taken.splice(0);
  if (this.currentTest?.state !== 'failed') return;
  const calls = shown?.$calls.get().map(({ number, phase, reason, failure }) => ({ number, phase, reason, failure }));
  console.log(steps.join(' → '), JSON.stringify(calls));
});

export async function keyedPhone(
  policy: PolicyChange = {},
  options: SipLineOptions = {},
  account: Partial<SipAccountOptions> = {},
): Promise<KeyedPhone> {
  const line = phone('ann', { numbers, ...account }, { ...(service && { service }), ...options });
  const calls: LineCall[] = [];
  line.onIncoming((call) => void calls.push(call));
  const { workspace } = await desk(
    {
      ...line,
      async dial(target, given) {
        const call = await line.dial(target, given);
        calls.push(call);
        return call;
      },
    },
    { availability: { dnd: 'server', codes }, ...policy },
  );
  shown = workspace;
  const root = await fixture<HTMLElement>(html`<main><ml-softphone .workspace=${workspace}></ml-softphone></main>`);
  const el = root.querySelector('ml-softphone')!;
  await allDrawn(root);

  const seen = (what: string): Element | undefined =>
    [...deep(root)].find((one) => one.matches(what) && one.checkVisibility());

  /** A person waits until what is dimmed is not. */
  async function ready(control: string): Promise<void> {
    await holds(() => seen(control)?.matches(':enabled:not([aria-disabled="true"])') === true);
    await until(workspace.$calls, (all) => all.every(({ pending }) => pending === null));
    await allDrawn(root);
  }

  const phoneByKeys: KeyedPhone = {
    el,
    workspace,
    calls,
    async press(control) {
      await phoneByKeys.goTo(control);
      await phoneByKeys.key('Enter');
    },
    async beside(name) {
      const other = document.createElement(name);
      other.workspace = workspace;
      root.append(other);
      await allDrawn(root);
    },
    shows: (what) => holds(() => seen(what) !== undefined),
    async goTo(control) {
      taken.push(control);
      await ready(control);
      await reach(root, control);
    },
    async key(key) {
      await pressKey(key);
      await allDrawn(root);
    },
    async type(text) {
      await holds(() => focused()?.matches('input') === true);
      await sendKeys({ type: text });
      await allDrawn(root);
    },
    async dial(number) {
      await phoneByKeys.goTo('[type="search"]');
      await phoneByKeys.type(number);
      await phoneByKeys.key('Enter');
    },
    async target(control, number) {
      await phoneByKeys.press(control);
      await phoneByKeys.type(number);
    },
    async talks(index, theirs) {
      await Promise.all([audible(calls[index]!), audible(theirs)]);
    },
  };
  return phoneByKeys;
}

/** Until it is so. */
async function holds(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Ann by keyboard, and plain phones of these, registered. */
export async function people<const Names extends readonly string[]>(
  ...names: Names
): Promise<[KeyedPhone, ...{ [Name in keyof Names]: Line }]> {
  const others = await registered(...names);
  return [await keyedPhone(), ...others];
}

/** Somebody answers what comes next. */
export async function answered(coming: Promise<LineCall>): Promise<LineCall> {
  const call = await coming;
  const signals = lineSignals(call);
  await call.answer();
  await signals.next('answered');
  return call;
}

/** Ann has dialed this number, and whoever has it has answered. */
export async function dialed(ann: KeyedPhone, other: Line, number: string): Promise<LineCall> {
  const coming = nextIncoming(other);
  await ann.dial(number);
  return answered(coming);
}
