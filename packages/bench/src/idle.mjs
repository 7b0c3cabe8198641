import { setTimeout as pause } from 'node:timers/promises';
import { median, shuffled } from './statistics.mjs';
import { ms, paragraph, table } from './markdown.mjs';

const PAGES = [
  { page: 'desk', name: 'our desk: phone, rules, storage, Salesforce' },
  { page: 'ours', name: 'our line alone' },
  { page: 'sip-js', name: 'SIP.js 0.21.2' },
  { page: 'jssip', name: 'JsSIP 3.13.8' },
];
/** Longer than our own sign of life takes to come round twice. */
const WATCHED_MS = 32_000;

/** A registered phone that does nothing: what the page's main thread works, and what it says on its socket. */
export async function idleCost(house, rounds) {
  const cases = PAGES.map((one) => ({ ...one, cpu: [], messages: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const one of shuffled(cases)) {
      const { cpuMs, messages } = await sample(house, one.page);
      one.cpu.push(cpuMs);
      one.messages.push(messages);
    }
  }
  const rows = cases.map(({ name, cpu, messages }) => [
    name,
    ms((median(cpu) * 60_000) / WATCHED_MS),
    String(median(messages)),
  ]);
  return [
    table([`idle`, 'CPU, ms a minute', `messages in ${WATCHED_MS / 1000} s`], rows),
    paragraph(
      'CPU of the main thread by the thread’s own clock. What is said are signs of life; peers send none by default.',
    ),
  ].join('\n\n');
}

async function sample(house, name) {
  const page = await house.open(name);
  try {
    if (name === 'desk') await page.evaluate((server) => globalThis.desk.start(server), house.server);
    else {
      const settings = { server: house.server, user: 'ann', password: 'ann', target: '1002', iceServers: [] };
      await page.evaluate((given) => globalThis.phone.register(given), settings);
    }
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const work = async () => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return metrics.find((metric) => metric.name === 'TaskDuration').value * 1000;
    };
    await pause(2_000);
    const said = () => page.evaluate(() => globalThis.tapped.messages);
    const [cpu, messages] = [await work(), await said()];
    await pause(WATCHED_MS);
    return { cpuMs: (await work()) - cpu, messages: (await said()) - messages };
  } finally {
    await page.leave();
  }
}
