import type { LineStatus } from '@multiline/core';
import type { Wire } from '@multiline/testing';
import { sipAccount, type SipAccount, type SipAccountOptions } from '../index.ts';

export const SERVER = 'ws://a.wire.test';

/** Ann's account in this network, not started. */
export function account(network: Wire, options: Partial<SipAccountOptions> = {}): SipAccount {
  return sipAccount({
    servers: [SERVER],
    uri: 'sip:ann@wire.test',
    credentials: () => ({ password: 'ann' }),
    transport: network.transport,
    random: () => 1,
    ...options,
  });
}

/** Resolves as soon as the account is in this state. */
export function accountReached<State extends LineStatus['state']>(
  { $status }: SipAccount,
  state: State,
): Promise<Extract<LineStatus, { state: State }>> {
  return new Promise((resolve) => {
    const stop = $status.subscribe((status) => {
      if (status.state !== state) return;
      queueMicrotask(() => stop());
      resolve(status as Extract<LineStatus, { state: State }>);
    });
  });
}

export const registers = (network: Wire): string[] =>
  network.messages.map(({ start }) => start).filter((start) => start.startsWith('REGISTER'));

/** Who looks at the page, until {@link lookAsItIs}. */
export function look(as: 'attended' | 'seen' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    get: () => (as === 'hidden' ? 'hidden' : 'visible'),
  });
  document.hasFocus = () => as === 'attended';
}

export function lookAsItIs(): void {
  Reflect.deleteProperty(document, 'visibilityState');
  Reflect.deleteProperty(document, 'hasFocus');
}
