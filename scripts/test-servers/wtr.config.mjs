import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { speakersOf } from '../../examples/pbx/kamailio/recording.mjs';
import everyday from '../../web-test-runner.config.mjs';
import { clusterControl } from './cluster.mjs';
import { faultProxy } from './fault-proxy.mjs';
import { networkLinks } from './namespaces.mjs';
import { packetsCarried } from './rtpengine.mjs';
import { sippCalls, startDeskPhone, startSipp } from './sipp.mjs';
import { asleep } from './sleeping-browser.mjs';

/** The server of this run, as its starter described it. */
const server = JSON.parse(process.env.SERVER);
const { RTPENGINE, RECORDINGS = '', ECHO, FILES, LINK_CONTROL, LINKS, NODES } = process.env;
const home = dirname(process.env.TEST_COUNTS);
const links = LINK_CONTROL && networkLinks(LINK_CONTROL, LINKS.split(' '));
const cluster = NODES && clusterControl(JSON.parse(NODES));

/** Which server it is, what RTPengine has carried and Asterisk recorded, and what networks do: proxies in front of the server, links to it. */
function serversPlugin() {
  const proxies = new Map();
  const callers = [];
  const figures = [];
  return {
    name: 'servers',
    async serverStop() {
      for (const one of [...proxies.values(), ...callers]) await one.stop();
      await cluster?.stop();
      for (const line of figures) console.log(line);
    },
    async executeCommand({ command, payload }) {
      if (command === 'servers:this') return server;
      if (command === 'servers:packets-carried') return packetsCarried(RTPENGINE, payload);
      if (command === 'servers:recordings') return readdir(RECORDINGS).catch(() => []);
      if (command === 'servers:recording') {
        const file = await readFile(join(RECORDINGS, payload));
        return (payload.endsWith('.pcap') ? speakersOf(file) : [file]).map((audio) => [...audio]);
      }
      if (command === 'servers:proxy') {
        const url = new URL(server.url);
        const proxy = await faultProxy(url);
        const id = String(proxy.port);
        proxies.set(id, proxy);
        url.port = id;
        return { id, url: url.href };
      }
      if (command === 'servers:fault') {
        await proxies.get(payload.id)[payload.fault]();
        if (payload.fault === 'stop') proxies.delete(payload.id);
        return true;
      }
      if (command === 'servers:sipp')
        return callers.push(await startSipp(home, { server: server.trunk, ...payload })) - 1;
      if (command === 'servers:desk-phone')
        return callers.push(await startDeskPhone(home, { server: server.trunk, ...payload })) - 1;
      if (command === 'servers:sipp-calls') {
        const caller = callers[payload];
        return { over: caller.over, ...(await sippCalls(caller.home)) };
      }
      if (command === 'servers:echo-calls') return sippCalls(ECHO);
      if (command === 'servers:figure') return figures.push(`${server.name}: ${payload}`);
      if (command === 'servers:node') {
        await cluster[payload.does](payload.index);
        return true;
      }
      if (command === 'servers:link') {
        const { action, link, how } = payload;
        return (await links[action](link, how)) ?? true;
      }
      if (command === 'servers:sleep') {
        await asleep(payload.ms, payload.unplugged && (() => links.unplug(payload.unplugged)));
        return true;
      }
      return undefined;
    },
  };
}

// One file at a time: all of them use the same people.
const [browser] = everyday.browsers;
browser.concurrency = 1;
// Nobody has signed the certificate that a throw-away machine made for itself.
if (server.url.startsWith('wss:')) browser.launchOptions.args.push('--ignore-certificate-errors');

export default {
  ...everyday,
  rootDir: fileURLToPath(new URL('../..', import.meta.url)),
  files: JSON.parse(FILES),
  plugins: [...everyday.plugins, serversPlugin()],
  browsers: [browser],
  testFramework: { config: { timeout: 40_000 } },
};
