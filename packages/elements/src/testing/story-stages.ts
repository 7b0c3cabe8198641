import type { Call, CallQuality, CallStage, CrmRecord, SearchResult, Targeting } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import '../call/call.ts';
import { larry, matched, stillCall } from './still-calls.ts';
import { StillWorkspace } from './still-workspace.ts';
import { NOW, longName } from './story-calls.ts';

const { answeredAt: _, ...unanswered } = stillCall();

export const bobMarsh: CrmRecord = { kind: 'Colleague', id: 'bob', name: 'Bob Marsh' };
export const boHansen: CrmRecord = { kind: 'Contact', id: '003000000000010', name: 'Bo Hansen' };
export const carolDiaz: CrmRecord = { kind: 'Colleague', id: 'carol', name: 'Carol Diaz' };

/** Larry calls the sales queue. */
export const ringing: Call = {
  ...unanswered,
  id: 'call-2',
  phase: 'ringing',
  number: '+14155550102',
  called: '+14155550001',
  queue: 'Sales queue',
  match: matched(larry),
};
export const sentOn: Call = { ...ringing, collectedDigits: '4711', redirectedBy: '+14155550003' };

/** Lucy waits. */
export const held: Call = stillCall({ hold: 'us', heldAt: NOW - 72_000 });
export const weak: CallQuality = { mos: 2.4, rttMs: 410, jitterMs: 60, lossPercent: 9, problem: 'network' };

/** Another phone of the user's carries Lucy's call. */
export const staged = (stage: CallStage): Call => ({
  ...unanswered,
  direction: 'outbound',
  device: 'elsewhere',
  phase: stage === 'calling' ? 'ringing' : 'connecting',
  stage,
});

/** Bob speaks. */
export const bob: Call = stillCall({
  id: 'call-bob',
  direction: 'outbound',
  number: '1002',
  internal: true,
  match: matched(bobMarsh),
  startedAt: NOW - 30_000,
  answeredAt: NOW - 24_000,
});
const consultFor = { callId: held.id, purpose: 'transfer' } as const;
export const asked: Call = { ...bob, consultFor };
const { answeredAt: __, ...bobUnanswered } = asked;
export const asking: Call = { ...bobUnanswered, phase: 'ringing' };
export const carolHeld: Call = {
  ...bob,
  id: 'call-carol',
  number: '1003',
  hold: 'us',
  heldAt: NOW - 9000,
  match: matched(carolDiaz),
};
export const transferFailed: Call = {
  ...held,
  transfer: {
    target: '1002',
    state: 'failed',
    failure: { code: 'refused', message: '486 Busy Here', retryable: false },
  },
};

const together = 'conference-1';
export const lucyTogether: Call = stillCall({ conference: together, speaking: true });
export const bobTogether: Call = { ...bob, conference: together };
export const carolInvited: Call = {
  ...bobUnanswered,
  id: 'call-carol',
  phase: 'connecting',
  number: '1003',
  match: matched(carolDiaz),
  consultFor: { callId: lucyTogether.id, purpose: 'conference' },
};

/** Everything about it is long. */
export const longRinging: Call = {
  ...sentOn,
  number: '+4915112345678901',
  queue: 'Kundenbetreuung Süd und Auslandsabteilung',
  collectedDigits: '12345678901234567890',
  match: matched(longName),
};

/** Whom a search for "bo" finds. */
export const people: readonly SearchResult[] = [
  { record: bobMarsh, numbers: ['1002'] },
  { record: boHansen, numbers: ['+14155550131'] },
];

/** A clock on which no typing rests, and no second passes. */
export const hasty = {
  now: () => NOW,
  at(at: number, callback: () => void) {
    if (at < NOW + 1000) queueMicrotask(callback);
    return () => undefined;
  },
};

/** Whom to transfer to, to add, to redirect to: types the text as a person does. */
export function targetStory(
  purpose: Targeting['purpose'],
  text: string,
  find: (text: string) => Promise<readonly SearchResult[]> | readonly SearchResult[] = () => people,
) {
  const call = purpose === 'redirect' ? ringing : held;
  return {
    render: (): TemplateResult => {
      const targeting = { callId: call.id, purpose, text: '', record: null, clicks: 0 };
      const search = (asked: string) => (/\p{L}/u.test(asked) ? find(asked) : []);
      const workspace = new StillWorkspace({ calls: [call], targeting, search, clock: hasty });
      return html`<ml-call .workspace=${workspace}></ml-call>`;
    },
    async play({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> {
      const el = (canvasElement.matches('ml-call') ? canvasElement : canvasElement.querySelector('ml-call'))!;
      await el.updateComplete;
      const panel = el.renderRoot.querySelector('ml-call-target');
      await panel?.updateComplete;
      const input = panel?.renderRoot.querySelector('input');
      if (!input) return;
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      await panel?.updateComplete;
    },
  };
}
