import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freeTcpPort, freeUdpPort } from './free-port.mjs';
import { ready, startProcess } from './server-process.mjs';
import { TRUNK_ADDRESS } from './sipp.mjs';

const EXAMPLE = fileURLToPath(new URL('../../examples/pbx/asterisk/', import.meta.url));
const OWN = fileURLToPath(new URL('./asterisk/', import.meta.url));

/**
 * Mounts what Asterisk needs inside its Debian and becomes it. The mounts are in a namespace of their own: they end with the
 * process, however that ends.
 */
const BECOME_ASTERISK = `
mount -t proc proc "$1/proc" &&
mount --bind /dev "$1/dev" &&
mount --bind "$2/etc/hosts" "$1/etc/hosts" &&
mount --bind "$2" "$1/srv" &&
exec chroot "$1" /usr/sbin/asterisk -f -C /srv/etc/asterisk.conf`;

/**
 * Asterisk, as `examples/pbx` configures it, on free ports. Answers `{ url, trunk,
 * manager, spool, log, stop }`: its WebSocket, where it takes the trunk's calls, the port of its manager interface, where it
 * keeps messages and recordings.
 * @param directory where it may leave files
 * @param root a Debian that has it
 * @param host the address its WebSocket and its audio are on
 */
export async function startAsterisk(directory, root, host) {
  const home = join(directory, 'asterisk');
  const [http, manager, sip] = [await freeTcpPort(host), await freeTcpPort(), await freeUdpPort()];
  await configure(join(home, 'etc'), {
    'http.conf': { bindaddr: host, bindport: http },
    'manager.conf': { port: manager },
    'pjsip.conf': { bind: `127.0.0.1:${sip}`, match: TRUNK_ADDRESS },
    'pjsip_wizard.conf': { 'endpoint/media_address': host },
  });
  await mkdir(join(home, 'spool'), { recursive: true });
  // It looks its own name up, again and again.
  await writeFile(join(home, 'etc/hosts'), `127.0.0.1 localhost ${hostname()}\n`);
  const args = ['--mount', '--propagation', 'private', 'sh', '-c', BECOME_ASTERISK, 'sh', root, home];
  const server = startProcess('Asterisk', 'unshare', args, { logFile: join(home, 'asterisk.log') });
  // Its WebSocket is there before its people are: the log says when all is loaded.
  await ready('Asterisk', server, async () => server.log().includes('Asterisk Ready'));
  const [url, trunk] = [`ws://${host}:${http}/ws`, `127.0.0.1:${sip}`];
  return { url, trunk, manager, spool: join(home, 'spool'), log: server.log, stop: server.stop };
}

/** The example's files with other values in the place of theirs, and what only a test needs: files, or the ends of the example's. */
async function configure(folder, values) {
  await mkdir(folder, { recursive: true });
  await cp(OWN, folder, { recursive: true });
  for (const file of await readdir(EXAMPLE)) {
    let text = await readFile(join(EXAMPLE, file), 'utf8');
    for (const [key, value] of Object.entries(values[file] ?? {})) {
      // The last of the name: pjsip.conf has two addresses, and the WebSocket's is not used.
      const line = new RegExp(`^${key}=.*$(?![^]*^${key}=)`, 'm');
      if (!line.test(text)) throw new Error(`${file} sets no ${key}.`);
      text = text.replace(line, `${key}=${value}`);
    }
    const more = await readFile(join(OWN, file), 'utf8').catch(() => '');
    await writeFile(join(folder, file), text + more);
  }
}
