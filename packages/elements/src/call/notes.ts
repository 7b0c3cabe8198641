import type { Call } from '@multiline/core';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { callRemedy } from '../internal/remedy.ts';
import { triangleAlert } from '../styles/icons.ts';
import type { CallView } from './view.ts';
import { whyNot } from './why-not.ts';

/** What went wrong with a call, why a transfer has come back, and that it has waited too long (MV-28). */
export function notes(view: CallView, call: Call): readonly TemplateResult[] {
  const { text, errorText } = view;
  const { failure, transfer, recalled } = call;
  const all: TemplateResult[] = [];
  if (failure) {
    const { cause, remedy } = errorText(failure.code);
    all.push(note('danger', cause, callRemedy(failure.code, remedy)));
  }
  if (transfer?.state === 'failed') {
    const why = transfer.failure ? whyNot(view, transfer.failure) : '';
    all.push(
      note(
        'danger',
        text(transfer.purpose ? 'call.add-failed' : 'call.transfer-failed', { who: transfer.target }),
        why,
      ),
    );
  }
  if (recalled === 'hold') all.push(note('recalled', text('phase.held'), text('call.recalled')));
  return all;
}

const note = (tone: 'danger' | 'recalled', bold: string, rest: string): TemplateResult =>
  html`<p .className=${`notice ${tone}`} .role=${'alert'}>
    ${triangleAlert}<span><b>${bold}</b> ${rest}</span>
  </p>`;
