import { MultiLineError } from './ports/errors.ts';
import type { Attention } from './ports/attention.ts';
import type { Crm } from './ports/crm.ts';
import type { Host } from './ports/host.ts';
import type { Line } from './ports/line.ts';
import type { Storage } from './ports/storage.ts';
import type { Tabs } from './ports/tabs.ts';

/** The ports that can be named in HTML. */
export interface Ports {
  line: Line;
  crm: Crm;
  host: Host;
  attention: Attention;
  storage: Storage;
  tabs: Tabs;
}

/** Makes an implementation from what a page says of it; may load it first. */
export type PortFactory<Port> = (options: Readonly<Record<string, unknown>>) => Port | Promise<Port>;

const factories = new Map<string, PortFactory<unknown>>();

/**
 * Names an implementation of a port, so that a declarative page and a third party use the same door:
 * `register('crm', 'acme', (options) => acme(options))` makes `<ml-workspace crm="acme">` work. The last one of a name holds.
 */
export function register<Kind extends keyof Ports>(kind: Kind, name: string, factory: PortFactory<Ports[Kind]>): void {
  factories.set(`${kind} ${name}`, factory);
}

/** Whether an implementation of this name is registered. */
export function registered(kind: keyof Ports, name: string): boolean {
  return factories.has(`${kind} ${name}`);
}

/**
 * Makes the named implementation of a port.
 * @throws `unknown-implementation` if nobody registered it
 */
export async function create<Kind extends keyof Ports>(
  kind: Kind,
  name: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<Ports[Kind]> {
  const factory = factories.get(`${kind} ${name}`);
  if (!factory) {
    throw new MultiLineError('unknown-implementation', {
      message: `No ${kind} is registered under the name "${name}".`,
    });
  }
  return (await factory(options)) as Ports[Kind];
}
