import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startAsterisk } from './asterisk.mjs';
import { browserTests, testFiles } from './browser-tests.mjs';
import { startCluster } from './cluster.mjs';
import { faultProxy } from './fault-proxy.mjs';
import { startKamailio } from './kamailio.mjs';
import { startPhoneService } from './phone-service.mjs';
import { startRtpengine } from './rtpengine.mjs';
import { startSandbox } from './sandbox.mjs';
import { startSipp } from './sipp.mjs';

/** Before this Asterisk there is no voicemail in the package and no moving of messages, and much is told otherwise … */
const NEWER = 22;
/** … but calls are calls. */
const OLDER = /\/(calls|call-control|caller-id)\.server-test\.ts$|\/networks\//;

const DIGESTS = /\/digests\.server-test\.ts$/;
const FRANKS_HA1 = createHash('md5').update('frank:asterisk:frank').digest('hex');

/**
 * Starts the servers and runs a folder of tests on each. Answers one entry each for the report: `{ name, passed, failed }`.
 * @param directory where it may leave files
 * @param words `{ servers, files }` of the command line: parts of names; none for all
 * @param folder of tests: below `tests`
 * @param asterisk `{ root, version }`, of a Debian that has it; none where there is none
 * @param running takes what has been started, each with its `stop`
 * @param address which the servers listen on
 * @param inside what to write before the command that starts the browser, to run it in another namespace
 */
export async function onEachServer({ directory, words, folder, asterisk, running, address, inside, env = {} }) {
  const report = [];
  const files = testFiles(folder, words.files);
  const wanted = (name) =>
    words.servers.length === 0 || words.servers.some((word) => name.toLowerCase().includes(word));
  const keep = (server) => {
    running.push(server);
    return server;
  };

  /** One server: its counts go into the report, and what was said when it failed. */
  async function part(name, run) {
    if (files.length === 0 || !wanted(name)) return;
    console.log(`\n== ${name}${folder ? ` (${folder})` : ''}`);
    const started = {};
    let counts = { passed: 0, failed: 1 };
    try {
      counts = await run(started);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
    if (counts.failed > 0)
      for (const [who, { log }] of Object.entries(started)) console.log(`\n${who} said last:\n${log()}`);
    report.push({ name: folder ? `${name}, ${folder}` : name, ...counts });
  }

  const test = (server, more = {}, tests = files) =>
    browserTests(server, { directory, running, files: tests, inside, env: { ...env, ...more } });

  await part('Kamailio with RTPengine', async (started) => {
    const rtpengine = (started.RTPengine = keep(await startRtpengine(directory, address)));
    const kamailio = (started.Kamailio = keep(await startKamailio(directory, rtpengine.address, address)));
    // At the port that trunks have, which is free in a namespace of our own alone.
    const echo = folder && (started.SIPp = keep(await startSipp(directory, { scenario: 'echo', port: 5060 })));
    const digests = [];
    if (files.some((file) => DIGESTS.test(file))) {
      // Kamailio 5.6 asks all its phones for one algorithm.
      const home = join(directory, 'sha-256');
      await mkdir(home);
      const algorithm = 'modparam("auth", "algorithm", "SHA-256")\n';
      const other = keep(await startKamailio(home, rtpengine.address, address, algorithm));
      started['Kamailio with SHA-256'] = other;
      digests.push({ user: 'ann', url: other.url, asks: ['SHA-256'], answer: 'SHA-256' });
    }
    const about = { url: kamailio.url, trunk: kamailio.trunk, relay: true, ...(echo && { echo: '0100' }), digests };
    const { address: RTPENGINE, recordings: RECORDINGS } = rtpengine;
    return test({ name: 'Kamailio', ...about }, { RTPENGINE, RECORDINGS, ECHO: echo?.home ?? '' });
  });

  // Everything else it does its own tests try; it has no namespace.
  const byKeyboard = files.filter((file) => /\/by-keyboard[a-z-]*\.server-test\.ts$/.test(file));
  if (folder === '' && byKeyboard.length > 0)
    await part('The sandbox', async (started) => {
      const { url, service } = (started['The sandbox'] = keep(await startSandbox()));
      return test({ name: 'the sandbox', domain: 'sandbox.test', url, service }, {}, byKeyboard);
    });

  // A namespace's server has one address; and two nodes have no trunk, and know nothing of the calls of a person's other phones.
  const both = files.filter((file) =>
    /\/(calls|call-control|lost-link|strangers|recording|cluster)\.server-test\.ts$/.test(file),
  );
  if (folder === '' && both.length > 0)
    await part('Kamailio in a cluster of two', async (started) => {
      const rtpengine = (started.RTPengine = keep(await startRtpengine(directory, address)));
      const { nodes } = (started['The cluster'] = keep(await startCluster(directory, rtpengine.address)));
      const control = nodes.map(({ pid, options }) => ({ pid, options }));
      const about = { url: nodes[0].url, otherUrl: nodes[1].url, relay: true };
      const { address: RTPENGINE, recordings: RECORDINGS } = rtpengine;
      const more = { RTPENGINE, RECORDINGS, NODES: JSON.stringify(control) };
      return test({ name: 'two nodes of Kamailio', ...about }, more, both);
    });

  if (asterisk) {
    const newer = generation(asterisk.version) >= NEWER;
    // What is named is tried.
    const left = files.filter((file) => newer || words.files.length > 0 || OLDER.test(file));
    await part(asterisk.version, async (started) => {
      const server = (started.Asterisk = keep(await startAsterisk(directory, asterisk.root, address)));
      const service = (started['The phone service'] = keep(await startPhoneService(server)));
      const url = newer || folder ? server.url : await fromOwnAddresses(server.url, keep);
      const about = {
        url,
        trunk: server.trunk,
        service: service.url,
        correlationHeader: 'X-Correlation-ID',
        pbx: true,
        echo: '*43',
        digests: [
          { user: 'frank', asks: ['SHA-512-256', 'SHA-256', 'MD5'], answer: 'SHA-512-256', ha1: FRANKS_HA1 },
          { user: 'grace', asks: ['SHA-256'], answer: 'SHA-256' },
        ].flatMap((one) => (newer ? { ...one, url } : [])),
      };
      return test({ name: 'Asterisk', ...about }, { RECORDINGS: join(server.spool, 'monitor') }, left);
    });
    const skipped = files.length - left.length;
    if (skipped > 0 && wanted(asterisk.version)) {
      const name = `${asterisk.version}: files of tests that need Asterisk ${NEWER}`;
      report.push({ name, passed: 0, failed: 0, skipped });
    }
  }
  return report;
}

/**
 * The address of a proxy that brings each connection from an address of its own: to an Asterisk of before 2023 all WebSockets from
 * one address are one, and with the first that ends it forgets who has registered over the others (ASTERISK-30369).
 */
async function fromOwnAddresses(url, keep) {
  let count = 0;
  const own = new URL(url);
  own.port = keep(await faultProxy(own, () => `127.1.${(count += 1) >> 7}.${1 + (count % 128)}`)).port;
  return own.href;
}

function generation(version) {
  return Number(/\d+/.exec(version)?.[0]);
}
