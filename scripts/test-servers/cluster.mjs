import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freeTcpPort } from './free-port.mjs';
import { programPath } from './installed.mjs';
import { ready, startProcess } from './server-process.mjs';

const CONFIGURATION = fileURLToPath(new URL('../../examples/pbx/kamailio-cluster/kamailio.cfg', import.meta.url));
/** Where the nodes live: loopback has an address for each. */
const HOSTS = ['127.0.0.1', '127.0.0.2'];

/**
 * Two Kamailios that know each other's phones, on two free ports of both hosts. Answers `{ nodes, log, stop }`.
 * @param directory where they may leave files
 * @param rtpengine `host:port` of the control socket of the RTPengine that both use
 */
export async function startCluster(directory, rtpengine) {
  const port = await freeTcpPort(...HOSTS);
  const nodePort = await freeTcpPort(...HOSTS);
  const nodes = [];
  const stop = () => Promise.all(nodes.map((node) => node.stop()));
  try {
    for (const host of HOSTS) nodes.push(await startNode({ directory, rtpengine, host, port, nodePort }));
  } catch (error) {
    await stop();
    throw error;
  }
  return { nodes, log: () => nodes.map(({ url, log }) => `${url}\n${log()}`).join('\n'), stop };
}

/**
 * Lets nodes die and return. Answers `{ die, comeBack, stop }`; `stop` ends what has come back.
 * @param nodes `{ pid, options }` each, as {@link startCluster} answered them
 */
export function clusterControl(nodes) {
  const groups = nodes.map(({ pid }) => pid);
  const returned = new Set();
  return {
    /** At once, without a word to anybody. */
    die(index) {
      process.kill(-groups[index], 'SIGKILL');
    },
    async comeBack(index) {
      const node = await startNode(nodes[index].options);
      groups[index] = node.pid;
      returned.add(node);
    },
    async stop() {
      for (const node of returned) await node.stop();
    },
  };
}

/** Answers `{ url, pid, options, log, stop }`: its WebSocket, its process group, and what it is started again with. */
async function startNode(options) {
  const { directory, rtpengine, host, port, nodePort } = options;
  const home = join(directory, host);
  await mkdir(home, { recursive: true });
  const args = ['-f', CONFIGURATION, '-l', `tcp:${host}:${port}`, '-DD', '-E', '-w', home, '-Y', home];
  const node = startProcess('Kamailio', programPath('kamailio'), args, {
    env: {
      RTPENGINE: `udp:${rtpengine}`,
      THIS_NODE: host,
      OTHER_NODE: HOSTS.find((other) => other !== host),
      NODE_PORT: String(nodePort),
    },
  });
  // What is not for a WebSocket gets 404 when phones are taken, and 503 before.
  await ready('Kamailio', node, async () => (await fetch(`http://${host}:${port}/`)).status === 404);
  return { url: `ws://${host}:${port}`, pid: node.pid, options, log: node.log, stop: node.stop };
}
