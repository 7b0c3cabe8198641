import type { RemoteParty } from '@multiline/core';
import { ElsewhereCall } from '../elsewhere-call.ts';
import { endingOf } from '../end-reason.ts';
import { dialogEnd } from '../subscriptions/dialog-end.ts';
import type { DialogInfo } from '../subscriptions/dialog-info.ts';
import type { DialogFollower } from '../subscriptions/watched-call.ts';
import type { ReferralProgress } from './referral.ts';

/**
 * A call that the user's own device makes because we asked it to: its NOTIFYs tell until it is answered, dialog-info until it
 * ends.
 */
export class ReferredCall extends ElsewhereCall implements ReferralProgress, DialogFollower {
  /** The dialog that a server tells of and that is this call. */
  #dialog: string | undefined;
  #told = false;

  constructor(remote: RemoteParty) {
    super('outbound', remote, undefined);
    this.emit({ type: 'stage', stage: 'calling-device' });
  }

  onStatus(status: number, phrase: string): void {
    this.#told ||= status >= 200;
    if (status < 200) {
      if (status === 100) this.emit({ type: 'stage', stage: 'calling' });
      else this.emit({ type: 'ringing' });
    } else if (status < 300) {
      this.emit({ type: 'answered' });
      // Nobody will tell of its end.
      if (this.#dialog === undefined) this.emit({ type: 'revocable', revocable: true });
    } else {
      const { reason, failure } = endingOf(status, phrase);
      this.end(reason, 'them', failure);
    }
  }

  /** Without a final word nobody knows how it went; a dialog may tell. */
  onOver(): void {
    if (!this.#told && this.#dialog === undefined) this.end('failed', 'them');
  }

  /** Whether this dialog is the call: it then tells the rest. */
  claims({ id, direction, remote }: DialogInfo): boolean {
    if (this.ended || this.#dialog !== undefined) return false;
    if (direction !== 'initiator' || remote?.address !== this.remote.address) return false;
    this.#dialog = id;
    if (this.answered) this.emit({ type: 'revocable', revocable: false });
    return true;
  }

  update(now: DialogInfo | undefined): void {
    if (now?.state === 'confirmed') this.emit({ type: 'answered' });
    else if (!now || now.state === 'terminated') {
      const { reason, by } = dialogEnd('outbound', this.answered, now);
      this.end(reason, by);
    }
  }

  lost(): void {
    this.interrupt();
  }

  /**
   * The call is ended on the device. Where no server tells of its end, this lets go of it: an answered call would otherwise
   * stand here for ever.
   */
  override hangUp(): Promise<void> {
    if (this.#dialog !== undefined || !this.answered) return super.hangUp();
    this.end('completed', 'us');
    return Promise.resolve();
  }
}
