import { setTimeout as pause } from 'node:timers/promises';
import { paragraph, table } from './markdown.mjs';

const LUCY = '+14155550101';
const ANN = '+14155550001';
/** The first calls fill what is filled once: caches, chunks, the list of recent calls. */
const WARM_UP = 30;
/** SIP's transactions are kept for 64 × T1 after their end (RFC 3261 §17.2.1), and calls with them. */
const TRANSACTIONS_MS = 34_000;

/**
 * A shift of eight hours, compressed: call after call is answered, noted, hung up and logged by one desk that is never
 * reloaded. What the page holds in the end should be what it held in the beginning.
 */
export async function shift(house, calls) {
  house.sandbox.reset();
  const [ann, lucy] = [await house.open('desk'), await house.open('ours')];
  try {
    await ann.evaluate((server) => globalThis.desk.start(server), house.server);
    const settings = { server: house.server, user: LUCY, password: 'sandbox', target: ANN, iceServers: [] };
    await lucy.evaluate((given) => globalThis.phone.register(given), settings);
    const devtools = await ann.context().newCDPSession(ann);
    for (let count = 0; count < WARM_UP; count++) await call(ann, lucy);
    const before = await held(ann, devtools);
    for (let count = 0; count < calls; count++) await call(ann, lucy);
    const after = await held(ann, devtools);
    const row = (name, key, unit = (value) => String(value)) => [name, unit(before[key]), unit(after[key])];
    const kb = (bytes) => Math.round(bytes / 1000).toLocaleString('en');
    return [
      table(
        [`what the page holds`, `after ${WARM_UP} calls`, `after ${WARM_UP + calls}`],
        [
          row('heap, KB', 'heap', kb),
          row('DOM nodes', 'nodes'),
          row('event listeners', 'listeners'),
          row('peer connections open', 'connections'),
          row('documents', 'documents'),
        ],
      ),
      paragraph(
        'Each after a garbage collection, and after the time SIP keeps what has ended. The call rows of the lists are in storage; the newest stay in memory.',
      ),
    ].join('\n\n');
  } finally {
    await Promise.all([ann.leave(), lucy.leave()]);
  }
}

async function call(ann, lucy) {
  const coming = ann.evaluate(() => globalThis.desk.incoming());
  await lucy.click('#call');
  const callId = await coming;
  await ann.evaluate((id) => globalThis.desk.answer(id), callId);
  await ann.evaluate((id) => globalThis.desk.saveNotes(id, 'Asked about the invoice.'), callId);
  const logged = ann.evaluate(() => globalThis.desk.logged());
  await lucy.evaluate(() => globalThis.phone.hangUp());
  await logged;
  await ann.evaluate((id) => globalThis.desk.wrapUp(id), callId);
}

async function held(page, devtools) {
  await pause(TRANSACTIONS_MS);
  for (let again = 0; again < 3; again++) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { documents, nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  const connections = await page.evaluate(() => globalThis.tapped.opened - globalThis.tapped.closed);
  return { heap: usedSize, nodes, listeners: jsEventListeners, connections, documents };
}
