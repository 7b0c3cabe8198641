import type { MessageParts, Party, SipMessage, Wire } from '@multiline/testing';

/** The notifier of a user's events, which a test leads: it must be there before the user's phone registers. */
export interface Notifier {
  readonly party: Party;
  /** The next SUBSCRIBE, accepted; `notify` speaks within the subscription. */
  subscribed(event: string): Promise<Subscribed>;
}

export interface Subscribed {
  readonly request: SipMessage;
  notify(body: string, state?: string): void;
  /** Another SUBSCRIBE within it, answered. */
  renewed(status?: number): Promise<SipMessage>;
}

export const headerOf = (message: SipMessage, name: string): string =>
  message.headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1] ?? '';

/** @param type the type of body it sends */
export function notifier(network: Wire, user: string, type: string): Notifier {
  const party = network.party(user);
  return {
    party,
    async subscribed(event) {
      const request = await party.next(
        (message) => message.start.startsWith('SUBSCRIBE') && headerOf(message, 'Event') === event,
      );
      const answer = (to: SipMessage): SipMessage =>
        party.respond(to, 200, { headers: [['Expires', headerOf(to, 'Expires')]] });
      const response = answer(request);
      return {
        request,
        notify(body, state = 'active;expires=600') {
          const headers = [
            ['Event', event],
            ['Subscription-State', state],
            ['Content-Type', type],
          ] as const;
          party.within(request, response, 'NOTIFY', { headers, body } satisfies MessageParts);
        },
        async renewed(status = 200) {
          const again = await party.next((message) => {
            const same = headerOf(message, 'Call-ID') === headerOf(request, 'Call-ID');
            return message.start.startsWith('SUBSCRIBE') && same;
          });
          if (status === 200) answer(again);
          else party.respond(again, status);
          return again;
        },
      };
    },
  };
}

/** A dialog as a server tells of it (RFC 4235). */
export interface ToldDialog {
  /** The Call-ID by default. */
  readonly id?: string;
  readonly callId: string;
  readonly direction: 'initiator' | 'recipient';
  readonly state: string;
  readonly event?: string;
  readonly code?: number;
  readonly name?: string;
}

/** All of ann's dialogs with +14155550101. */
export function dialogInfo(version: number, dialogs: readonly ToldDialog[]): string {
  const elements = dialogs.map(({ callId, id = callId, direction, state, event, code, name }) => {
    const why = (event ? ` event="${event}"` : '') + (code ? ` code="${String(code)}"` : '');
    return `<dialog id="${id}" call-id="${callId}" direction="${direction}"><state${why}>${state}</state>
        <remote><identity${name ? ` display="${name}"` : ''}>sip:+14155550101@wire.test</identity></remote></dialog>`;
  });
  return `<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${String(version)}" state="full" entity="sip:ann@wire.test">${elements.join('')}</dialog-info>`;
}
