import { ElsewhereCall } from '../elsewhere-call.ts';
import { dialogEnd } from './dialog-end.ts';
import type { DialogInfo } from './dialog-info.ts';

/** What hears of a dialog. */
export interface DialogFollower {
  /** What the server says of it now; `undefined`: nothing any more. */
  update(now: DialogInfo | undefined): void;
  /** Nobody tells of it any more. */
  lost(): void;
}

/** A call of another device that a server tells us of. */
export class WatchedCall extends ElsewhereCall implements DialogFollower {
  #rang = false;

  update(now: DialogInfo | undefined): void {
    if (!now || now.state === 'terminated') {
      const { reason, by } = dialogEnd(this.direction, this.answered, now);
      this.end(reason, by);
    } else if (now.state === 'confirmed') {
      this.emit({ type: 'answered' });
    } else if (now.state === 'early' && this.direction === 'outbound' && !this.#rang) {
      this.#rang = true;
      this.emit({ type: 'ringing' });
    }
  }

  lost(): void {
    this.interrupt();
  }
}
