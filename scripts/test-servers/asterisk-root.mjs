import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installPackages, programPath } from './installed.mjs';

/** Bookworm has no Asterisk: the newest Debian has, and an older one as a fallback. Others by name, e.g. to try the fallback. */
const SUITES = (process.env.ASTERISK_SUITES ?? 'sid bullseye').split(' ');
const INCLUDED = 'asterisk,asterisk-modules,asterisk-core-sounds-en-wav,asterisk-moh-opsound-wav';
/** One suite takes 40 to 75 s. */
const BOOTSTRAP_MS = 240_000;

/**
 * A folder with a Debian that has Asterisk, made by debootstrap once and kept in the user's cache. Answers
 * `{ root, version }`, or `{ missing }`: in words, why there is none.
 */
export function asteriskRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return { missing: 'debootstrap and chroot need root' };
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'multiline');
  const made = SUITES.map((suite) => join(cache, `asterisk-${suite}`)).find((root) => existsSync(join(root, 'made')));
  if (made) return { root: made, version: version(made) };
  if (!programPath('debootstrap')) installPackages(['debootstrap']);
  if (!programPath('debootstrap')) return { missing: 'debootstrap is not there' };
  const mirror = debianMirror();
  if (!mirror) return { missing: 'no Debian mirror stands in /etc/apt' };
  mkdirSync(cache, { recursive: true });
  for (const suite of SUITES) {
    const root = bootstrap(mirror, suite, join(cache, `asterisk-${suite}`));
    if (root) return { root, version: version(root) };
  }
  return { missing: `no Debian with Asterisk could be fetched (${SUITES.join(', ')})` };
}

function bootstrap(mirror, suite, root) {
  console.log(`Fetching Asterisk: Debian ${suite} by debootstrap, into ${root}.`);
  // A name of its own until it is whole: two runs, or one that was ended, leave no half.
  const half = `${root}.${process.pid}`;
  const { status } = spawnSync(
    programPath('debootstrap'),
    ['--variant=minbase', `--include=${INCLUDED}`, suite, half, mirror],
    { stdio: 'ignore', timeout: BOOTSTRAP_MS },
  );
  if (status !== 0 || !existsSync(join(half, 'usr/sbin/asterisk'))) {
    rmSync(half, { recursive: true, force: true });
    return undefined;
  }
  // Without these it waits 20 s for a name server.
  writeFileSync(join(half, 'etc/hosts'), '127.0.0.1 localhost\n');
  writeFileSync(join(half, 'etc/resolv.conf'), 'nameserver 127.0.0.1\n');
  rmSync(join(half, 'var/cache/apt'), { recursive: true, force: true });
  writeFileSync(join(half, 'made'), '');
  rmSync(root, { recursive: true, force: true });
  renameSync(half, root);
  return root;
}

/** Where this machine's own packages come from, on Debian. */
function debianMirror() {
  const folder = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(folder) ? readdirSync(folder) : []).map((name) => join(folder, name)),
  ].filter(existsSync);
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return /^(?:URIs:\s*|deb\s+(?:\[[^\]]*\]\s*)?)(\S+\/debian)\/?(?=\s|$)/m.exec(text)?.[1];
}

function version(root) {
  return execFileSync('chroot', [root, '/usr/sbin/asterisk', '-V'], { encoding: 'utf8' }).trim().split('~')[0];
}
