import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chromium } from 'playwright-core';
import { tsImport } from 'tsx/esm/api';
import { ensureJsforce } from '../../salesforce/jsforce/build.mjs';
import { findBrowser } from '../../../scripts/find-browser.mjs';
import { PAGES, bundle } from './bundle.mjs';
import { tap } from './tap.mjs';

/**
 * Everything a measurement needs: the sandbox with our pages on its port, one browser, and a STUN server that hears and
 * never answers. All on loopback.
 */
export async function openHouse() {
  await ensureJsforce();
  const scripts = new Map(await Promise.all(Object.keys(PAGES).map(async (name) => [name, await bundle(name)])));
  const { startSandbox } = await tsImport('../../sandbox/src/index.ts', import.meta.url);
  const sandbox = await startSandbox({
    port: 0,
    gallery: async (request, response) => serve(scripts, request, response),
  });
  const stun = createSocket('udp4').bind(0, '127.0.0.1');
  await once(stun, 'listening');
  let asked = 0;
  stun.on('message', () => (asked += 1));
  const browser = await chromium.launch({
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
  return {
    browser,
    sandbox,
    scripts,
    server: `${sandbox.url.replace('http', 'ws')}sip`,
    silentStun: [{ urls: `stun:127.0.0.1:${stun.address().port}` }],
    /** A number that answers at once and says back what it hears. */
    echo: 'echo',
    /** How many requests the silent STUN server has heard so far. */
    stunRequests: () => asked,
    /** A page in a browser context of its own: empty storage, the microphone granted. */
    async open(name) {
      const context = await browser.newContext();
      await context.grantPermissions(['microphone'], { origin: sandbox.url });
      await context.addInitScript(tap);
      const page = await context.newPage();
      await page.goto(`${sandbox.url}bench/${name}/`);
      return Object.assign(page, { leave: () => context.close() });
    },
    async close() {
      await browser.close();
      stun.close();
      await sandbox.stop();
    },
  };
}

function serve(scripts, request, response) {
  const [, name, file] = /^\/bench\/([a-z-]+)\/(\w+\.js)?$/.exec(request.url) ?? [];
  if (!scripts.has(name)) return false;
  if (file) response.setHeader('content-type', 'text/javascript').end(scripts.get(name));
  else response.setHeader('content-type', 'text/html').end(document);
  return true;
}

const document = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,">
<button id="call" type="button">Call</button><button id="answer" type="button">Answer</button><script type="module" src="page.js"></script></html>`;
