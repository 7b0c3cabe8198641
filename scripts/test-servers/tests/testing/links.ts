import { executeServerCommand } from '@web/test-runner-commands';

/** Between the phone and the server, in tests of the folder `networks`; the first one is taken while both are up. */
export type LinkName = 'wifi' | 'mobile';

/** How badly a link carries; a value that is not named stays as it was. */
export interface LinkQuality {
  /** Share of the packets that are lost, each way, TCP's too: 0 to 1. 1 is an outage that nothing tells of. */
  readonly loss?: number;
  /** One way. */
  readonly delayMs?: number;
  readonly jitterMs?: number;
  /** The same seed, the same packets lost. */
  readonly seed?: number;
}

/** Packets of all kinds and both ways, since the beginning. */
export interface LinkCount {
  readonly carried: number;
  readonly lost: number;
}

export interface NetworkLink {
  be(how: LinkQuality): Promise<LinkCount>;
  /** Loses everything for so long, and nothing tells the phone of it; resolves when it is over. */
  outage(ms: number): Promise<void>;
  /** Takes the interface down, as who pulls the cable. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** Brings the interface up, and everything goes by it from now on, as a VPN does. */
  prefer(): Promise<void>;
  /** Gives the interface another address; `byte` is its last. */
  move(byte: number): Promise<void>;
}

export function networkLink(link: LinkName): NetworkLink {
  const ask = (action: string, how?: LinkQuality | number) =>
    executeServerCommand<unknown, unknown>('servers:link', { action, link, how });
  return {
    be: async (how) => (await ask('be', how)) as LinkCount,
    async outage(ms) {
      await ask('outage', ms);
    },
    async unplug() {
      await ask('unplug');
    },
    async plugIn() {
      await ask('plugIn');
    },
    async prefer() {
      await ask('prefer');
    },
    async move(byte) {
      await ask('move', byte);
    },
  };
}

/** The computer sleeps for so long; a link that is named is gone when it wakes up. Resolves when it is awake. */
export async function sleep(ms: number, unplugged?: LinkName): Promise<void> {
  let ticks = 0;
  const ticking = setInterval(() => (ticks += 1), 50);
  await executeServerCommand('servers:sleep', { ms, unplugged });
  clearInterval(ticking);
  if (ticks > ms / 100) throw new Error(`It was awake: ${String(ticks)} ticks in ${String(ms)} ms.`);
}
