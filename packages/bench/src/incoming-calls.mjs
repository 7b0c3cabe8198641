import { ask } from './ask.mjs';
import { median, p95, shuffled } from './statistics.mjs';
import { ms, paragraph, table } from './markdown.mjs';
import { JSSIP, SIP_JS } from './phones.mjs';
import { plainCall } from './plain-call.mjs';

/** Lucy Hall, Contact, of the practice org's seed people. */
const LUCY = { name: 'Lucy Hall', number: '+14155550101' };
const ANN = '+14155550001';

/** Phones without a CRM and without elements: they write the number they are told into the document. */
const PLAIN = { ours: 'our line alone', 'sip-js': SIP_JS, jssip: JSSIP };

/**
 * Lucy calls Ann twice, Ann's browser new in each round: how long it took from the INVITE out of the socket into the document,
 * at a desk and on plain phones, and what the practice org was asked by the desk.
 */
export async function incomingCalls(house, rounds) {
  const times = { first: {}, again: {} };
  const counts = { first: [], edit: [], again: [] };
  const note = (when, what, ms) => (times[when][what] ??= []).push(ms);
  for (let round = 0; round < rounds; round++) {
    for (const phone of shuffled(['desk', ...Object.keys(PLAIN)])) {
      if (phone === 'desk') await atDesk(house, note, counts);
      else await onPlainPhone(house, phone, note);
    }
  }
  const row = (words, when, what) => {
    const values = times[when][what];
    const ratio = (median(values) / median(times[when]['sip-js'])).toFixed(2);
    return [words, ms(median(values)), ms(p95(values)), ratio, String(values.length)];
  };
  const plain = (words, when) =>
    Object.entries(PLAIN).map(([phone, name]) => row(`${words} call, ${name}: number`, when, phone));
  return [
    paragraph(
      'From the INVITE out of the socket. Our desk: to the name, known to the workspace, and shown by `<ml-softphone>` in the',
      'document. Plain phones: to the number in the document, written there in their own event of the call that comes in; they',
      'ask no CRM and draw nothing else.',
    ),
    table(
      ['ms', 'median', 'p95', '× SIP.js', 'calls'],
      [
        row('first call, our desk, one request to the CRM: name known', 'first', 'known'),
        row('first call, our desk: name shown', 'first', 'shown'),
        ...plain('first', 'first'),
        row('second call, our desk, number in the fresh cache: name known', 'again', 'known'),
        row('second call, our desk: name shown', 'again', 'shown'),
        ...plain('second', 'again'),
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

async function atDesk(house, note, counts) {
  house.sandbox.reset();
  const [ann, lucy] = [await house.open('desk'), await house.open('ours')];
  try {
    await ask(ann, 'desk.start', house.server);
    await registerLucy(house, lucy);
    for (const when of ['first', 'again']) {
      const { requests, callId, knownMs, shownMs } = await call(house, ann, lucy);
      counts[when].push(requests);
      note(when, 'known', knownMs);
      note(when, 'shown', shownMs);
      if (when === 'first') counts.edit.push(await requestsOf(house, () => saveAgain(ann, callId)));
    }
  } finally {
    await Promise.all([ann.leave(), lucy.leave()]);
  }
}

async function onPlainPhone(house, phone, note) {
  const [ann, lucy] = [await house.open(phone), await house.open('ours')];
  try {
    const settings = { server: house.server, user: 'ann', password: 'ann', target: LUCY.number, iceServers: [] };
    await ask(ann, 'phone.register', settings);
    await registerLucy(house, lucy);
    for (const when of ['first', 'again']) {
      await plainCall(lucy, ann);
      note(when, phone, await ann.evaluate(() => globalThis.phone.shownAt() - globalThis.tapped.received.at(-1)));
    }
  } finally {
    await Promise.all([ann.leave(), lucy.leave()]);
  }
}

function registerLucy(house, lucy) {
  const settings = { server: house.server, user: LUCY.number, password: 'sandbox', target: ANN, iceServers: [] };
  return ask(lucy, 'phone.register', settings);
}

/** One call: rings, is answered, gets notes, is hung up, is logged. */
async function call(house, ann, lucy) {
  let result;
  const requests = await requestsOf(house, async () => {
    const named = ann.evaluate((name) => globalThis.desk.named(name), LUCY.name);
    await lucy.click('#call');
    const { callId, knownAt, shownAt } = await named;
    const received = await ann.evaluate(() => globalThis.tapped.received.at(-1));
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
