import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asteriskRoot } from '../../../scripts/test-servers/asterisk-root.mjs';
import { startAsterisk } from '../../../scripts/test-servers/asterisk.mjs';
import { firstPacket } from './first-packet.mjs';
import { ms, paragraph, table } from './markdown.mjs';
import { JSSIP, SIP_JS } from './phones.mjs';
import { median, p95, shuffled } from './statistics.mjs';

const PHONES = { ours: 'ours', 'sip-js': SIP_JS, jssip: JSSIP };
/** As long as somebody needs to look who it is. */
const LOOKING_MS = 600;
const RINGS_WITHIN_MS = 20_000;

/**
 * From the click on Answer to the first packet of the caller's audio: tab to tab through the sandbox, and through a real
 * Asterisk, whose answers take the time that networks take. The caller is always a page of ours.
 */
export async function answerToAudio(house, rounds) {
  const directory = await mkdtemp(join(tmpdir(), 'multiline-bench-'));
  const { root, version, missing } = asteriskRoot();
  const asterisk = root && (await startAsterisk(directory, root, '127.0.0.1'));
  const servers = { 'the sandbox': house.server, ...(asterisk && { [version]: asterisk.url }) };
  try {
    const rows = [];
    for (const [name, server] of Object.entries(servers)) rows.push(...(await through(house, name, server, rounds)));
    return [
      table(['ms', 'median', 'p95', '× SIP.js', 'calls'], rows),
      ...(missing ? [paragraph(`No Asterisk: ${missing}.`)] : []),
    ].join('\n\n');
  } finally {
    await asterisk?.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function through(house, name, server, rounds) {
  const times = Object.fromEntries(Object.keys(PHONES).map((phone) => [phone, []]));
  for (const phone of Object.keys(PHONES)) await sample(house, server, phone);
  for (let round = 0; round < rounds; round++) {
    for (const phone of shuffled(Object.keys(PHONES))) times[phone].push(await sample(house, server, phone));
  }
  const peer = median(times['sip-js']);
  return Object.entries(times).map(([phone, measured]) => [
    `${PHONES[phone]}, through ${name}`,
    ms(median(measured)),
    ms(p95(measured)),
    (median(measured) / peer).toFixed(2),
    String(measured.length),
  ]);
}

async function sample(house, server, phone) {
  const [caller, called] = [await house.open('ours'), await house.open(phone)];
  try {
    const settings = { server, iceServers: [], target: '1002' };
    await called.evaluate((given) => globalThis.phone.register(given), { ...settings, user: 'bob', password: 'bob' });
    await caller.evaluate((given) => globalThis.phone.register(given), { ...settings, user: 'ann', password: 'ann' });
    await caller.evaluate(() => globalThis.phone.prepare());
    await caller.click('#call');
    await within(
      RINGS_WITHIN_MS,
      called.evaluate(() => globalThis.phone.ringing()),
      `${phone} does not ring.`,
    );
    await called.waitForTimeout(LOOKING_MS);
    const heard = called.evaluate(firstPacket);
    await called.click('#answer');
    return await heard;
  } finally {
    await Promise.all([caller.leave(), called.leave()]);
  }
}

function within(limitMs, promise, words) {
  let timer;
  const late = new Promise((_resolve, reject) => (timer = setTimeout(() => reject(new Error(words)), limitMs)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
