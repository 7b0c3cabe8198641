import { spawnSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testFiles } from './browser-tests.mjs';
import { installPackages, programPath } from './installed.mjs';
import { startProcess } from './server-process.mjs';

const DOCUMENT = new URL('../../docs/pbx.md', import.meta.url);
const PROGRAM = fileURLToPath(new URL('./in-documented-machine.mjs', import.meta.url));
const FOLDER = 'documented';
/** One part's machines, its servers and its test. */
const AT_MOST_MS = 240_000;
/** Nothing of it is seen outside, and all of it ends with the program. */
const APART = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];

/**
 * The commands under these headings, as they stand there. `each`: every block is for a machine of its own. `folder`: where the
 * machine has the Debian with Asterisk; without it such a machine is that Debian.
 */
const PARTS = [
  { name: 'Kamailio', headings: ['Kamailio'], urls: ['ws://127.0.0.1:5080'] },
  {
    name: 'two nodes of Kamailio',
    server: 'cluster',
    headings: ['Two nodes of Kamailio'],
    each: true,
    urls: ['ws://10.0.0.1:5080', 'ws://10.0.0.2:5080'],
  },
  { name: 'Asterisk', headings: ['Asterisk', 'Asterisk for phones elsewhere'], urls: ['wss://127.0.0.1:8089/ws'] },
  {
    name: 'Asterisk',
    headings: ['Where Debian has no Asterisk'],
    folder: '/srv/sid',
    urls: ['ws://127.0.0.1:8088/ws'],
  },
];

/**
 * Does what docs/pbx.md tells a stranger to do, in throw-away machines, and then lets two phones call one another. Takes and answers
 * what {@link onEachServer} does.
 */
export async function asDocumented({ directory, running, words, asterisk }) {
  const files = testFiles(FOLDER, words.files);
  const wanted = ({ name, server = name }) =>
    words.servers.length === 0 || words.servers.includes(server.toLowerCase());
  const parts = PARTS.filter(wanted).filter(({ name }) => name !== 'Asterisk' || asterisk);
  if (files.length === 0 || parts.length === 0) return [];
  const missing = !programPath('dpkg')
    ? 'this is no Debian'
    : spawnSync('unshare', [...APART, 'true']).status !== 0 && 'this machine allows no namespaces';
  if (missing) return [{ name: `As documented: ${missing}`, passed: 0, failed: 0, skipped: parts.length }];
  for (const name of ['openssl', 'debootstrap']) if (!programPath(name)) installPackages([name]);
  const text = await readFile(DOCUMENT, 'utf8');
  const report = [];
  for (const { name, headings, each, folder, urls } of parts) {
    const title = `docs/pbx.md, ${headings.join(', ')}`;
    console.log(`\n== ${title}`);
    const home = join(directory, `documented-${report.length}`);
    await mkdir(home);
    const blocks = headings.flatMap((heading) => commandsUnder(text, heading));
    const pbx = name === 'Asterisk';
    const server = {
      name,
      url: urls[0],
      otherUrl: urls[1],
      ...(pbx && { pbx, correlationHeader: 'X-Correlation-ID' }),
    };
    const counts = join(home, 'report.json');
    const machines = each ? blocks.map((block) => [block]) : [blocks];
    const what = { home, machines, folder, server, files, counts, root: pbx ? asterisk.root : undefined };
    const env = { IN_DOCUMENTED_MACHINE: JSON.stringify(what) };
    const program = startProcess(name, 'unshare', [...APART, process.execPath, PROGRAM], { env, stdio: 'inherit' });
    running.push(program);
    await program.exited(AT_MOST_MS);
    await program.stop();
    const result = await readFile(counts, 'utf8').then(JSON.parse, () => ({ passed: 0, failed: 1 }));
    report.push({ name: title, ...result });
  }
  return report;
}

/** The `sh` blocks between a heading and the next one. */
function commandsUnder(text, heading) {
  const [, section = ''] = new RegExp(`^##+ ${heading}\\n([^]*?)(?=^##|(?![^]))`, 'm').exec(text) ?? [];
  const blocks = [...section.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, commands]) => commands);
  if (blocks.length === 0) throw new Error(`docs/pbx.md has no commands under "${heading}".`);
  return blocks;
}
