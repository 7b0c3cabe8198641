// Runs in namespaces of its own, for as-documented.mjs: makes the machines, gives them the commands, and tests what came of it.
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserTests } from './browser-tests.mjs';
import { endAll, startProcess } from './server-process.mjs';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
/** What the documented commands may take on a loaded machine. */
const COMMANDS_MS = 90_000;

/** What is like a folder, takes what is written, and forgets it with this namespace. */
const COPY = `
mkdir -p "$2" "$3" && mount -t tmpfs none "$3" && mkdir "$3/upper" "$3/work" &&
mount -t overlay -o "lowerdir=$1,upperdir=$3/upper,workdir=$3/work" none "$2" &&
mount -t proc proc "$2/proc" && mount --bind /dev "$2/dev"`;

/** The packages are there already; a service is what it starts, and ready as soon as systemd says so. */
const STAND_INS = `
apt-get() { shift 2; dpkg --status "$@" >/dev/null; }
debootstrap() { for folder; do :; done; test -d "$folder/etc/asterisk"; }
systemctl() {
  case "$*" in
    "restart asterisk")
      while asterisk -rx "core stop now" >/dev/null 2>&1; do sleep 0.1; done
      asterisk -U asterisk -G asterisk
      until asterisk -rx "core waitfullybooted" >/dev/null 2>&1; do sleep 0.1; done ;;
    "disable --now "*) rm -rf /run/kamailio ;;
    *) return 1 ;;
  esac
}
cd /mnt
`;

const { home, machines, root, folder, server, files, counts } = JSON.parse(process.env.IN_DOCUMENTED_MACHINE);
const run = (script, ...args) => execFileSync('sh', ['-ec', script, 'sh', ...args], { stdio: 'inherit' });
const running = [];

/** A machine like this one, or like `root`, with the repository in it. */
async function machine(index) {
  const path = join(home, `machine-${index}`);
  run(COPY, root && !folder ? root : '/', path, `${path}-written`);
  run('mount -o bind,ro "$1" "$2/mnt"', REPOSITORY, path);
  await writeFile(join(path, 'etc/hosts'), `127.0.0.1 localhost ${hostname()}\n`);
  if (folder) run(COPY, root, join(path, folder), `${path}-folder-written`);
  if (root) await certificate(join(path, 'etc/letsencrypt/live/pbx.example.com'));
  return path;
}

/** As a certification authority would leave it. */
async function certificate(folder) {
  await mkdir(folder, { recursive: true });
  const args = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=pbx.example.com'.split(' ');
  const files = ['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')];
  execFileSync('openssl', [...args, ...files], { stdio: 'ignore' });
}

async function obey(path, commands) {
  const shell = startProcess('the commands', 'chroot', [path, 'bash', '-ec', STAND_INS + commands]);
  running.push(shell);
  const code = await shell.exited(COMMANDS_MS);
  if (code !== 0) throw new Error(`${commands}\nended with ${code}:\n${shell.log()}`);
}

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void endAll(running).then(() => process.exit(1)));
try {
  run('ip link set lo up; for last in 1 2 3; do ip address add 10.0.0.$last/32 dev lo; done');
  for (const [index, blocks] of machines.entries()) {
    const path = await machine(index);
    for (const commands of blocks) await obey(path, commands);
  }
  await writeFile(counts, JSON.stringify(await browserTests(server, { directory: home, running, files })));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  await endAll(running);
  // What the commands have started still holds their output; it ends with us, who are its init.
  process.exit();
}
