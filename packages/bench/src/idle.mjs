import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './ask.mjs';
import { JSSIP, SIP_JS } from './phones.mjs';
import { median } from './statistics.mjs';
import { ms, paragraph, table } from './markdown.mjs';

/** Each as somebody else: a server tells one user's phones of one another. */
const PAGES = [
  { page: 'desk', name: 'our desk: phone, rules, storage, Salesforce' },
  { page: 'ours', name: 'our line alone', user: 'bob' },
  { page: 'sip-js', name: SIP_JS, user: 'carol' },
  { page: 'jssip', name: JSSIP, user: 'dave' },
];
/** Longer than our own sign of life takes to come round twice. */
const WATCHED_MS = 32_000;

/**
 * A registered phone that does nothing: what the page's main thread works, what it says on its socket, and which timers it sets.
 * All pages at once, each in a process of its own: a thread's own clock does not count what the others do.
 */
export async function idleCost(house, rounds) {
  const cases = PAGES.map((one) => ({ ...one, samples: [] }));
  for (let round = 0; round < rounds; round++) {
    await Promise.all(cases.map(async (one) => one.samples.push(await sample(house, one))));
  }
  const cpu = ({ samples }) => (median(samples.map(({ cpuMs }) => cpuMs)) * 60_000) / WATCHED_MS;
  const peer = cpu(cases.find(({ page }) => page === 'sip-js'));
  const rows = cases.map((one) => {
    const { name, samples } = one;
    return [
      name,
      ms(cpu(one)),
      (cpu(one) / peer).toFixed(1),
      String(median(samples.map(({ messages }) => messages))),
      String(median(samples.map(({ timers }) => timers.length))),
      lengths(samples.flatMap(({ timers }) => timers)),
    ];
  });
  return [
    table(
      [
        `idle`,
        'CPU, ms a minute',
        '× SIP.js',
        `messages in ${WATCHED_MS / 1000} s`,
        `timers set in ${WATCHED_MS / 1000} s`,
        'of how many s',
      ],
      rows,
      [0, 5],
    ),
    paragraph(
      'CPU of the main thread by the thread’s own clock. What is said are signs of life, every 2.5 s while somebody looks at the',
      'page; peers send none by default. The timers are those of the signs: when the next is due, until when the answer has to',
      'come, and two of the SIP transaction.',
    ),
  ].join('\n\n');
}

/** Which lengths there are, in seconds. */
function lengths(delays) {
  const seconds = [...new Set(delays.map((delay) => Math.round(delay / 100) / 10))].sort((a, b) => a - b);
  return seconds.join(' · ') || '–';
}

async function sample(house, { page: name, user }) {
  const page = await house.open(name);
  try {
    if (name === 'desk') await ask(page, 'desk.start', house.server);
    else
      await ask(page, 'phone.register', { server: house.server, user, password: user, target: '1005', iceServers: [] });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const work = async () => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return metrics.find((metric) => metric.name === 'TaskDuration').value * 1000;
    };
    await pause(2_000);
    await page.evaluate(noteTimers);
    const said = () => page.evaluate(() => globalThis.tapped.messages);
    const [cpu, messages] = [await work(), await said()];
    await pause(WATCHED_MS);
    const timers = await page.evaluate(() => globalThis.timers);
    return { cpuMs: (await work()) - cpu, messages: (await said()) - messages, timers };
  } finally {
    await page.leave();
  }
}

/** Runs in the page: notes how long each timer is that is set from now on (ms). */
function noteTimers() {
  const timers = [];
  globalThis.timers = timers;
  for (const name of ['setTimeout', 'setInterval']) {
    const set = globalThis[name];
    globalThis[name] = (act, delay = 0, ...args) => {
      timers.push(delay);
      return set(act, delay, ...args);
    };
  }
}
