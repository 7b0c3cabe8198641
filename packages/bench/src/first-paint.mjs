import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { ensureDropIn } from '../../../scripts/drop-in.mjs';
import { ms, paragraph, table } from './markdown.mjs';
import { bound, median, shuffled } from './statistics.mjs';

const salesforce = createRequire(new URL('../../salesforce/package.json', import.meta.url));
const JSFORCE = salesforce
  .resolve('jsforce')
  .replace(/jsforce[\\/](?!.*jsforce[\\/]).*$/, 'jsforce/dist/jsforce.min.js');
const DRAWN = ['ml-softphone', 'ml-recent-calls'];

const PAGES = {
  empty: '',
  jsforce: '<script src="/jsforce.min.js"></script>',
  ours: `<script src="/multiline.js"></script><ml-workspace></ml-workspace>${DRAWN.map((tag) => `<${tag}></${tag}>`).join('')}`,
};

/**
 * The main thread's work from the beginning of a page until the drop-in has run and its elements are drawn, without what an
 * empty page costs, as a share of what evaluating jsforce.min.js costs in the same run.
 */
export async function firstPaint({ browser }, rounds) {
  await ensureDropIn();
  const server = createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${server.address().port}`;
  const cpu = { empty: [], jsforce: [], ours: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      for (const name of shuffled(Object.keys(PAGES))) cpu[name].push(await sample(browser, origin, name));
    }
  } finally {
    server.close();
  }
  const share = ({ empty, jsforce, ours }) => (median(ours) - median(empty)) / (median(jsforce) - median(empty));
  const rows = Object.entries({ 'an empty page': cpu.empty, 'jsforce.min.js': cpu.jsforce, 'ours, drawn': cpu.ours });
  return [
    table(
      ['CPU of the main thread', 'ms, median'],
      rows.map(([name, values]) => [name, ms(median(values))]),
    ),
    paragraph(
      `Ours is **${share(cpu).toFixed(2)} ×** jsforce.min.js (95 % bound ${bound(cpu, share).toFixed(2)}; ${rounds} rounds):`,
      'the script, the workspace, the phone and the recent calls, evaluated and drawn, without a server.',
    ),
  ].join('\n\n');
}

async function sample(browser, origin, name) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(`${origin}/${name}.html`);
    if (name === 'ours') await page.waitForFunction(drawn, DRAWN);
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
    const { metrics } = await devtools.send('Performance.getMetrics');
    const value = (name) => metrics.find((metric) => metric.name === name).value * 1000;
    // Our looking for what is drawn is no work of the page.
    return value('TaskDuration') - value('DevToolsCommandDuration');
  } finally {
    await context.close();
  }
}

/** Runs in the page. */
const drawn = (tags) => tags.every((tag) => document.querySelector(tag)?.shadowRoot?.firstElementChild);

async function serve({ url }, response) {
  const page = PAGES[/^\/(\w+)\.html$/.exec(url)?.[1]];
  try {
    const file = url === '/jsforce.min.js' ? JSFORCE : `packages/embed/dist${url}`;
    const body = page === undefined ? await readFile(file) : `<!doctype html><meta charset="utf-8"><body>${page}`;
    response.setHeader('content-type', page === undefined ? 'text/javascript' : 'text/html').end(body);
  } catch {
    response.writeHead(404).end();
  }
}
