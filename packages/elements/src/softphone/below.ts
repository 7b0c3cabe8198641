import type { Call, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ringsHere } from '../call/view.ts';
import type { Text } from '../strings/localize.ts';
import { answered, notable } from './arrangement.ts';
import { wrapUpPair } from './pair.ts';

/** What stands below the call on the stage. */
export interface Below {
  readonly workspace: Workspace;
  readonly call: Call;
  /** Ended calls that wait behind it. */
  readonly folded: readonly Call[];
  readonly text: Text;
  /** Call and Message; `closable` with the way out of a call that leaves nothing to note. */
  pair(closable: boolean): TemplateResult;
  wrapUp(): void;
  putAway(): void;
}

/** Notes while it lives; afterwards where it is logged, its notes, and what is left to do with it. */
export function below({ workspace, call, folded, text, pair, wrapUp, putAway }: Below): TemplateResult {
  const over = call.phase === 'ended';
  const notes = notable(call) && !ringsHere(call);
  return html`<div class="inset" .hidden=${!over && !notes}>
    ${over && !answered(call) ? pair(!notes) : nothing}
    ${over && notes ? html`<ml-wrap-up .workspace=${workspace} .callId=${call.id}></ml-wrap-up>` : nothing}
    ${notes ? html`<ml-call-notes .workspace=${workspace} .callId=${call.id} .plain=${over}></ml-call-notes>` : nothing}
    ${over && notes ? wrapUpPair(text, wrapUp, putAway) : nothing}
    ${
      folded.some(answered) && over
        ? html`<p class="hint">${text('phone.folded', { count: folded.length })}</p>`
        : nothing
    }
  </div>`;
}
