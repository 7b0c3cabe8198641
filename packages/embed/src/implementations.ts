import { MultiLineError, register, type Crm, type Line } from '@multiline/core';
import type * as Sip from '@multiline/sip';

/** What `<ml-workspace>` says of an implementation: its attributes and properties, by name. */
type Options = Readonly<Record<string, unknown>>;

/** Asks the page for what signs a user in. */
type Credentials = (need: unknown) => never;

/**
 * Makes the implementations of this project known by the names that stand in HTML. Nothing of them is loaded before a page
 * asks for it. A name that is registered again afterwards is the page's own.
 */
export function registerImplementations(): void {
  // `<ml-workspace mode>` asks for a line by where its audio is.
  for (const name of ['sip', 'softphone']) register('line', name, sipLineOf);
  register('line', 'device', remoteLineOf);
  register('crm', 'salesforce', salesforceOf);
  register('crm', 'memory', async () => {
    const { memoryCrm } = await import('@multiline/testing');
    return memoryCrm();
  });
  for (const name of ['auto', 'page']) {
    register('host', name, async (options) => {
      const { page } = await import('@multiline/browser');
      const country = text(options, 'country');
      return page(country === undefined ? {} : { country });
    });
  }
  register('attention', 'browser', async (options) => {
    const { browserAttention } = await import('@multiline/browser');
    const serviceWorker = text(options, 'serviceWorker');
    return browserAttention(serviceWorker === undefined ? {} : { serviceWorker });
  });
  register('storage', 'browser', async () => {
    const { browserStorage } = await import('@multiline/browser');
    return browserStorage();
  });
  register('tabs', 'browser', async () => {
    const { browserTabs } = await import('@multiline/browser');
    return browserTabs();
  });
}

/** Every incoming call is handed to the core: its policy decides which are refused as busy. */
async function sipLineOf(options: Options): Promise<Line> {
  const sip = await import('@multiline/sip');
  return sip.sipLine(accountOf(sip, options), {
    busy: 'offer',
    watch: options['watch'] !== false,
    ...serviceOf(sip, options),
  });
}

/** Another device of the user's carries the audio. */
async function remoteLineOf(options: Options): Promise<Line> {
  const sip = await import('@multiline/sip');
  return sip.remoteLine(accountOf(sip, options), { ...serviceOf(sip, options), ...optional(options, 'device') });
}

function accountOf({ sipAccount }: typeof Sip, options: Options): Sip.SipAccount {
  const uri = text(options, 'uri');
  if (uri === undefined) throw missing('sip-uri');
  return sipAccount({
    uri,
    servers: (options['servers'] as readonly string[] | undefined) ?? [],
    iceServers: (options['iceServers'] as readonly RTCIceServer[] | undefined) ?? [],
    credentials: credentialsOf(options),
    ...optional(options, 'displayName', 'extension', 'number', 'correlationHeader'),
    ...phoneStorage(),
  });
}

/** The service is signed in to as the SIP server is, by the name in the address. */
function serviceOf({ phoneService }: typeof Sip, options: Options): { service?: Sip.PhoneService } {
  const url = text(options, 'phoneService');
  if (url === undefined) return {};
  const user = /^sips?:([^@;]*)@/i.exec(text(options, 'uri') ?? '')?.[1] ?? '';
  return { service: phoneService({ url, user, credentials: credentialsOf(options) }) };
}

async function salesforceOf(options: Options): Promise<Crm> {
  const instanceUrl = text(options, 'instanceUrl');
  if (instanceUrl === undefined) throw missing('crm-url');
  const { salesforce } = await import('@multiline/salesforce');
  return salesforce({
    instanceUrl: new URL(instanceUrl, document.baseURI).href,
    credentials: credentialsOf(options),
    ...optional(options, 'country', 'lightningUrl', 'externalIdField', 'mosField', 'status'),
  });
}

function text(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function optional<Name extends string>(options: Options, ...names: Name[]): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = text(options, name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function credentialsOf(options: Options): Credentials {
  const ask = options['credentials'];
  if (typeof ask === 'function') return ask as Credentials;
  return () => {
    throw new MultiLineError('auth-failed', {
      message: 'Nobody gives credentials: set the property `credentials` of <ml-workspace>.',
    });
  };
}

/** Where the phone keeps its name between two loads of the page; a page may be denied it. */
function phoneStorage(): { storage?: Storage } {
  try {
    return { storage: localStorage };
  } catch {
    return {};
  }
}

const missing = (attribute: string): MultiLineError =>
  new MultiLineError('refused', { message: `<ml-workspace> needs the attribute ${attribute}.` });
