import type { Call, RecentCalls } from '@multiline/core';
import { MultiLineError, asFailure } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import { ambiguousCall, callsOfADesk, liveCall, longCall, lucysCall, strangersCall } from '../testing/story-calls.ts';
import './recent-calls.ts';

export default { title: 'Recent calls', component: 'ml-recent-calls' };

const desk = (recentCalls: RecentCalls, more: Stillness = {}): StillWorkspace =>
  new StillWorkspace({ recentCalls, ...more });
const ready = (calls: readonly Call[]): RecentCalls => ({ state: 'ready', calls });
const show = (workspace: StillWorkspace, filter = 'all'): TemplateResult =>
  html`<ml-recent-calls .workspace=${workspace} .filter=${filter}></ml-recent-calls>`;
const details = (call: Call): TemplateResult =>
  html`<ml-call-details .workspace=${desk(ready([call]))} call-id=${call.id}></ml-call-details>`;

export const All = { render: () => show(desk(ready(callsOfADesk))) };
export const InCall = {
  render: () => show(desk(ready([liveCall, ...callsOfADesk]), { calls: [liveCall] })),
};
export const Missed = { render: () => show(desk(ready(callsOfADesk)), 'missed') };
export const Empty = { render: () => show(desk(ready([])), 'received') };
export const Loading = { render: () => show(desk({ state: 'loading', calls: [] })) };
export const CouldNotLoad = {
  render: () =>
    show(
      desk({
        state: 'failed',
        calls: callsOfADesk.slice(0, 2),
        failure: asFailure(new MultiLineError('storage-denied')),
      }),
    ),
};
export const LongNames = { render: () => show(desk(ready([longCall, ...callsOfADesk]))) };
export const Unwired = { render: () => html`<ml-recent-calls></ml-recent-calls>` };
export const Details = { render: () => details(lucysCall) };
export const DetailsOfAStranger = { render: () => details(strangersCall) };
export const DetailsOfSeveralMatches = { render: () => details(ambiguousCall) };
export const DetailsOfLongNames = { render: () => details(longCall) };
export const DetailsInCall = { render: () => details(liveCall) };
export const DetailsNotLogged = {
  render: () =>
    details({
      ...lucysCall,
      log: {
        state: 'attention',
        why: { code: 'only-match', values: {} },
        failure: asFailure(new MultiLineError('refused', { message: 'Enter an outcome: Priority is required.' })),
      },
    }),
};
