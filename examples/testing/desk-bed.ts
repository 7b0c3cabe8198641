import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { createGallery, startSandbox, type Sandbox, type SandboxOptions } from '@multiline/sandbox';

/** A sandbox with its gallery and a browser, for tests that use the desk as people do. */
export interface DeskBed {
  readonly sandbox: Sandbox;
  readonly browser: Browser;
  /** Opens a page of the gallery in a browser profile of its own, or in a given one. */
  open(path: string, context?: BrowserContext): Promise<Page>;
  /** Ann's desk, registered. */
  desk(context?: BrowserContext): Promise<Page>;
  /** A customer's phone, registered. */
  customer(number?: string): Promise<Page>;
  /** A new browser profile; `prepare` runs in each of its pages before anything of ours. */
  profile(prepare?: () => void): Promise<BrowserContext>;
  /**
   * Another browser, closed with the bed: one that asks for the microphone and gets no answer but no, or a machine without.
   * Further flags win over those of the bed.
   */
  launch(microphone: Microphone, ...flags: string[]): Promise<Browser>;
  /** What went wrong on any page so far: uncaught errors, console errors, failed loads. */
  readonly complaints: string[];
  /** Tasks of the practice org about a person, newest first, the seed's left out. */
  tasks(): TaskRow[];
  stop(): Promise<void>;
}

export type TaskRow = Readonly<Record<string, unknown>>;

/** `asked`: denied unless a test grants the permission to a context. */
type Microphone = 'granted' | 'asked' | 'missing';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** How long to wait for what is to come about: far longer than it takes, also on a machine with much else to do. */
const PATIENCE_MS = 20_000;

/** How long the server waits for a page that is loaded anew: on a busy machine it takes its time. */
const GRACE_MS = 8_000;

/** Flags under which a machine without microphone and network still carries audio. */
const FLAGS = [
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--disable-background-networking',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const MICROPHONE_FLAGS: Readonly<Record<Microphone, readonly string[]>> = {
  granted: ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  asked: ['--use-fake-device-for-media-stream'],
  missing: ['--use-fake-ui-for-media-stream'],
};

const launchBrowser = (microphone: Microphone, flags: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: [...FLAGS, ...MICROPHONE_FLAGS[microphone], ...flags],
  });

export async function openDeskBed(options: SandboxOptions = {}): Promise<DeskBed> {
  const gallery = createGallery({
    examples: `${project}examples`,
    sources: [],
    dropIn: {
      folder: `${project}packages/embed/dist`,
      built: Promise.resolve(),
      serviceWorker: `${project}packages/embed/src/service-worker`,
    },
  });
  const sip = { graceMs: GRACE_MS, ...options.sip };
  const sandbox = await startSandbox({ port: 0, indexDelayMs: 0, ...options, sip, gallery: gallery.serve });
  const browser = await launchBrowser('granted');
  const others: Browser[] = [];
  const complaints: string[] = [];
  const seeded = new Set(sandbox.org.rows('Task').map((task) => task['Id']));

  async function open(path: string, context?: BrowserContext): Promise<Page> {
    const page = await (context ?? (await browser.newContext())).newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => complaints.push(`${path}: ${error.message}`));
    page.on('console', (message) => {
      // A request that fails is the network's word; whether we bear it is what the tests look at.
      if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(message.text())) {
        complaints.push(`${path}: ${message.text()}`);
      }
    });
    // A record opens in a tab of its own; whoever tests goes on in this one, which would sleep behind it.
    page.on('popup', () => void page.bringToFront().catch(() => undefined));
    await page.addInitScript(NAMED);
    await page.addInitScript(rememberConnections);
    await page.goto(new URL(path, sandbox.url).href);
    return page;
  }

  async function registered(page: Page): Promise<Page> {
    await page.getByText('Available').first().waitFor();
    return page;
  }

  return {
    sandbox,
    browser,
    complaints,
    open,
    async profile(prepare) {
      const context = await browser.newContext();
      await context.addInitScript(NAMED);
      if (prepare) await context.addInitScript(prepare);
      return context;
    },
    async launch(microphone, ...flags) {
      const other = await launchBrowser(microphone, flags);
      others.push(other);
      return other;
    },
    desk: async (context) => registered(await open('/desk/', context)),
    customer: async (number = '+14155550101') => registered(await open(`/customer/?as=${number}`)),
    tasks: () =>
      sandbox.org
        .rows('Task')
        .filter((task) => !seeded.has(task['Id']))
        .reverse(),
    async stop() {
      await Promise.all([browser, ...others].map((one) => one.close()));
      await sandbox.stop();
      await gallery.stop();
    },
  };
}

/** The test's functions run in the page as tsx compiled them, with this helper around their names. */
const NAMED = { content: 'globalThis.__name ??= (named) => named;' };

/** Runs in the page before anything of ours: keeps its peer connections for `audio()`. */
function rememberConnections(): void {
  const connections: RTCPeerConnection[] = [];
  Object.defineProperty(globalThis, 'peerConnections', { value: connections });
  const Original = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
}

/** Sound as the browser counts it (`getStats`): packets each way and the energy of what was heard. */
export interface Audio {
  readonly sent: number;
  readonly received: number;
  readonly energy: number;
}

export async function audio(page: Page): Promise<Audio> {
  return page.evaluate(async () => {
    const total = { sent: 0, received: 0, energy: 0 };
    const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] };
    for (const connection of peerConnections) {
      if (connection.signalingState === 'closed') continue;
      for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
        if (report['type'] === 'outbound-rtp') total.sent += Number(report['packetsSent']);
        if (report['type'] === 'inbound-rtp') {
          total.received += Number(report['packetsReceived']);
          total.energy += Number(report['totalAudioEnergy'] ?? 0);
        }
      }
    }
    return total;
  });
}

/** Resolves once a page hears from now on: packets in both directions and energy above silence. Rejects after {@link PATIENCE_MS}. */
export async function heard(page: Page): Promise<Audio> {
  const deadline = Date.now() + PATIENCE_MS;
  let before = await audio(page);
  for (let now = before; ; now = await audio(page)) {
    // A connection that has gone took its packets along.
    if (now.received < before.received || now.sent < before.sent) before = now;
    const grown = {
      sent: now.sent - before.sent,
      received: now.received - before.received,
      energy: now.energy - before.energy,
    };
    if (grown.sent > 20 && grown.received > 20 && grown.energy > 0.0001) return grown;
    if (Date.now() > deadline) throw new Error(`no audio both ways: ${JSON.stringify(grown)}`);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** Resolves once a check holds; rejects with what was seen last. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  holds: (seen: T) => boolean,
  withinMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (let seen = await look(); ; seen = await look()) {
    if (holds(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`did not come about: ${JSON.stringify(seen)}`);
    // Not in every turn of the event loop: what it waits for needs the processor.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
