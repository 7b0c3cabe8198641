import { readFileSync, readdirSync } from 'node:fs';

/**
 * Stops the browser of this run for so many ms, all its processes at once, as a computer does that is put to sleep; what
 * `meanwhile` does happens in its sleep. Not as in a real sleep, the clock of its timers goes on.
 */
export async function asleep(ms, meanwhile = async () => {}) {
  const stopped = descendants(process.pid).filter((pid) => send(pid, 'SIGSTOP'));
  try {
    await meanwhile();
    await new Promise((resolve) => setTimeout(resolve, ms));
  } finally {
    for (const pid of stopped) send(pid, 'SIGCONT');
  }
}

/** The processes that a process has started, and those that they have. */
function descendants(ancestor) {
  const children = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = parentOf(name);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const below = (pid) => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(ancestor);
}

function parentOf(pid) {
  try {
    // The name before it may have spaces and brackets of its own.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** Whether the process was there to get it. */
function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
