import { setTimeout as pause } from 'node:timers/promises';
import { JSSIP, SIP_JS } from './phones.mjs';
import { median, p95, shuffled } from './statistics.mjs';
import { ms, paragraph, table } from './markdown.mjs';

/** What a registered phone does before the click: nothing, or what it does when idle. The wait is the same for all. */
const PHONES = [
  { page: 'ours', name: 'ours, prepared', prepared: true },
  { page: 'ours', name: 'ours, cold', prepared: false },
  { page: 'sip-js', name: SIP_JS, prepared: false },
  { page: 'jssip', name: JSSIP, prepared: false },
];
const NETWORKS = { none: 'no STUN server', silent: 'silent STUN server' };

/** Between the registration and the click: a prepared connection has long gathered. */
const IDLE_MS = 600;
/** Longer than any peer waits for a STUN server. */
const AT_MOST_MS = 60_000;

/**
 * From the click on a button to the INVITE on the socket: every phone on every network in every round, in random order, each
 * in a browser context of its own.
 * @param slow how many rounds JsSIP gets with the silent STUN server: it waits 40 s
 */
export async function clickToInvite(house, { rounds, slow }) {
  const cases = PHONES.flatMap((phone) => Object.keys(NETWORKS).map((network) => ({ phone, network, times: [] })));
  // The first call of a browser pays for what is loaded once.
  for (const phone of PHONES) await (await click(house, phone, [])).sent;
  const heard = house.stunRequests();
  const waiting = [];
  for (let round = 0; round < rounds; round++) {
    for (const { phone, network, times } of shuffled(cases)) {
      const waits = phone.page === 'jssip' && network === 'silent';
      if (waits && round >= slow) continue;
      const { sent } = await click(house, phone, network === 'silent' ? house.silentStun : []);
      const noted = sent.then((time) => times.push(time));
      // It does nothing for 40 s but wait, and does it while the others go on.
      if (waits) waiting.push(noted);
      else await noted;
    }
  }
  await Promise.all(waiting);
  const of = (page, network) => cases.find(({ phone, network: on }) => phone.page === page && on === network).times;
  const rows = Object.entries(NETWORKS).flatMap(([network, words]) =>
    cases
      .filter((one) => one.network === network)
      .map(({ phone, times }) => {
        if (times.length === 0) return [`${phone.name}, ${words}`, '–', '–', '–', '0'];
        const ratio = median(times) / median(of('sip-js', network));
        return [`${phone.name}, ${words}`, ms(median(times)), ms(p95(times)), ratio.toFixed(3), String(times.length)];
      }),
  );
  return [
    table(['ms', 'median', 'p95', '× SIP.js', 'calls'], rows),
    paragraph(
      `The microphone is granted, the page idle for ${IDLE_MS} ms after its registration, every call the first of its page.`,
      `The silent server heard ${house.stunRequests() - heard} requests and answered none.`,
    ),
  ].join('\n\n');
}

/** The button has been clicked; `sent` is how long the INVITE takes (ms). */
async function click(house, { page: name, prepared }, iceServers) {
  const page = await house.open(name);
  try {
    const settings = { server: house.server, user: 'ann', password: 'ann', target: '1002', iceServers };
    await page.evaluate((given) => globalThis.phone.register(given), settings);
    if (prepared) await page.evaluate(() => globalThis.phone.prepare());
    await pause(IDLE_MS);
    await page.click('#call');
  } catch (error) {
    await page.leave();
    throw error;
  }
  return { sent: sentAfter(page) };
}

async function sentAfter(page) {
  try {
    const sent = () => globalThis.tapped.sent.length > 0;
    await page.waitForFunction(sent, undefined, { timeout: AT_MOST_MS, polling: 50 });
    return await page.evaluate(() => globalThis.tapped.sent[0] - globalThis.tapped.clicked);
  } finally {
    await page.leave();
  }
}
