import { median, p95 } from './statistics.mjs';
import { ms, paragraph, table } from './markdown.mjs';

/** Lucy Hall, Contact, of the practice org's seed people. */
const LUCY = { name: 'Lucy Hall', number: '+14155550101' };
const ANN = '+14155550001';

/**
 * Lucy calls Ann twice, Ann's browser new in each round: what the practice org was asked, and how long her name took from the
 * INVITE out of the socket into the document.
 */
export async function incomingCalls(house, rounds) {
  const names = { first: [], again: [] };
  const known = { first: [], again: [] };
  const counts = { first: [], edit: [], again: [] };
  for (let round = 0; round < rounds; round++) {
    house.sandbox.reset();
    const [ann, lucy] = [await house.open('desk'), await house.open('ours')];
    try {
      await ann.evaluate((server) => globalThis.desk.start(server), house.server);
      const settings = { server: house.server, user: LUCY.number, password: 'sandbox', target: ANN, iceServers: [] };
      await lucy.evaluate((given) => globalThis.phone.register(given), settings);

      const first = await call(house, ann, lucy);
      counts.first.push(first.requests);
      names.first.push(first.shownMs);
      known.first.push(first.knownMs);
      counts.edit.push(await requestsOf(house, () => saveAgain(ann, first.callId)));
      const again = await call(house, ann, lucy);
      counts.again.push(again.requests);
      names.again.push(again.shownMs);
      known.again.push(again.knownMs);
    } finally {
      await Promise.all([ann.leave(), lucy.leave()]);
    }
  }
  const times = (values) => [ms(median(values)), ms(p95(values)), String(values.length)];
  return [
    'From the INVITE out of the socket to the name: known to the workspace, and shown by `<ml-softphone>` in the document.',
    table(
      ['ms', 'median', 'p95', 'calls'],
      [
        ['first call, one request to the CRM: known', ...times(known.first)],
        ['first call: shown', ...times(names.first)],
        ['second call, number in the fresh cache: known', ...times(known.again)],
        ['second call: shown', ...times(names.again)],
      ],
    ),
    paragraph(
      'Requests in the log of the practice org, from the ring to the logged call, notes saved once in mid-call. The most of',
      'all rounds; sign-in and preflights are not among them.',
    ),
    table(
      ['requests', 'count', 'goal', 'which'],
      [
        ['first call of a number', ...told(counts.first, 2)],
        ['notes changed afterwards', ...told(counts.edit, 2)],
        ['next call of that number', ...told(counts.again, 1)],
      ],
      [0, 3],
    ),
  ].join('\n\n');
}

/** One call: rings, is answered, gets notes, is hung up, is logged. */
async function call(house, ann, lucy) {
  let result;
  const requests = await requestsOf(house, async () => {
    const calls = await ann.evaluate(() => globalThis.tapped.received.length);
    const named = ann.evaluate((name) => globalThis.desk.named(name), LUCY.name);
    await lucy.click('#call');
    const { callId, knownAt, shownAt } = await named;
    const received = await ann.evaluate((index) => globalThis.tapped.received[index], calls);
    result = { callId, knownMs: knownAt - received, shownMs: shownAt - received };
    await ann.evaluate((id) => globalThis.desk.answer(id), callId);
    await ann.evaluate((id) => globalThis.desk.saveNotes(id, 'Asked about the invoice.'), callId);
    const logged = ann.evaluate(() => globalThis.desk.logged());
    await lucy.evaluate(() => globalThis.phone.hangUp());
    await logged;
  });
  return { ...result, requests };
}

async function saveAgain(ann, callId) {
  const logged = ann.evaluate(() => globalThis.desk.logged());
  await ann.evaluate((id) => globalThis.desk.saveNotes(id, 'Asked about the invoice. Paid.'), callId);
  await logged;
}

/** What the org was asked meanwhile, as `METHOD resource`. */
async function requestsOf(house, work) {
  const { requests } = house.sandbox;
  const before = requests.list().length;
  await work();
  return requests
    .list()
    .slice(before)
    .map(
      ({ method, path }) =>
        `${method} ${path.replace(/^\/services\/data\/v[\d.]+\//, '').replace(/\?.*|\/[^/]{60,}.*/, '')}`,
    );
}

function told(rounds, goal) {
  const most = rounds.reduce((a, b) => (b.length > a.length ? b : a));
  return [String(most.length), `≤ ${goal}`, most.map((request) => `\`${request}\``).join(' · ')];
}
