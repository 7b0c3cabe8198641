import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How much of what a server says is kept, for a failed run. */
const KEPT_CHARS = 6000;
/** How long a server may take to end by itself. */
const GRACE_MS = 5000;

/**
 * Starts a program in a process group of its own, so that its children end with it.
 * Answers `{ pid, log, exited, stop }`; of these its last words (those of `logFile` too), its exit code (bounded), its end.
 */
export function startProcess(name, command, args, { env = {}, stdio = ['ignore', 'pipe', 'pipe'], logFile, cwd } = {}) {
  const child = spawn(command, args, { detached: true, stdio, cwd, env: { ...process.env, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-KEPT_CHARS)));
  }
  let over = false;
  const exit = new Promise((resolve) => {
    child.once('error', (error) => {
      said += String(error);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => (over = true));

  const signal = (which) => {
    try {
      process.kill(-child.pid, which);
    } catch {
      // Nobody of the group is left.
    }
  };
  return {
    pid: child.pid,
    log: () => `${said.trim()}\n${logFile ? lastOf(logFile) : ''}`.trim(),
    get over() {
      return over;
    },
    /** The exit code; 1 when it has not ended in time. */
    exited: (withinMs) => within(exit, withinMs, () => (console.error(`${name} took longer than ${withinMs} ms.`), 1)),
    async stop() {
      if (child.pid === undefined) return;
      signal('SIGTERM');
      await within(exit, GRACE_MS, () => undefined);
      signal('SIGKILL');
    },
  };
}

/** Ends everything in this list, the newest first; what was begun is not done twice. */
export async function endAll(running) {
  for (const one of running.splice(0).reverse()) await one.stop();
}

/** Asks again until the answer is true. Throws, with the server's own words, when it ended or has not come up in time. */
export async function ready(name, server, ask, withinMs = 15_000) {
  const end = Date.now() + withinMs;
  while (!(await ask().catch(() => false))) {
    if (server.over || Date.now() > end) {
      await server.stop();
      throw new Error(`${name} did not come up:\n${server.log()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function lastOf(file) {
  try {
    return readFileSync(file, 'utf8').slice(-KEPT_CHARS);
  } catch {
    // Nothing was written yet.
    return '';
  }
}

function within(promise, ms, late) {
  let timer;
  const deadline = new Promise((resolve) => (timer = setTimeout(() => resolve(late()), ms)));
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer));
}
