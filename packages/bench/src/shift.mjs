import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './ask.mjs';
import { paragraph, table } from './markdown.mjs';

const LUCY = '+14155550101';
const ANN = '+14155550001';
/** The first calls fill what keeps the newest 200 (calls, rows of the list, rows of storage), and load and compile the code. */
const WARM_UP = 220;
/** SIP's transactions are kept for 64 × T1 after their end (RFC 3261 §17.2.1), and calls with them. */
const TRANSACTIONS_MS = 34_000;
/** What is left after a collection differs from one to the next by what the browser has compiled: the least of some counts. */
const LOOKS = 8;
/** So much more of the heap counts as before: of 500 calls that is what 0.2 KB a call would make. */
const HEAP_MORE = 0.01;

/**
 * Two shifts of eight hours, compressed: call after call is answered, noted, hung up and logged by one desk that is never
 * reloaded. The first one also fills what keeps the newest 500 (the notes of the log), and compiles what is used often: what
 * the page holds after the second should be what it held after the first.
 */
export async function shift(house, calls) {
  house.sandbox.reset();
  const [ann, lucy] = [await house.open('desk'), await house.open('ours')];
  try {
    await ask(ann, 'desk.start', house.server);
    await ann.evaluate(showRecentCalls);
    const settings = { server: house.server, user: LUCY, password: 'sandbox', target: ANN, iceServers: [] };
    await ask(lucy, 'phone.register', settings);
    const devtools = await ann.context().newCDPSession(ann);
    const after = async (count) => {
      for (; count > 0; count--) await call(ann, lucy);
      return held(ann, devtools);
    };
    const [first, before, last] = [await after(WARM_UP), await after(calls), await after(calls)];
    const plain = (value) => value.toLocaleString('en');
    const kb = (bytes) => plain(Math.round(bytes / 1000));
    const row = (name, key, unit = plain, most = before[key]) => [
      name,
      ...[first, before, last].map((held) => unit(held[key])),
      last[key] <= most ? 'kept' : '**more**',
    ];
    return [
      table(
        [
          'what the page holds',
          `after ${WARM_UP} calls`,
          ...[1, 2].map((shifts) => `after ${plain(WARM_UP + shifts * calls)}`),
          'as before',
        ],
        [
          row('heap, KB', 'heap', kb, before.heap * (1 + HEAP_MORE)),
          row('DOM nodes', 'nodes'),
          row('event listeners', 'listeners'),
          row('peer connections open', 'connections'),
          row('documents', 'documents'),
        ],
        [0, 4],
      ),
      paragraph(
        'The phone and the recent calls on one page. Each is the least of some looks after garbage collections, and after the',
        'time SIP keeps what has ended. The first shift still fills what keeps the newest 500, and the browser compiles what',
        'is used often; the second must leave what the first has left, of the heap within 1 %.',
      ),
    ].join('\n\n');
  } finally {
    await Promise.all([ann.leave(), lucy.leave()]);
  }
}

function showRecentCalls() {
  const list = document.createElement('ml-recent-calls');
  list.workspace = document.querySelector('ml-softphone').workspace;
  document.body.append(list);
}

async function call(ann, lucy) {
  const [callId] = await Promise.all([ask(ann, 'desk.incoming'), ask(lucy, 'phone.dial')]);
  await ask(ann, 'desk.answer', callId);
  await ask(ann, 'desk.saveNotes', callId, 'Asked about the invoice.');
  await Promise.all([ask(ann, 'desk.logged'), ask(lucy, 'phone.hangUp')]);
  await ask(ann, 'desk.wrapUp', callId);
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
  return { ...least, connections };
}
