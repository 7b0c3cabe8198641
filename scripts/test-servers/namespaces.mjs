import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installPackages, programPath } from './installed.mjs';
import { ready, startProcess } from './server-process.mjs';

const PROGRAM = fileURLToPath(new URL('./namespaces.py', import.meta.url));
/** The server's address, whichever link leads there. */
export const SERVER_ADDRESS = '10.64.0.1';
const asked = promisify(execFile);

/**
 * Two network namespaces, the phone's and the server's, joined by links; the phone takes the first one that is up.
 * Answers `{ missing }`, in words, where there can be none, else `{ phone, server, control, log, stop }`: `phone` and
 * `server` are what to write before a command to run it there, `control` is for {@link networkLinks}. Everything is gone
 * with this process, however that ends.
 * @param directory where it may leave files
 * @param links at most twelve letters each
 */
export async function namespaces(directory, links = ['wifi']) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return { missing: 'network namespaces need root' };
  if (!programPath('python3')) installPackages(['python3-minimal']);
  const python = programPath('python3');
  if (!python) return { missing: 'python3 is not there' };
  const control = join(directory, 'links');
  // Its standard input is a pipe of ours: it ends with us.
  const relay = startProcess('The relay', python, [PROGRAM, control, ...links], { stdio: ['pipe', 'pipe', 'pipe'] });
  try {
    await ready('The relay', relay, async () => relay.log().includes('"server"'));
  } catch {
    return { missing: `this machine allows no network namespaces (${relay.log().split('\n').at(-1)})` };
  }
  const { phone: near, server: far } = JSON.parse(relay.log());
  const inside = (descriptor) => ['nsenter', `--net=/proc/${relay.pid}/fd/${descriptor}`, '--'];
  const [phone, server] = [inside(near), inside(far)];
  const ip = (there, ...args) => asked(there[0], [...there.slice(1), 'ip', ...args]);
  for (const there of [phone, server]) await ip(there, 'link', 'set', 'lo', 'up');
  await ip(server, 'address', 'add', `${SERVER_ADDRESS}/32`, 'dev', 'lo');
  for (const [index, name] of links.entries()) {
    await ip(server, 'address', 'add', `${subnet(index)}.1/24`, 'dev', name);
    await ip(server, 'link', 'set', name, 'up');
    await ip(phone, 'address', 'add', `${subnet(index)}.2/24`, 'dev', name);
    await plugIn((...args) => ip(phone, ...args), name, index);
  }
  return { phone, server, control, log: relay.log, stop: relay.stop };
}

const subnet = (index) => `10.64.${index + 1}`;

/** The interface comes up, and what leads over it; a link before it in the list goes first. */
async function plugIn(ip, name, index) {
  await ip('link', 'set', name, 'up');
  const metric = String(100 + index);
  await ip('route', 'replace', 'default', 'via', `${subnet(index)}.1`, 'dev', name, 'metric', metric);
}

/**
 * The links, for who runs in the phone's namespace. `be` says how badly a link carries from now on, and answers how many
 * packets it has carried and lost so far: `{ loss, delayMs, jitterMs, seed }`, each as it was where it is not named. `outage`
 * loses everything for so many ms, and answers when it is over; nothing tells the phone of it. `unplug` takes an interface of
 * the phone down, `plugIn` brings it back, `prefer` brings it before all others, `move` gives it another address (the last byte).
 * @param control as {@link namespaces} answered it
 */
export function networkLinks(control, links = ['wifi']) {
  const ip = (...args) => asked('ip', args);
  let asking = Promise.resolve();
  function be(link, how) {
    const answer = asking.then(() => request(control, { link, ...how }));
    asking = answer.catch(() => undefined);
    return answer;
  }
  return {
    be,
    async outage(link, ms) {
      await be(link, { loss: 1 });
      await new Promise((resolve) => setTimeout(resolve, ms));
      await be(link, { loss: 0 });
    },
    async unplug(link) {
      await ip('link', 'set', link, 'down');
    },
    async plugIn(link) {
      await plugIn(ip, link, links.indexOf(link));
    },
    async prefer(link) {
      const index = links.indexOf(link);
      await plugIn(ip, link, index);
      await ip('route', 'replace', 'default', 'via', `${subnet(index)}.1`, 'dev', link, 'metric', '50');
    },
    async move(link, byte) {
      const index = links.indexOf(link);
      await ip('address', 'flush', 'dev', link);
      await ip('address', 'add', `${subnet(index)}.${byte}/24`, 'dev', link);
      await plugIn(ip, link, index);
    },
  };
}

async function request(path, what) {
  const socket = connect(path);
  try {
    socket.write(`${JSON.stringify(what)}\n`);
    const [line] = await once(createInterface(socket), 'line');
    return JSON.parse(line);
  } finally {
    socket.destroy();
  }
}
