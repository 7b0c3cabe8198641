import type { PhoneStatus, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import '../strings/english-desk.ts';
import type { StringKey } from '../strings/english.ts';
import type { Text } from '../strings/localize.ts';
import { circleAlert, phone } from '../styles/icons.ts';

/** @param failed why nobody could be signed in again */
type SignedOut = (workspace: Workspace, status: PhoneStatus, failed: (thrown: unknown) => void) => TemplateResult;

/** What is to be known once the user has signed out, that nothing or that everything of theirs is still here, and the ways on. */
export function signedOut(host: ReactiveControllerHost, text: Text): SignedOut {
  let deleting = false;

  async function again(workspace: Workspace): Promise<void> {
    if (deleting) return;
    deleting = true;
    host.requestUpdate();
    // Why it is still here, the phone's status says.
    await workspace.signOut().catch(() => undefined);
    deleting = false;
    host.requestUpdate();
  }

  const button = (word: StringKey, act: () => Promise<void>): TemplateResult =>
    html`<button type="button" @click=${() => void act()}>${text(word)}</button>`;

  return (workspace, { undeleted }, failed) =>
    html`<p .className=${undeleted ? 'notice danger' : 'notice'} part="note" .role=${undeleted ? 'alert' : 'status'}>
      ${undeleted ? circleAlert : phone}<span
        >${text(undeleted ? (deleting ? 'sign-out.deleting' : 'sign-out.undeleted') : 'phone.signed-out-note')}
        ${undeleted ? button('sign-out.again', () => again(workspace)) : nothing}
        ${button('phone.sign-in', () => workspace.start().catch(failed))}</span
      >
    </p>`;
}
