import { median, p95 } from './statistics.mjs';
import { ms, paragraph, table } from './markdown.mjs';

const TABS = 10;
const ANN = '+14155550001';
const CALLER = '+14155550101';

/**
 * Ten tabs are one phone, and the one that has it is closed: how long until another leads, until the server has registered it, and
 * if a call rang, until the server hears that it rings again.
 */
export async function leaderGone(house, rounds) {
  const told = watchServer(house.sandbox.sip);
  const context = await house.browser.newContext();
  await context.grantPermissions(['microphone'], { origin: house.sandbox.url });
  const caller = await house.open('ours');
  const settings = { server: house.server, user: CALLER, password: 'sandbox', target: ANN, iceServers: [] };
  await caller.evaluate((given) => globalThis.phone.register(given), settings);
  const [led, registered, rang] = [[], [], []];
  let pages = [];
  try {
    for (let round = 0; round < rounds; round++) {
      pages = await ten(house, context, pages);
      const idle = await closeLeader(pages);
      led.push((await nextLeader(idle.left)) - idle.closedAt);
      registered.push((await told.next('registered', idle.closedAt)) - idle.closedAt);

      pages = await ten(house, context, idle.left);
      await Promise.all([told.next('ringing', now()), caller.click('#call')]);
      const ringing = await closeLeader(pages);
      led.push((await nextLeader(ringing.left)) - ringing.closedAt);
      rang.push((await told.next('ringing', ringing.closedAt)) - ringing.closedAt);
      pages = ringing.left;
      await caller.evaluate(() => globalThis.phone.hangUp());
    }
  } finally {
    told.stop();
    await Promise.all([context.close(), caller.leave()]);
  }
  const row = (words, goal, values) => [words, `≤ ${goal}`, ms(median(values)), ms(p95(values)), String(values.length)];
  return [
    table(
      ['ms after the tab with the phone is closed', 'goal', 'median', 'p95', 'times'],
      [
        row('another one leads', 250, led),
        row('the server has registered it', '1,000', registered),
        row('a call that rang rings again', 400, rang),
      ],
    ),
    paragraph(
      `${TABS} tabs in one browser, each with the phone. From the order to close the tab, its own end among it, to the lock in another tab,`,
      'to the 200 of the sandbox to its REGISTER, and to the 180 of the phone that rings again.',
    ),
  ].join('\n\n');
}

const now = () => performance.timeOrigin + performance.now();

/** As many tabs as there shall be, one of them with the phone. */
async function ten(house, context, pages) {
  const all = [...pages];
  while (all.length < TABS) {
    const page = await context.newPage();
    await page.goto(`${house.sandbox.url}bench/tab/`);
    await page.evaluate((server) => globalThis.tab.start(server), house.server);
    all.push(page);
  }
  return all;
}

async function closeLeader(pages) {
  const times = await Promise.all(pages.map((page) => page.evaluate(() => globalThis.tab.ledAt())));
  const leading = pages.filter((_, index) => times[index] > 0);
  if (leading.length !== 1) throw new Error(`${leading.length} tabs lead`);
  const closedAt = now();
  await leading[0].close();
  return { closedAt, left: pages.filter((page) => page !== leading[0]) };
}

/** When one of these was given the lead. */
function nextLeader(pages) {
  const led = async (page) =>
    (await page.waitForFunction(() => globalThis.tab.ledAt(), null, { polling: 20 })).jsonValue();
  const waits = pages.map(led);
  // Those that never lead wait on until they are closed.
  for (const wait of waits) wait.catch(() => undefined);
  return Promise.any(waits);
}

/** What the server hears of Ann's phone, and when. */
function watchServer(sip) {
  const heard = { registered: [], ringing: [] };
  let look = () => undefined;
  const note = (what) => {
    heard[what].push(now());
    look();
  };
  const stops = [
    sip.observe(({ kind, status, headers }, { user }) => {
      const method = headers.find(({ name }) => name === 'CSeq')?.value ?? '';
      if (kind === 'response' && status === 200 && user === 'ann' && method.endsWith('REGISTER')) note('registered');
    }),
    sip.intercept(({ kind, status }, { user }) => {
      if (kind === 'response' && status === 180 && user === 'ann') note('ringing');
      return 'pass';
    }),
  ];
  return {
    /** The first time after this moment. */
    next: (what, since) =>
      new Promise((resolve) => {
        look = () => {
          const at = heard[what].find((time) => time >= since);
          if (at !== undefined) resolve(at);
        };
        look();
      }),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
