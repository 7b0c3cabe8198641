import { setTimeout as pause } from 'node:timers/promises';
import { firstPacket } from './first-packet.mjs';
import { median, p95, shuffled } from './statistics.mjs';
import { ms, paragraph, table } from './markdown.mjs';
import { socketProxy } from './socket-proxy.mjs';

const PHONES = [
  { page: 'ours', name: 'ours' },
  { page: 'jssip', name: 'JsSIP 3.13.8' },
  { page: 'sip-js', name: 'SIP.js 0.21.2' },
];
const OUTAGES = [
  { awayMs: 0, name: 'cut' },
  { awayMs: 8_000, name: 'cut, away for 8 s' },
  { awayMs: 8_000, told: true, name: 'cut, away for 8 s, and the browser says so' },
];
/** Whoever is not back by then does not come back by itself. */
const AT_MOST_MS = 45_000;
const SETTLED_MS = 1_500;

/**
 * The socket is cut: how long after the server can be reached again a phone is registered again, by itself; and in a call, how
 * long the other side was not heard meanwhile.
 */
export async function recovery(house, rounds) {
  const cases = PHONES.flatMap((phone) =>
    [false, true].flatMap((inCall) => OUTAGES.map((outage) => ({ phone, inCall, outage, times: [], silences: [] }))),
  );
  for (let round = 0; round < rounds; round++) {
    // What a phone of old does not do by itself need not be waited for again and again.
    for (const one of shuffled(cases)) {
      if (one.times.includes(null)) continue;
      const { registeredMs, silentMs } = await sample(house, one);
      one.times.push(registeredMs);
      if (one.inCall) one.silences.push(silentMs);
    }
  }
  const rows = cases.map(({ phone, inCall, outage, times, silences }) => {
    const back = times.filter((time) => time !== null);
    const words = `${phone.name}, ${inCall ? 'in a call' : 'idle'}, ${outage.name}`;
    const silent = inCall ? ms(median(silences)) : '–';
    const never = [`not within ${AT_MOST_MS / 1000} s`, '–'];
    const registered = back.length < times.length ? never : [ms(median(back)), ms(p95(back))];
    return [words, ...registered, silent, String(times.length)];
  });
  return [
    table(['ms', 'median', 'p95', 'longest silence', 'times'], rows),
    paragraph(
      'From the moment the server can be reached again, in a page with the focus. The longest silence is the longest time between two looks that found more packets of the other side, a look every 20 ms; the other side is the sandbox’s echo.',
    ),
  ].join('\n\n');
}

async function sample(house, { phone, inCall, outage: { awayMs, told } }) {
  const proxy = await socketProxy(house.server);
  const page = await house.open(phone.page);
  try {
    const target = inCall ? house.echo : '1002';
    const settings = { server: proxy.server, user: 'ann', password: 'ann', target, iceServers: [] };
    await page.evaluate((given) => globalThis.phone.register(given), settings);
    if (inCall) {
      const heard = page.evaluate(firstPacket);
      await page.click('#call');
      await heard;
    }
    const silence = inCall ? await page.evaluateHandle(listen) : undefined;
    const before = await page.evaluate(() => globalThis.tapped.registered.length);
    const tell = (type) => told && page.evaluate((type) => void dispatchEvent(new Event(type)), type);
    proxy.down();
    await tell('offline');
    await pause(awayMs);
    proxy.up();
    const upAt = await page.evaluate(() => performance.now());
    await tell('online');
    const again = (count) => globalThis.tapped.registered[count];
    const found = await page
      .waitForFunction(again, before, { timeout: AT_MOST_MS, polling: 50 })
      .then((handle) => handle.jsonValue())
      .catch(() => null);
    // What a re-INVITE does to the audio it does by then.
    if (inCall) await pause(SETTLED_MS);
    const silentMs = await silence?.evaluate((longest) => longest());
    return { registeredMs: found === null ? null : Math.max(0, found - upAt), silentMs };
  } finally {
    await page.leave();
    await proxy.close();
  }
}

/** Runs in the page: listens from now on. Answers what tells the longest silence so far (ms). */
function listen() {
  let [packets, at, longest] = [-1, performance.now(), 0];
  setInterval(async () => {
    const stats = await globalThis.tapped.connection.deref()?.getStats();
    const inbound = [...(stats?.values() ?? [])].find(({ type }) => type === 'inbound-rtp');
    const now = performance.now();
    if (packets >= 0) longest = Math.max(longest, now - at);
    if (inbound?.packetsReceived !== packets) [packets, at] = [inbound?.packetsReceived ?? 0, now];
  }, 20);
  return () => longest;
}
