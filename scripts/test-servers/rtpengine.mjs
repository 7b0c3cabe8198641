import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freeUdpPort } from './free-port.mjs';
import { programPath } from './installed.mjs';
import { ready, startProcess } from './server-process.mjs';

/** How long RTPengine may take over one question, in ms. */
const ANSWER_MS = 1000;

/**
 * RTPengine in user space, its control socket and all audio on one address. Answers `{ address, recordings, log, stop }`;
 * `address` is `host:port` of the control socket, `recordings` the folder of what it records.
 */
export async function startRtpengine(directory, host) {
  const address = `${host}:${await freeUdpPort(host)}`;
  const spool = join(directory, 'rtpengine');
  await mkdir(spool, { recursive: true });
  const args = [
    ['--config-file', 'none'],
    ['--table', '-1'],
    ['--interface', host],
    ['--listen-ng', address],
    ['--port-min', '22000'],
    ['--port-max', '29999'],
    ['--recording-method', 'pcap'],
    ['--recording-dir', spool],
    ['--pidfile', join(directory, 'rtpengine.pid')],
    ['--log-level', '5'],
  ].map(([name, value]) => `${name}=${value}`);
  const server = startProcess('RTPengine', programPath('rtpengine'), ['--foreground', '--log-stderr', ...args]);
  await ready('RTPengine', server, async () => (await ask(address, 'd7:command4:pinge')).includes('4:pong'));
  return { address, recordings: join(spool, 'pcaps'), log: server.log, stop: server.stop };
}

/**
 * How many audio packets RTPengine has carried for the call of this Call-ID so far; 0 for one it does not know.
 * @param address `host:port` of its control socket
 */
export async function packetsCarried(address, callId) {
  const answer = await ask(address, `d7:call-id${Buffer.byteLength(callId)}:${callId}7:command5:querye`);
  const totals = answer.slice(answer.indexOf('6:totals'));
  return Number(/^6:totals.*?3:RTPd.*?7:packetsi(\d+)e/.exec(totals)?.[1] ?? 0);
}

/** One question in RTPengine's control protocol: a cookie, a space, bencode; the answer comes under the same cookie. */
async function ask(address, question) {
  const [host, port] = address.split(':');
  const socket = createSocket('udp4');
  try {
    const cookie = Math.random().toString(16).slice(2);
    socket.send(`${cookie} ${question}`, Number(port), host);
    const [message] = await once(socket, 'message', { signal: AbortSignal.timeout(ANSWER_MS) });
    const text = message.toString();
    return text.startsWith(`${cookie} `) ? text.slice(cookie.length + 1) : '';
  } finally {
    socket.close();
  }
}
