import type { Failure, SearchResult } from '@multiline/core';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { StringKey } from '../strings/english.ts';
import { circleAlert } from '../styles/icons.ts';
import type { QueryState } from './query.ts';

type Text = (key: StringKey) => string;

/** What is said of an answer, and done with it. */
export interface Found {
  /** What was looked for. */
  readonly typed: string;
  readonly text: Text;
  why(failure: Failure): string;
  retry(): void;
  list(results: readonly SearchResult[]): TemplateResult;
}

/** What has become of a search. */
export function found(query: QueryState, { typed, text, why, retry, list }: Found): unknown {
  switch (query.state) {
    case 'idle':
      return nothing;
    case 'loading':
      return looking();
    case 'failed':
      return notFound(why(query.failure), text, retry);
    case 'found':
      return query.results.length ? list(query.results) : nobody(typed, text);
  }
}

/** While the CRM is being asked: bars where the people will stand. */
export function looking(): TemplateResult {
  return html`<div class="bones" .ariaBusy=${'true'}><i></i><i class="short"></i></div>`;
}

/** The CRM did not answer: why, in its words, and the way to ask it again. */
export function notFound(why: string, text: Text, retry: () => void): TemplateResult {
  return html`<p class="notice danger">
    ${circleAlert}
    <span
      ><b>${text('search.failed')}</b> ${why}
      <button type="button" @click=${retry}>${text('action.try-again')}</button>
    </span>
  </p>`;
}

/** Nobody is called so. A number nobody has may still be dialed: no need to say it while one is typed. */
export function nobody(typed: string, text: Text): unknown {
  if (!/\p{L}/u.test(typed)) return nothing;
  return html`<p class="none"><b>${text('search.none')}</b>${text('search.none-hint')}</p>`;
}
