import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { startSandbox, type Sandbox } from '@multiline/sandbox';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureDropIn } from '../../../../scripts/drop-in.mjs';
import { findBrowser } from '../../../../scripts/find-browser.mjs';

/** A page or a script as a test serves it. */
export interface Served {
  readonly body: string | Uint8Array;
  /** 200 by default. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A page with everything that went wrong on it. */
export interface WatchedPage {
  readonly page: Page;
  /** Uncaught errors, by their messages. */
  readonly errors: string[];
  /** What the Content Security Policy refused: directive and address. */
  violations(): Promise<string[]>;
}

/** A sandbox that also serves the drop-in and a test's own pages, and a browser before it. */
export interface PageBed {
  readonly sandbox: Sandbox;
  readonly url: string;
  /** Serves something at a path from now on. */
  serve(path: string, served: Served): void;
  /** Opens a path in a browser of its own profile. */
  open(path: string): Promise<WatchedPage>;
  /** Closes every page that is open, so that the next test is alone with its phones. */
  closePages(): Promise<void>;
  /** Another origin that serves the same; answers its address. */
  elsewhere(): Promise<string>;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

const dist = new URL('../../dist/', import.meta.url);
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html' };

/** Builds the drop-in if it is stale and starts the bed. */
export async function openPageBed(): Promise<PageBed> {
  await ensureDropIn();
  const pages = new Map<string, Served>();
  const asked: string[] = [];

  /** Nobody says a charset: pages of integrators do not either. */
  async function gallery(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    asked.push(path);
    const served: Served | undefined =
      pages.get(path) ??
      (/^\/multiline[\w./-]*\.js$/.test(path) ? { body: await readFile(new URL(`.${path}`, dist)) } : undefined);
    if (!served) return false;
    response.writeHead(served.status ?? 200, {
      'content-type': types[extname(path)] ?? 'text/html',
      'access-control-allow-origin': '*',
      ...served.headers,
    });
    response.end(served.body);
    return true;
  }

  const sandbox = await startSandbox({ gallery });
  const others: Sandbox[] = [];
  let browser: Browser | undefined;

  return {
    sandbox,
    url: sandbox.url,
    asked,
    serve: (path, served) => void pages.set(path, served),
    async open(path) {
      browser ??= await chromium.launch({
        executablePath: findBrowser(),
        args: [
          '--use-fake-ui-for-media-stream',
          '--use-fake-device-for-media-stream',
          '--autoplay-policy=no-user-gesture-required',
          '--allow-loopback-in-peer-connection',
          '--disable-features=WebRtcHideLocalIpsWithMdns',
          ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ],
      });
      const context = await browser.newContext();
      await context.addInitScript(() => {
        const seen: string[] = [];
        Object.assign(globalThis, { violations: seen });
        addEventListener(
          'securitypolicyviolation',
          ({ effectiveDirective, blockedURI, sample }) =>
            void seen.push(`${effectiveDirective} ${blockedURI} ${sample}`),
        );
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(new URL(path, sandbox.url).href);
      return {
        page,
        errors,
        violations: () => page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations),
      };
    },
    async closePages() {
      await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
    },
    async elsewhere() {
      const other = await startSandbox({ gallery });
      others.push(other);
      return other.url;
    },
    async close() {
      await browser?.close();
      await Promise.all([sandbox, ...others].map((each) => each.stop()));
    },
  };
}
