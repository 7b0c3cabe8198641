import { setTimeout as pause } from 'node:timers/promises';
import { firstPacket } from './first-packet.mjs';
import { median, p95, shuffled } from './statistics.mjs';
import { ms, paragraph, table } from './markdown.mjs';
import { JSSIP, SIP_JS } from './phones.mjs';
import { socketProxy } from './socket-proxy.mjs';

/** Each as somebody else: a server tells one user's phones of one another. */
const PHONES = [
  { page: 'ours', name: 'ours', user: 'ann' },
  { page: 'jssip', name: JSSIP, user: 'bob', peer: true },
  { page: 'sip-js-manager', name: `${SIP_JS}, SessionManager`, user: 'dave', peer: true },
  // It does nothing by itself: that need not be waited for again and again.
  { page: 'sip-js', name: `${SIP_JS}, user agent`, user: 'erin', peer: true, once: true },
];
const OUTAGES = [
  { name: 'cut' },
  { away: true, name: 'cut, away for 6 to 10 s' },
  { away: true, told: true, name: 'cut, away for 6 to 10 s, and the browser says so' },
];
/** Not to the millisecond: a phone that tries at fixed times shall neither have luck every time nor never. */
const AWAY_MS = { least: 6_000, most: 10_000 };
/** Whoever is not back by then does not come back by itself; the next cut waits for nobody that long. */
const AT_MOST_MS = 45_000;
const GO_ON_MS = 15_000;
const SETTLED_MS = 1_500;

/**
 * The socket is cut, of all phones at the same moment: how long after the server can be reached again each is registered again,
 * by itself; and in a call, how long the other side was not heard meanwhile, and whether the call is still there.
 */
export async function recovery(house, rounds) {
  const cases = [false, true].flatMap((inCall) => OUTAGES.map((outage) => ({ inCall, outage, phones: phones() })));
  const late = [];
  for (let round = 0; round < rounds; round++) {
    for (const { inCall, outage, phones } of shuffled(cases)) {
      const cut = await cutAll(house, { inCall, outage, phones: phones.filter(({ once }) => !once || round === 0) });
      cut.done.catch(() => undefined);
      late.push(cut.done);
      await cut.heard;
    }
  }
  await Promise.all(late);
  return [
    table(['ms', 'median', 'p95', '× quickest peer', 'longest silence', 'back'], cases.flatMap(rowsOf)),
    paragraph(
      'From the moment the server can be reached again, in a page with the focus; all phones are cut at the same moment. The',
      'longest silence is the longest time between two looks that found more packets of the other side, a look every 20 ms; the',
      'other side is the sandbox’s echo, and all are listened to equally long. SIP.js comes in two: its user agent leaves it to',
      'the application to come back, its SessionManager does it, and drops the calls there are. The quickest peer is one that',
      'came back and kept its call.',
    ),
  ].join('\n\n');
}

const phones = () => PHONES.map((phone) => ({ ...phone, times: [], silences: [], lost: 0 }));

function rowsOf({ inCall, outage, phones }) {
  const quickest = Math.min(...phones.filter(({ peer, lost }) => peer && !lost).map(({ times }) => median(times)));
  const back = (time) => (time === Infinity ? `not within ${AT_MOST_MS / 1000} s` : ms(time));
  return phones.map(({ name, times, silences, lost }) => {
    const ratio = median(times) / quickest;
    return [
      `${name}, ${inCall ? 'in a call' : 'idle'}, ${outage.name}`,
      back(median(times)),
      back(p95(times)),
      quickest < Infinity && ratio < Infinity ? ratio.toFixed(2) : '–',
      !inCall ? '–' : lost ? 'call lost' : ms(median(silences)),
      `${times.filter((time) => time < Infinity).length} of ${times.length}`,
    ];
  });
}

/**
 * Cuts these phones off and lets them come back. `heard`: all are there again, or have had their time, and all have been listened
 * to equally long; `done`: nobody is waited for any more.
 */
async function cutAll(house, { inCall, outage: { away, told }, phones }) {
  const proxy = await socketProxy(house.server);
  const pages = [];
  const leave = async () => {
    await Promise.all(pages.map((page) => page.leave()));
    await proxy.close();
  };
  try {
    for (const phone of phones) pages.push(await ready(house, proxy.server, phone, inCall));
    const silences = await Promise.all(pages.map((page) => (inCall ? page.evaluateHandle(listen) : undefined)));
    const tell = (type) =>
      Promise.all(pages.map((page) => told && page.evaluate((type) => void dispatchEvent(new Event(type)), type)));
    proxy.down();
    await tell('offline');
    if (away) await pause(AWAY_MS.least + Math.random() * (AWAY_MS.most - AWAY_MS.least));
    const upAt = performance.timeOrigin + performance.now();
    proxy.up();
    await tell('online');
    const backs = pages.map(async (page, index) => {
      phones[index].times.push(Math.max(0, (await registeredAt(page)) - upAt));
    });
    const heard = Promise.race([Promise.all(backs), pause(GO_ON_MS)]).then(async () => {
      if (!inCall) return;
      // What a re-INVITE does to the audio it does by then.
      await pause(SETTLED_MS);
      await Promise.all(pages.map((page, index) => noteAudio(phones[index], page, silences[index])));
    });
    return { heard, done: Promise.all([heard, ...backs]).finally(leave) };
  } catch (error) {
    await leave();
    throw error;
  }
}

async function noteAudio(phone, page, silence) {
  phone.silences.push(await silence.evaluate((longest) => longest()));
  if (await page.evaluate(() => globalThis.tapped.opened === globalThis.tapped.closed)) phone.lost += 1;
}

/** A page whose phone is registered, and hears the echo if it shall be in a call. */
async function ready(house, server, { page: name, user }, inCall) {
  const page = await house.open(name);
  const settings = { server, user, password: user, target: inCall ? house.echo : '1003', iceServers: [] };
  await page.evaluate((given) => globalThis.phone.register(given), settings);
  if (inCall) {
    const heard = page.evaluate(firstPacket);
    await page.click('#call');
    await heard;
  }
  await page.evaluate(() => (globalThis.tapped.registered.length = 0));
  return page;
}

/** When (epoch ms) the server has taken its registration again; Infinity if it never does. */
async function registeredAt(page) {
  const again = () => globalThis.tapped.registered[0] && performance.timeOrigin + globalThis.tapped.registered[0];
  try {
    const found = await page.waitForFunction(again, undefined, { timeout: AT_MOST_MS, polling: 50 });
    return await found.jsonValue();
  } catch (error) {
    if (error.name === 'TimeoutError') return Infinity;
    throw error;
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
