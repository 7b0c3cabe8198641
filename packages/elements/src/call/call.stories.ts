import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { MultiLineError } from '@multiline/core';
import type { Call } from '@multiline/core';
import { longName } from '../testing/story-calls.ts';
import * as calls from '../testing/story-stages.ts';
import { larry, matched, stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import './call.ts';

export default { title: 'Call', component: 'ml-call' };

const show = (call: Call, more: Stillness = {}, ...others: readonly Call[]): TemplateResult =>
  html`<ml-call .workspace=${new StillWorkspace({ calls: [call, ...others], ...more })}></ml-call>`;
const { answeredAt: _, ...unanswered } = stillCall();

export const Ringing = { render: () => show(calls.ringing, { capabilities: { voicemail: true } }) };
export const RingingWithAllThatIsKnown = { render: () => show(calls.sentOn, { capabilities: { voicemail: true } }) };
export const Connecting = { render: () => show({ ...unanswered, direction: 'outbound', phase: 'connecting' }) };
export const InCall = { render: () => show(stillCall()) };
export const InCallOfAPlainPhone = {
  render: () =>
    show(stillCall(), {
      capabilities: { hold: false, transfer: false, conference: false, redirect: false, record: false },
    }),
};
export const MutedAndRecorded = { render: () => show(stillCall({ muted: true, recording: { state: 'on' } })) };
export const RecordingPaused = { render: () => show(stillCall({ recording: { state: 'paused' } })) };
export const InCallKeypad = {
  render: () => show(stillCall({ digits: '106#' })),
  async play({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> {
    const call = (canvasElement.matches('ml-call') ? canvasElement : canvasElement.querySelector('ml-call'))!;
    await call.updateComplete;
    call.renderRoot.querySelector<HTMLElement>('#keypad')?.click();
    await call.updateComplete;
  },
};
export const OnHold = { render: () => show(calls.held) };
export const HeldByThem = { render: () => show(stillCall({ hold: 'them' })) };
export const HeldTooLong = { render: () => show({ ...calls.held, recalled: 'hold' }) };
export const Reconnecting = { render: () => show(stillCall({ reconnecting: true })) };
export const WeakConnection = { render: () => show(stillCall({ quality: calls.weak })) };
export const RingingYourPhone = { render: () => show(calls.staged('calling-device')) };
export const PressAnyKey = { render: () => show(calls.staged('confirming')) };
export const CallingFromYourPhone = { render: () => show(calls.staged('calling')) };
export const OnAnotherPhone = { render: () => show(stillCall({ device: 'elsewhere' })) };
export const AskingSomebody = { render: () => show(calls.asked, {}, calls.held) };
export const AskingSomebodyConnecting = { render: () => show(calls.asking, {}, calls.held) };
export const TwoCalls = { render: () => show(calls.bob, {}, calls.held) };
export const SeveralCalls = { render: () => show(calls.bob, {}, calls.held, calls.carolHeld) };
export const Transferring = {
  render: () => show({ ...calls.held, transfer: { target: '1002', state: 'ringing' } }),
};
export const TransferFailed = { render: () => show(calls.transferFailed) };
export const TransferToWhom = calls.targetStory('transfer', 'bo');
export const TransferToANumber = calls.targetStory('transfer', '+14155550199');
export const AddWhom = calls.targetStory('conference', 'bo');
export const TransferLooking = calls.targetStory('transfer', 'bo', () => new Promise(() => undefined));
export const TransferNobodyFound = calls.targetStory('transfer', 'nobody', () => []);
export const TransferSearchFailed = calls.targetStory('transfer', 'bo', () =>
  Promise.reject(new MultiLineError('server')),
);
export const RedirectToWhom = calls.targetStory('redirect', 'bo');
export const Conference = { render: () => show(calls.lucyTogether, {}, calls.bobTogether, calls.carolInvited) };
export const ConferenceIsFull = {
  render: () =>
    show(
      calls.lucyTogether,
      { policy: { conference: { max: 3, bridge: '' } } },
      { ...calls.bobTogether, silenced: true },
    ),
};
export const ConferenceOfLongNames = {
  render: () =>
    show(
      { ...calls.lucyTogether, match: matched(longName), muted: true, recording: { state: 'on' } },
      {},
      calls.bobTogether,
    ),
};
export const RingingWithLongNames = { render: () => show(calls.longRinging, { capabilities: { voicemail: true } }) };
export const InCallWithLongNames = {
  render: () =>
    show(
      {
        ...stillCall({ muted: true, recording: { state: 'on' } }),
        number: '+4915112345678901',
        match: matched(longName),
      },
      { capabilities: { record: true } },
      { ...calls.held, match: matched(longName) },
    ),
};
export const LookingUpTheNumber = {
  render: () =>
    show({ ...unanswered, phase: 'ringing', match: { state: 'searching', record: null, candidates: [], why: null } }),
};
export const NumberWithheld = {
  render: () =>
    show({
      ...unanswered,
      phase: 'ringing',
      number: '',
      match: { state: 'unknown', record: null, candidates: [], why: null },
    }),
};
export const SeveralMatches = {
  render: () =>
    show(stillCall({ match: { state: 'ambiguous', record: null, candidates: [larry, larry, larry], why: null } })),
};
export const Ended = { render: () => show(stillCall({ phase: 'ended', reason: 'completed', endedBy: 'them' })) };
export const Failed = {
  render: () =>
    show({
      ...unanswered,
      direction: 'outbound',
      phase: 'ended',
      reason: 'failed',
      match: matched(larry),
      failure: { code: 'server', message: '', retryable: true },
    }),
};
export const Interrupted = { render: () => show(stillCall({ phase: 'ended', reason: 'interrupted' })) };
export const NoMicrophone = {
  render: () => show({ ...calls.ringing, failure: { code: 'mic-denied', message: '', retryable: false } }),
};
export const Unwired = { render: () => html`<ml-call></ml-call>` };
