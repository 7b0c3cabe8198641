import { durationMs } from '@multiline/core';
import type { Call, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { endingOf } from '../call/ending.ts';
import { numberTemplate } from '../internal/number.ts';
import { formatDuration } from '../strings/time.ts';
import { storyFields } from './call-story.ts';
import { field } from './field.ts';
import { logWords } from './log-words.ts';
import type { Words } from './log-words.ts';
import { outcomeOf, refusal } from './outcome.ts';

/** What is known of a call, label by label; `began` is when, as a timestamp. */
export function callFields(workspace: Workspace, call: Call, began: string, words: Words): TemplateResult {
  const { text } = words;
  const { way, word } = outcomeOf(call);
  const { log, failure } = call;
  const url = log.ref && workspace.recordUrl(log.ref);
  const ending = endingOf(call);
  const ended =
    call.reason === 'completed' && ending
      ? text('details.completed', { how: text(ending) })
      : [word && (way !== 'missed' || refusal(call)) ? text(word) : '', failure?.message].filter(Boolean).join('. ');
  const length = call.phase === 'ended' && call.answeredAt !== undefined ? durationMs(call, call.startedAt) : null;
  // Why it failed again, the log says.
  const onAgain = (): void => void workspace.retryLog(call.id).catch(() => undefined);
  return html`<dl class="fields" part="fields">
    ${field(text(`recents.way.${way}`), html`<bdi>${began}</bdi>`)}
    ${length === null ? nothing : field(text('details.length'), formatDuration(length))}
    ${ended ? field(text('details.ended'), ended) : nothing}
    ${call.called ? field(text('details.called'), numberTemplate(call.called, workspace.policy.country)) : nothing}
    ${call.queue ? field(text('details.queue'), html`<bdi>${call.queue}</bdi>`) : nothing}
    ${storyFields(call, workspace.policy.country, text)}
    ${field(text('details.device'), text(`details.device.${call.device}`))}
    ${field(
      text('details.log'),
      html`${logWords(call, words)}${
        url
          ? html` <a class="activity" target="_blank" rel="noopener" .href=${url}>${text('details.log.open')}</a>`
          : nothing
      }${
        log.state === 'attention' && log.failure?.code !== 'conflict'
          ? html`<button class="button again" type="button" @click=${onAgain}>${text('action.try-again')}</button>`
          : nothing
      }`,
    )}
  </dl>`;
}
