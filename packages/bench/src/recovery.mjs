import { setTimeout as pause } from 'node:timers/promises';
import { median, p95, shuffled } from './statistics.mjs';
import { ms, paragraph, table } from './markdown.mjs';
import { socketProxy } from './socket-proxy.mjs';

const PHONES = [
  { page: 'ours', name: 'ours' },
  { page: 'jssip', name: 'JsSIP 3.13.8' },
  { page: 'sip-js', name: 'SIP.js 0.21.2' },
];
const OUTAGES = { 0: 'cut', 8_000: 'cut, away for 8 s' };
/** Whoever is not back by then does not come back by itself. */
const AT_MOST_MS = 45_000;

/** The socket is cut: how long after the server can be reached again a phone is registered again, by itself. */
export async function recovery(house, rounds) {
  const cases = PHONES.flatMap((phone) =>
    Object.keys(OUTAGES).map((awayMs) => ({ phone, awayMs: Number(awayMs), times: [] })),
  );
  for (let round = 0; round < rounds; round++) {
    // What a phone of old does not do by itself need not be waited for again and again.
    for (const one of shuffled(cases)) {
      if (one.times.includes(null)) continue;
      one.times.push(await sample(house, one));
    }
  }
  const rows = cases.map(({ phone, awayMs, times }) => {
    const back = times.filter((time) => time !== null);
    const words = `${phone.name}, ${OUTAGES[awayMs]}`;
    if (back.length < times.length) return [words, `not within ${AT_MOST_MS / 1000} s`, '–', String(times.length)];
    return [words, ms(median(back)), ms(p95(back)), String(times.length)];
  });
  return [
    table(['ms', 'median', 'p95', 'times'], rows),
    paragraph(
      'From the moment the server can be reached again. A phone tries at growing pauses of which half is chance.',
    ),
  ].join('\n\n');
}

async function sample(house, { phone, awayMs }) {
  const proxy = await socketProxy(house.server);
  const page = await house.open(phone.page);
  try {
    const settings = { server: proxy.server, user: 'ann', password: 'ann', target: '1002', iceServers: [] };
    await page.evaluate((given) => globalThis.phone.register(given), settings);
    const before = await page.evaluate(() => globalThis.tapped.registered.length);
    proxy.down();
    await pause(awayMs);
    proxy.up();
    const upAt = await page.evaluate(() => performance.now());
    const again = (count) => globalThis.tapped.registered[count];
    const found = await page
      .waitForFunction(again, before, { timeout: AT_MOST_MS, polling: 50 })
      .then((handle) => handle.jsonValue())
      .catch(() => null);
    return found === null ? null : Math.max(0, found - upAt);
  } finally {
    await page.leave();
    await proxy.close();
  }
}
