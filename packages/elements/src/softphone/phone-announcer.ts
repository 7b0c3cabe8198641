import type { PropertyValues } from 'lit';
import { Announcer } from '../internal/announcer.ts';
import { define } from '../internal/define.ts';
import { MlElement } from '../internal/element.ts';
import { base } from '../styles/tokens.ts';
import { shapes } from '../styles/shapes.ts';

/**
 * Tells a screen reader what becomes of the calls, whichever of them the phone shows at the moment. An element of its own
 * because it is not needed to draw.
 *
 * @summary What a screen reader hears of the phone.
 */
export class MlPhoneAnnouncer extends MlElement {
  static override styles = [base, shapes];

  readonly #announcer = new Announcer(this, (key, values) => this.text(key, values));

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#announcer.follow(this.isConnected ? this.wired : null);
  }

  protected override render(): unknown {
    return this.#announcer.regions;
  }

  protected override renderWired(): unknown {
    return this.render();
  }
}

define('ml-phone-announcer', MlPhoneAnnouncer);

declare global {
  interface HTMLElementTagNameMap {
    'ml-phone-announcer': MlPhoneAnnouncer;
  }
}
