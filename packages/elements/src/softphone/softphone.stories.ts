import type { Failure } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { larry, lucy, matched, stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import { ambiguousCall, longCall, longName } from '../testing/story-calls.ts';
import { refused, waiting } from '../testing/story-items.ts';
import { asked, bobTogether, carolInvited, held, longRinging, lucyTogether, staged } from '../testing/story-stages.ts';
import './softphone.ts';

export default { title: 'Softphone', component: 'ml-softphone' };

const quick = ['Left a message.', 'Call back tomorrow.', 'Wants a quote.'];
const tray = { items: [], waiting: 0 };
const open =
  (part: string) =>
  async ({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> => {
    const el = (canvasElement.matches('ml-softphone') ? canvasElement : canvasElement.querySelector('ml-softphone'))!;
    await el.updateComplete;
    el.renderRoot.querySelector<HTMLElement>(`[part~="${part}"]`)?.click();
    await el.updateComplete;
  };
const show = (still: Stillness = {}): TemplateResult =>
  html`<ml-softphone
    .workspace=${new StillWorkspace({ tray, policy: { notes: { autoSave: true, quick } }, ...still })}
  ></ml-softphone>`;

const unanswered = (() => {
  const { answeredAt: _, ...call } = stillCall();
  return call;
})();
const ringing = {
  ...unanswered,
  id: 'call-2',
  phase: 'ringing',
  number: '+14155550102',
  called: '+14155550001',
  queue: 'Sales queue',
  match: matched(larry),
} as const;
const unknown = { state: 'unknown', record: null, candidates: [], why: { code: 'nobody', values: {} } } as const;
const failure = (code: Failure['code']): Failure => ({ code, message: '', retryable: true });
const notes = 'Wants the Q1 renewal at 40 seats. Send quote by Monday';
const savedAt = Date.UTC(2026, 10, 12, 15, 41);
const now = savedAt;

export const Idle = { render: () => show() };
export const NumberTyped = { render: () => show({ dialField: { text: '(415) 555-0199' } }) };
export const NumberClicked = {
  render: () =>
    show({
      dialField: { text: '(415) 555-0101', record: lucy },
      recentCalls: {
        state: 'ready',
        calls: [stillCall({ id: 'old', phase: 'ended', startedAt: now - 5 * 86_400_000 })],
      },
    }),
};
export const DoNotCall = {
  render: () => show({ dialField: { text: '(415) 555-0101', record: { ...lucy, doNotCall: true } } }),
};
export const Connecting = {
  render: () => show({ calls: [{ ...unanswered, direction: 'outbound', phase: 'connecting', startedAt: now - 3000 }] }),
};
export const Ringing = { render: () => show({ calls: [ringing] }) };
export const RingingUnknown = {
  render: () =>
    show({
      calls: [{ ...ringing, queue: '', number: '+442079460105', displayName: 'WIRELESS CALLER', match: unknown }],
    }),
};
export const RingingWithMicrophoneBlocked = {
  render: () => show({ calls: [{ ...ringing, failure: failure('mic-denied') }], failure: failure('mic-denied') }),
};
export const InCall = {
  render: () => show({ calls: [stillCall({ notes: { text: notes, saved: notes, savedAt } })] }),
};
export const Muted = { render: () => show({ calls: [stillCall({ muted: true })] }) };
export const SecondCallRings = { render: () => show({ calls: [stillCall(), ringing] }) };
export const OnHold = { render: () => show({ calls: [held] }) };
export const TwoCalls = { render: () => show({ calls: [held, asked] }) };
export const Conference = { render: () => show({ calls: [lucyTogether, bobTogether, carolInvited] }) };
export const OnAnotherPhone = {
  render: () => show({ calls: [staged('confirming')], capabilities: { device: 'elsewhere' } }),
};
export const DoNotDisturb = { render: () => show({ availability: { state: 'dnd', dnd: true } }) };
export const AgentAtLunch = {
  render: () =>
    show({
      availability: { state: 'busy', busyReason: 'lunch' },
      capabilities: { profile: 'agent', reasons: [{ code: 'lunch', label: 'Lunch' }] },
    }),
};
export const SeveralNumbers = {
  render: () =>
    show({
      capabilities: { callerIds: ['+14155550001', '+14155550002'] },
      dialField: { text: '(415) 555-0101', record: lucy },
    }),
};
export const AfterTheCall = {
  render: () =>
    show({
      calls: [
        stillCall({
          phase: 'ended',
          reason: 'completed',
          endedBy: 'us',
          endedAt: stillCall().startedAt + 257_000,
          notes: { text: notes, saved: '' },
        }),
      ],
    }),
};
export const AfterACallOfSeveralMatches = {
  render: () => show({ calls: [ambiguousCall] }),
};
export const AfterACallWithLongNames = {
  render: () => show({ calls: [{ ...longCall, log: { state: 'pending', why: null } }] }),
};
export const RingingWithLongNames = {
  render: () => show({ calls: [longRinging], user: { name: longName.name, extension: '10014711' } }),
};
export const LongNameClicked = { render: () => show({ dialField: { text: '+4915112345678901', record: longName } }) };
export const Availability = {
  render: () => show({ capabilities: { profile: 'agent', reasons: [{ code: 'lunch', label: 'Lunch' }] } }),
  play: open('presence-toggle'),
};
export const TrayOpen = {
  render: () => show({ tray: { items: [refused, waiting], waiting: 2 } }),
  play: open('tray-toggle'),
};
export const SettingsOpen = { render: () => show(), play: open('settings-toggle') };
export const NotAnswered = {
  render: () =>
    show({ calls: [{ ...unanswered, direction: 'outbound', phase: 'ended', reason: 'no-answer', endedBy: 'them' }] }),
};
export const Missed = {
  render: () => show({ calls: [{ ...ringing, phase: 'ended', reason: 'missed', endedBy: 'them', endedAt: now }] }),
};
export const Reconnecting = {
  render: () =>
    show({
      phone: { line: { state: 'reconnecting', retryAt: now + 4000, failure: failure('network') }, here: true },
    }),
};
export const Starting = { render: () => show({ phone: { line: { state: 'connecting' }, here: true } }) };
export const SignedOut = {
  render: () =>
    show({ capabilities: { profile: 'hot-desk' }, loggedIn: false, phone: { line: { state: 'off' }, here: true } }),
};
export const SignedOutOfTheComputer = {
  render: () => show({ phone: { line: { state: 'off' }, here: true, signedOut: true } }),
};
export const SignedOutButNotDeleted = {
  render: () =>
    show({
      phone: { line: { state: 'off' }, here: true, signedOut: true, undeleted: failure('storage-denied') },
    }),
};
export const ReconnectingInCall = {
  render: () =>
    show({
      calls: [stillCall({ reconnecting: true })],
      phone: { line: { state: 'reconnecting', retryAt: now + 4000, failure: failure('network') }, here: true },
    }),
};
export const SignInRefused = {
  render: () => show({ phone: { line: { state: 'failed', failure: failure('auth-failed') }, here: true } }),
};
export const MicrophoneBlocked = {
  render: () => show({ failure: failure('mic-denied'), dialField: { text: '(415) 555-0101' } }),
};
export const MicrophoneMissing = { render: () => show({ failure: failure('mic-missing') }) };
export const MicrophoneInUse = { render: () => show({ failure: failure('mic-in-use') }) };
export const PhoneInAnotherTab = { render: () => show({ phone: { line: { state: 'registered' }, here: false } }) };
export const InCallInAnotherTab = {
  render: () => show({ calls: [stillCall()], phone: { line: { state: 'registered' }, here: false } }),
};
export const NothingStored = { render: () => show({ storageFailure: failure('storage-denied') }) };
export const Unwired = { render: () => html`<ml-softphone></ml-softphone>` };
export const Loading = { render: () => html`<ml-workspace><ml-softphone></ml-softphone></ml-workspace>` };
