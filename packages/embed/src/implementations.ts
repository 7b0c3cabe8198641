import { MultiLineError, register, type Crm, type Line } from '@multiline/core';

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
  register('attention', 'browser', async () => {
    const { browserAttention } = await import('@multiline/browser');
    return browserAttention();
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
  const uri = text(options, 'uri');
  if (uri === undefined) throw missing('sip-uri');
  const { sipAccount, sipLine } = await import('@multiline/sip');
  const account = sipAccount({
    uri,
    servers: (options['servers'] as readonly string[] | undefined) ?? [],
    iceServers: (options['iceServers'] as readonly RTCIceServer[] | undefined) ?? [],
    credentials: credentialsOf(options),
    ...optional(options, 'displayName', 'extension', 'number', 'correlationHeader'),
    ...phoneStorage(),
  });
  return sipLine(account, { busy: 'offer' });
}

async function salesforceOf(options: Options): Promise<Crm> {
  const instanceUrl = text(options, 'instanceUrl');
  if (instanceUrl === undefined) throw missing('crm-url');
  const { salesforce } = await import('@multiline/salesforce');
  return salesforce({
    instanceUrl: new URL(instanceUrl, document.baseURI).href,
    credentials: credentialsOf(options),
    ...optional(options, 'country', 'lightningUrl', 'externalIdField', 'status'),
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
