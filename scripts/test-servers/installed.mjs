import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What the tests need, by the Debian package that brings it. */
const PROGRAMS = { kamailio: 'kamailio', rtpengine: 'rtpengine-daemon', sipp: 'sip-tester' };
/** Modules of Kamailio's that come in packages of their own. */
const MODULES = { 'websocket.so': 'kamailio-websocket-modules', 'presence.so': 'kamailio-presence-modules' };
const PACKAGES = [...Object.values(PROGRAMS), ...Object.values(MODULES)];
/** No step of an installation takes longer, unless a mirror hangs. */
const APT_MS = 300_000;
/** While this file says so, Debian's packages start no service (Debian Policy §9.3.3). */
const POLICY = '/usr/sbin/policy-rc.d';

/** Makes sure that Kamailio, RTPengine and SIPp are there: installs them as root on Debian, else throws with what to install. */
export function ensureServers() {
  if (missing().length === 0) return;
  installPackages(PACKAGES);
  const left = missing();
  if (left.length > 0) {
    throw new Error(
      `Missing: ${left.join(', ')}. Install them (Debian, as root: apt-get install ${PACKAGES.join(' ')}).`,
    );
  }
}

/** The full path of a program, also where only root's PATH would find it. */
export function programPath(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find(runs);
}

function missing() {
  const programs = Object.entries(PROGRAMS).filter(([name]) => !programPath(name));
  const found = programs.map(([, bringer]) => bringer);
  if (found.includes('kamailio')) return found;
  const modules = Object.entries(MODULES).filter(([name]) => !kamailioModule(name));
  return [...found, ...modules.map(([, bringer]) => bringer)];
}

/** Other systems keep modules wherever Kamailio itself looks. */
function kamailioModule(name) {
  const { stdout } = tried(programPath('kamailio'), ['-I']);
  const folders = /paths to modules: (\S+)/.exec(stdout)?.[1] ?? '';
  return folders.split(':').some((folder) => existsSync(join(folder, name)));
}

/** Installs Debian packages without starting their services; does nothing where apt or root is missing. */
export function installPackages(names) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing ${names.join(', ')}.`);
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: APT_MS };
    const apt = (...args) => execFileSync('apt-get', ['-qq', ...args], options);
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...names);
  } finally {
    if (ours) rmSync(POLICY);
  }
}

function tried(program, args) {
  try {
    return { stdout: execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }) };
  } catch {
    return { stdout: '' };
  }
}

function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
