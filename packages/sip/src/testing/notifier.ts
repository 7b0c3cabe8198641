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
