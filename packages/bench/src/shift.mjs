import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './ask.mjs';
import { heapObjects } from './heap-objects.mjs';
import { paragraph, table } from './markdown.mjs';
import { JSSIP, SIP_JS } from './phones.mjs';
import { plainCall } from './plain-call.mjs';

/** Who is called in a page, and the number of somebody outside who calls: everybody has callers of their own. */
const PHONES = [
  { page: 'desk', name: 'our desk', user: 'ann', number: '+14155550001', caller: '+14155550101' },
  { page: 'ours', name: 'our line alone', user: 'bob', number: '+14155550002', caller: '+14155550102' },
  { page: 'sip-js', name: SIP_JS, user: 'dave', number: '+14155550004', caller: '+14155550104' },
  { page: 'jssip', name: JSSIP, user: 'erin', number: '+14155550005', caller: '+14155550105' },
];
/** The first calls fill what keeps the newest 200 (calls, rows of the list, rows of storage), and load and compile the code. */
const WARM_UP = 220;
/** SIP's transactions are kept for 64 × T1 after their end (RFC 3261 §17.2.1), and calls with them. */
const TRANSACTIONS_MS = 34_000;
/** What is left after a collection differs a little from one to the next: the least of some counts. */
const LOOKS = 8;
/** So many bytes more of a page's own count as before: a table that has doubled may be it. Of 500 calls, 50 bytes a call. */
const BYTES_MORE = 25_000;
/** So many objects and closures more a call: one is left by every tenth call at the most. */
const COUNT_MORE = 0.1;

/**
 * Two shifts of eight hours, compressed: call after call is answered and hung up by one page that is never reloaded, and at our
 * desk noted and logged too; all phones at the same time. The first shift also fills what keeps the newest 500 (the notes of
 * the log), and compiles what is used often: what a page holds after the second should be what it held after the first.
 */
export async function shift(house, calls) {
  const phones = await Promise.all(
    PHONES.map(async (phone) => ({ ...phone, looks: await shifts(house, phone, calls) })),
  );
  const plain = (value) => value.toLocaleString('en');
  const kb = (bytes) => plain(Math.round(bytes / 1000));
  const [first, before, last] = [0, 1, 2].map((index) => WARM_UP + index * calls);
  const row = (words, cell) => [words, ...phones.map(({ looks }) => cell(...looks))];
  const counted = (words, key) =>
    row(`${words}, after ${plain(before)} → after ${plain(last)}`, (_, { [key]: was }, { [key]: is }) =>
      [plain(was), '→', plain(is), is > was ? '**more**' : ''].join(' ').trim(),
    );
  const peer = phones.find(({ page }) => page === 'sip-js').looks;
  const more = (was, is) =>
    is.bytes > was.bytes + BYTES_MORE || is.count > was.count + COUNT_MORE * calls ? '**more**' : 'kept';
  return [
    table(
      ['what the page holds', ...phones.map(({ name }) => name)],
      [
        row(`heap after ${plain(first)} calls, KB`, ({ heap }) => kb(heap)),
        row(`heap after ${plain(before)}, KB`, (_, { heap }) => kb(heap)),
        row(`heap after ${plain(last)}, KB`, (_first, _before, { heap }) => kb(heap)),
        row('heap in the end, × SIP.js', (_first, _before, { heap }) => (heap / peer[2].heap).toFixed(2)),
        row(`of it the page’s own, after ${plain(first)}, KB`, ({ bytes }) => kb(bytes)),
        row(`the page’s own after ${plain(before)}, KB`, (_, { bytes }) => kb(bytes)),
        row(`the page’s own after ${plain(last)}, KB`, (_first, _before, { bytes }) => kb(bytes)),
        row('a call of the second shift, bytes', (_, was, is) => plain(Math.round((is.bytes - was.bytes) / calls))),
        row(
          `its objects and closures, after ${plain(before)} → after ${plain(last)}`,
          (_, was, is) => `${plain(was.count)} → ${plain(is.count)}`,
        ),
        row('the page’s own as before', (_, was, is) => more(was, is)),
        counted('DOM nodes', 'nodes'),
        counted('event listeners', 'listeners'),
        counted('peer connections open', 'connections'),
        counted('documents', 'documents'),
      ],
    ),
    paragraph(
      'Our desk is the phone and the recent calls on one page, with notes and a log; the others have their number written into',
      'the document and nothing else. Each figure is the least of some looks after garbage collections, and after the time SIP',
      'keeps what has ended. The first shift still fills what keeps the newest 500; the second must leave what the first has',
      'left: of what is the page’s own, in a heap snapshot, within 25 KB and one object or closure in ten calls. The rest of the',
      'heap is what the browser has compiled, which goes on for thousands of calls. The connection our line keeps open is',
      'prepared for the next call.',
    ),
  ].join('\n\n');
}

/** What a page holds after the first calls, after a shift, and after another one. */
async function shifts(house, { page, user, number, caller: from }, calls) {
  const [called, caller] = [await house.open(page), await house.open('ours')];
  try {
    const { server } = house;
    if (page === 'desk') {
      await ask(called, 'desk.start', server);
      await called.evaluate(showRecentCalls);
    } else {
      await ask(called, 'phone.register', { server, user, password: user, target: from, iceServers: [] });
    }
    await ask(caller, 'phone.register', { server, user: from, password: 'sandbox', target: number, iceServers: [] });
    const call = page === 'desk' ? deskCall : plainCall;
    const devtools = await called.context().newCDPSession(called);
    const after = async (count) => {
      for (; count > 0; count--) await call(caller, called);
      return held(called, devtools);
    };
    return [await after(WARM_UP), await after(calls), await after(calls)];
  } finally {
    await Promise.all([called.leave(), caller.leave()]);
  }
}

function showRecentCalls() {
  const list = document.createElement('ml-recent-calls');
  list.workspace = document.querySelector('ml-softphone').workspace;
  document.body.append(list);
}

async function deskCall(caller, desk) {
  const [callId] = await Promise.all([ask(desk, 'desk.incoming'), ask(caller, 'phone.dial')]);
  await ask(desk, 'desk.answer', callId);
  await ask(desk, 'desk.saveNotes', callId, 'Asked about the invoice.');
  await Promise.all([ask(desk, 'desk.logged'), ask(caller, 'phone.hangUp')]);
  await ask(desk, 'desk.wrapUp', callId);
}

async function held(page, devtools) {
  await pause(TRANSACTIONS_MS);
  const least = {};
  for (let look = 0; look < LOOKS; look++) {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize: heap } = await devtools.send('Runtime.getHeapUsage');
    const { documents, nodes, jsEventListeners: listeners } = await devtools.send('Memory.getDOMCounters');
    for (const [key, value] of Object.entries({ heap, documents, nodes, listeners }))
      least[key] = Math.min(least[key] ?? Infinity, value);
    await pause(500);
  }
  const connections = await page.evaluate(() => globalThis.tapped.opened - globalThis.tapped.closed);
  return { ...least, ...(await heapObjects(devtools)), connections };
}
