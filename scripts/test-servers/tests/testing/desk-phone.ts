import type { SipTransportConstructor } from '@multiline/sip';
import { PlainTransport } from './plain-transport.ts';

/** Says of the phone behind it that it is no MultiLine: what a server takes for a desk phone. */
class DeskPhoneTransport extends PlainTransport {
  protected override written(message: string): string {
    return message.replace(/^User-Agent: .*$/m, 'User-Agent: Desk phone');
  }
}

export const asDeskPhone: { readonly transport: SipTransportConstructor } = { transport: DeskPhoneTransport };

/** A phone whose audio carries no telephone events (RFC 4733): its digits go by INFO. */
export const asPhoneWithoutEvents: { readonly transport: SipTransportConstructor } = {
  transport: class extends DeskPhoneTransport {
    protected override written(message: string): string {
      const [head = '', body = ''] = message.split('\r\n\r\n', 2);
      const events = [...body.matchAll(/^a=rtpmap:(\d+) telephone-event/gm)].map(([, type]) => type ?? '');
      const lines = body.split('\r\n').filter((line) => !events.includes(/^a=\w+:(\d+) /.exec(line)?.[1] ?? ''));
      const offer = lines.map((line) =>
        line.startsWith('m=')
          ? line
              .split(' ')
              .filter((type) => !events.includes(type))
              .join(' ')
          : line,
      );
      const text = offer.join('\r\n');
      return `${head.replace(/^Content-Length: .*$/m, `Content-Length: ${String(text.length)}`)}\r\n\r\n${text}`;
    }
  },
};

/** How a call goes that a desk phone was asked to make. */
export type Progress = (status: 'SIP/2.0 100 Trying' | 'SIP/2.0 180 Ringing' | 'SIP/2.0 200 OK') => void;

/**
 * A desk phone that calls whom it is told to (REFER outside of a dialog, RFC 3515), as desk phones do and MultiLine does not.
 * @param call calls the user named, and tells how that goes
 */
export function asObedientDeskPhone(call: (user: string, progress: Progress) => void): {
  readonly transport: SipTransportConstructor;
} {
  return {
    transport: class extends DeskPhoneTransport {
      protected override received(message: string): void {
        if (!message.startsWith('REFER ')) {
          super.received(message);
          return;
        }
        const refer = new Refer(message);
        void this.send(refer.accepted());
        call(refer.target, (status) => void this.send(refer.notify(status)));
      }
    },
  };
}

/** What is to be said to a REFER, in the subscription that it makes. */
class Refer {
  readonly target: string;
  readonly #head: string;
  readonly #tag = crypto.randomUUID();
  #count = 0;

  constructor(message: string) {
    [this.#head = ''] = message.split('\r\n\r\n', 1);
    this.target = /sips?:([^@;>]+)/.exec(this.#value('Refer-To'))?.[1] ?? '';
  }

  accepted(): string {
    return [
      'SIP/2.0 202 Accepted',
      ...this.#lines('Via'),
      ...this.#lines('Record-Route'),
      `From: ${this.#value('From')}`,
      `To: ${this.#value('To')};tag=${this.#tag}`,
      `Call-ID: ${this.#value('Call-ID')}`,
      `CSeq: ${this.#value('CSeq')}`,
      'Contact: <sip:desk@desk.invalid;transport=ws>',
      'Content-Length: 0\r\n\r\n',
    ].join('\r\n');
  }

  notify(status: string): string {
    const contact = /<([^>]+)>/.exec(this.#value('Contact'))?.[1] ?? '';
    this.#count++;
    return [
      `NOTIFY ${contact} SIP/2.0`,
      `Via: SIP/2.0/WS desk.invalid;branch=z9hG4bK${crypto.randomUUID()}`,
      ...this.#lines('Record-Route').map((line) => line.replace('Record-Route', 'Route')),
      'Max-Forwards: 70',
      `From: ${this.#value('To')};tag=${this.#tag}`,
      `To: ${this.#value('From')}`,
      `Call-ID: ${this.#value('Call-ID')}`,
      `CSeq: ${String(this.#count)} NOTIFY`,
      'Contact: <sip:desk@desk.invalid;transport=ws>',
      'Event: refer',
      `Subscription-State: ${status.includes('200') ? 'terminated;reason=noresource' : 'active;expires=60'}`,
      'Content-Type: message/sipfrag;version=2.0',
      `Content-Length: ${String(status.length + 2)}\r\n`,
      `${status}\r\n`,
    ].join('\r\n');
  }

  #lines(name: string): string[] {
    return this.#head.split('\r\n').filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  }

  #value(name: string): string {
    const [line = ''] = this.#lines(name);
    return line.slice(line.indexOf(':') + 1).trim();
  }
}
