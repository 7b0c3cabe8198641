import { executeServerCommand } from '@web/test-runner-commands';
import type { Line } from '@multiline/core';
import { phone, registered, until } from './phones.ts';

/** What networks do; `flow` ends `stall` and `refuse`, `flap` is five cuts, `swallow` keeps one answer back. */
export type Fault = 'cut' | 'flap' | 'swallow' | 'stall' | 'refuse' | 'flow';

/** Between a phone and the server, until the test is over. */
export interface FaultProxy {
  /** In the place of the server's. */
  readonly url: string;
  fault(fault: Fault): Promise<void>;
}

const ask = (id: string, fault: Fault | 'stop') => executeServerCommand('servers:fault', { id, fault });
const made = new Set<string>();

afterEach(async () => {
  const ids = [...made];
  made.clear();
  await Promise.all(ids.map((id) => ask(id, 'stop')));
});

export async function faultProxy(): Promise<FaultProxy> {
  const { id, url } = await executeServerCommand<{ id: string; url: string }, undefined>('servers:proxy');
  made.add(id);
  return {
    url,
    async fault(fault) {
      await ask(id, fault);
    },
  };
}

/** Ann and bob, registered; between ann and the server is a proxy. */
export async function overFaultyLink(): Promise<{ proxy: FaultProxy; ann: Line; bob: Line }> {
  const proxy = await faultProxy();
  const ann = phone('ann', { servers: [proxy.url] });
  const [[bob]] = await Promise.all([registered('bob'), ann.start()]);
  return { proxy, ann, bob };
}

/** Until the phone notices that its link is gone. */
export const lost = ({ $status }: Line): Promise<unknown> => until($status, ({ state }) => state === 'reconnecting');

/** Until the server knows the phone. */
export const back = ({ $status }: Line): Promise<unknown> => until($status, ({ state }) => state === 'registered');
