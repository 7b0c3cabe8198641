import { MultiLineError, create, createWorkspace, loadPolicy, presets, registered } from '@multiline/core';
import type { Crm, Host, Line, Policy, PresetName, Workspace } from '@multiline/core';

/** What a page says of its workspace, in attributes and properties. */
export interface Wishes {
  readonly sipServer: string;
  readonly sipUri: string;
  readonly iceServers: string;
  readonly crmName: string;
  readonly crmUrl: string;
  readonly hostName: string;
  readonly policyName: string;
  readonly mode: string;
  readonly country: string;
  readonly credentials: Credentials | null;
  readonly line: Line | null;
  readonly crm: Crm | null;
  readonly host: Host | null;
  readonly policy: Policy | null;
}

/** Gives what is needed to sign in, when it is needed. Secrets stand in no attribute. */
export type Credentials = (need: {
  readonly for: 'sip' | 'turn' | 'crm' | 'gateway';
  readonly reason: 'start' | 'rejected' | 'expiring' | 'takeover';
}) => unknown;

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** Whether enough is said to build a workspace: a line, or whose it is and how to sign in. */
export function buildable(wishes: Wishes): boolean {
  return wishes.line !== null || (wishes.sipUri !== '' && wishes.credentials !== null);
}

/**
 * Makes a workspace of what the page says; implementations come out of core's registry by their names.
 * @throws `unknown-implementation`, `bad-policy`, and whatever an implementation fails with
 */
export async function build(wishes: Wishes): Promise<Workspace> {
  const { credentials, country } = wishes;
  const policy = await policyOf(wishes);
  const line =
    wishes.line ??
    (await create('line', wishes.mode === 'device' ? 'device' : 'softphone', {
      servers: words(wishes.sipServer),
      uri: wishes.sipUri,
      iceServers: words(wishes.iceServers).map((urls) => ({ urls })),
      credentials,
      country: country || policy.country,
      policy,
    }));
  const crm =
    wishes.crm ??
    (wishes.crmName ? await create('crm', wishes.crmName, { instanceUrl: wishes.crmUrl, credentials }) : null);
  const host = wishes.host ?? (await hostOf(wishes.hostName));
  return createWorkspace({
    line,
    policy,
    ...(crm && { crm }),
    ...(host && { host }),
    ...(registered('attention', 'browser') && { attention: await create('attention', 'browser') }),
    ...(registered('storage', 'browser') && { storage: await create('storage', 'browser') }),
    ...(registered('tabs', 'browser') && { tabs: await create('tabs', 'browser') }),
  });
}

/** `auto` is whatever of ours fits; without any registered there is no screen around us. A host asked for by name must be there. */
async function hostOf(name: string): Promise<Host | null> {
  if (name && name !== 'auto') return create('host', name);
  for (const one of ['auto', 'page']) if (registered('host', one)) return create('host', one);
  return null;
}

/** An object, a preset's name, or the address of a policy in JSON. The `country` attribute holds over all of them. */
async function policyOf({ policy, policyName, country }: Wishes): Promise<Policy> {
  const where = country ? { country } : {};
  if (policy) return { ...policy, ...where };
  if (!policyName) return presets.default(where);
  if (Object.hasOwn(presets, policyName)) return presets[policyName as PresetName](where);
  return { ...(await fetchPolicy(policyName)), ...where };
}

async function fetchPolicy(address: string): Promise<Policy> {
  if (!/[./:]/.test(address)) {
    throw new MultiLineError('unknown-implementation', { message: `No policy has the name "${address}".` });
  }
  const response = await fetch(new URL(address, document.baseURI)).catch((cause: unknown) => {
    throw new MultiLineError('network', { message: `The policy ${address} cannot be read.`, cause });
  });
  if (!response.ok) {
    throw new MultiLineError('bad-policy', { message: `The policy ${address} answers ${String(response.status)}.` });
  }
  const data: unknown = await response.json().catch((cause: unknown) => {
    throw new MultiLineError('bad-policy', { message: `The policy ${address} is no JSON.`, cause });
  });
  return loadPolicy(data);
}
