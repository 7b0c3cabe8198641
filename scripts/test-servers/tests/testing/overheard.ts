import type { SipTransportConstructor } from '@multiline/sip';
import { PlainTransport } from './plain-transport.ts';

/** The way of a phone to its server, and all that has gone by it. */
export interface Overheard {
  readonly transport: SipTransportConstructor;
  readonly sent: readonly string[];
  readonly received: readonly string[];
}

export function overheard(): Overheard {
  const [sent, received]: [string[], string[]] = [[], []];
  return {
    sent,
    received,
    transport: class extends PlainTransport {
      protected override written(message: string): string {
        sent.push(message);
        return super.written(message);
      }

      protected override received(message: string): void {
        received.push(message);
        super.received(message);
      }
    },
  };
}
