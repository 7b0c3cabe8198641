import type { Line } from '@multiline/core';
import { manualClock, wire, type ManualClock, type Wire } from '@multiline/testing';
import { remoteLine, type RemoteLineOptions } from '../index.ts';
import { account } from './accounts.ts';
import { dialogInfo, notifier, type Notifier, type Subscribed, type ToldDialog } from './notifier.ts';

/** Ann's line whose audio is on another device, in a network of its own whose server a test leads. */
export class RemoteDesk {
  readonly clock: ManualClock = manualClock();
  readonly network: Wire = wire({ clock: this.clock });
  readonly server: Notifier = notifier(this.network, 'ann', 'application/dialog-info+xml');
  #line: Line | undefined;
  #version = 0;

  get line(): Line {
    if (!this.#line) throw new Error('Make the line first.');
    return this.#line;
  }

  made(options: RemoteLineOptions = {}): Line {
    const { clock, network } = this;
    return (this.#line = remoteLine(account(network, { clock }), options));
  }

  /** The visit that signs in, answered; the line is started afterwards. */
  async started(options?: RemoteLineOptions): Promise<void> {
    const starting = this.made(options).start();
    const visit = await this.server.party.next('SUBSCRIBE');
    this.server.party.respond(visit, 200, { headers: [['Expires', '0']] });
    await starting;
  }

  async tell(subscription: Subscribed, ...dialogs: ToldDialog[]): Promise<void> {
    subscription.notify(dialogInfo(this.#version++, dialogs));
    await this.server.party.next(200);
  }
}
