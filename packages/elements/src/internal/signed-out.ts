import type { PhoneStatus, Workspace } from '@multiline/core';
import { html, nothing } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import '../strings/english-desk.ts';
import type { StringKey } from '../strings/english.ts';
import type { Text } from '../strings/localize.ts';
import { circleAlert, phone } from '../styles/icons.ts';

/** What is to be known once the user has signed out, that nothing or that everything of theirs is still here, and the ways on. */
export class SignedOut {
  readonly #host: ReactiveControllerHost;
  readonly #text: Text;
  #deleting = false;

  constructor(host: ReactiveControllerHost, text: Text) {
    this.#host = host;
    this.#text = text;
  }

  /** @param failed why nobody could be signed in again */
  render(workspace: Workspace, { undeleted }: PhoneStatus, failed: (thrown: unknown) => void): TemplateResult {
    const button = (word: StringKey, act: () => Promise<void>): TemplateResult =>
      html`<button type="button" @click=${() => void act()}>${this.#text(word)}</button>`;
    const again = async (): Promise<void> => {
      if (this.#deleting) return;
      this.#deleting = true;
      this.#host.requestUpdate();
      // Why it is still here, the phone's status says.
      await workspace.signOut().catch(() => undefined);
      this.#deleting = false;
      this.#host.requestUpdate();
    };
    return html`<p
      .className=${undeleted ? 'notice danger' : 'notice'}
      part="note"
      .role=${undeleted ? 'alert' : 'status'}
    >
      ${undeleted ? circleAlert : phone}<span
        >${this.#text(
          undeleted ? (this.#deleting ? 'sign-out.deleting' : 'sign-out.undeleted') : 'phone.signed-out-note',
        )}
        ${undeleted ? button('sign-out.again', again) : nothing}
        ${button('phone.sign-in', () => workspace.start().catch(failed))}</span
      >
    </p>`;
  }
}
