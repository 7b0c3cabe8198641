import { setTimeout as pause } from 'node:timers/promises';
import { firstPacket } from './first-packet.mjs';
import { ms, paragraph, table } from './markdown.mjs';
import { JSSIP, SIP_JS } from './phones.mjs';
import { median, p95, shuffled } from './statistics.mjs';

const PHONES = [
  { page: 'ours', name: 'ours, prepared', prepared: true },
  { page: 'ours', name: 'ours, cold', prepared: false },
  { page: 'sip-js', name: SIP_JS, prepared: false },
  { page: 'jssip', name: JSSIP, prepared: false },
];
const IDLE_MS = 600;

/** From the click to the first packet of the other side's audio; the other side is the sandbox's own echo, which answers at once. */
export async function clickToAudio(house, rounds) {
  const cases = PHONES.map((phone) => ({ phone, times: [] }));
  for (const phone of PHONES) await sample(house, phone);
  for (let round = 0; round < rounds; round++) {
    for (const { phone, times } of shuffled(cases)) times.push(await sample(house, phone));
  }
  const peer = median(cases.find(({ phone }) => phone.page === 'sip-js').times);
  const rows = cases.map(({ phone, times }) => [
    phone.name,
    ms(median(times)),
    ms(p95(times)),
    (median(times) / peer).toFixed(2),
    String(times.length),
  ]);
  return [
    table(['ms', 'median', 'p95', '× SIP.js', 'calls'], rows),
    paragraph('The first packet of the other side, in the browser’s own statistics, looked for after every task.'),
  ].join('\n\n');
}

async function sample(house, { page: name, prepared }) {
  const page = await house.open(name);
  try {
    const settings = { server: house.server, user: 'ann', password: 'ann', target: house.echo, iceServers: [] };
    await page.evaluate((given) => globalThis.phone.register(given), settings);
    if (prepared) await page.evaluate(() => globalThis.phone.prepare());
    await pause(IDLE_MS);
    const heard = page.evaluate(firstPacket);
    await page.click('#call');
    return await heard;
  } finally {
    await page.leave();
  }
}
