import { MultiLineError, create, createWorkspace, loadPolicy, presets, registered } from '@multiline/core';
import type { Host, Policy, PresetName, Workspace } from '@multiline/core';
import { pageWords } from '../strings/localize.ts';
import type { Wishes } from './wishes.ts';

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/**
 * Makes a workspace of what the page says; implementations come out of core's registry by their names.
 * @throws `unknown-implementation`, `bad-policy`, and whatever an implementation fails with
 */
export async function build(wishes: Wishes): Promise<Workspace> {
  const { credentials } = wishes;
  const policy = await policyOf(wishes);
  const line =
    wishes.line ??
    (await create('line', wishes.mode === 'device' ? 'device' : 'softphone', {
      servers: words(wishes.sipServer),
      uri: wishes.sipUri,
      iceServers: words(wishes.iceServers).map((urls) => ({ urls })),
      phoneService: wishes.phoneService,
      watch: wishes.watch !== 'off',
      credentials,
      country: policy.country,
      policy,
    }));
  const crm =
    wishes.crm ??
    (wishes.crmName
      ? await create('crm', wishes.crmName, { instanceUrl: wishes.crmUrl, credentials, country: policy.country })
      : null);
  const host = wishes.host ?? (await hostOf(wishes.hostName, policy.country));
  return createWorkspace({
    line,
    policy,
    words: pageWords,
    ...(crm && { crm }),
    ...(host && { host }),
    ...(registered('attention', 'browser') && {
      attention: await create('attention', 'browser', { serviceWorker: wishes.serviceWorker }),
    }),
    ...(registered('storage', 'browser') && { storage: await create('storage', 'browser') }),
    ...(registered('tabs', 'browser') && { tabs: await create('tabs', 'browser') }),
  });
}

/** `auto` is whatever of ours fits; without any registered there is no screen around us. A host asked for by name must be there. */
async function hostOf(name: string, country: string): Promise<Host | null> {
  if (name && name !== 'auto') return create('host', name, { country });
  for (const one of ['auto', 'page']) if (registered('host', one)) return create('host', one, { country });
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
