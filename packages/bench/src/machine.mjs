import { cpus, loadavg, totalmem } from 'node:os';
import { execFileSync } from 'node:child_process';

/** Where and how it was measured. */
export function machineFacts(browser, { quick }) {
  const cores = cpus();
  const command = `pnpm bench${quick ? ' --quick' : ''}`;
  return [
    `Measured ${new Date().toISOString().slice(0, 10)} at ${commit()} by \`${command}\`: ${cores.length} cores`,
    `(${cores[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB,`,
    `load ${loadavg()[0].toFixed(1)} at the start, Chromium ${browser.version()} headless, Node ${process.versions.node}.`,
  ].join(' ');
}

function commit() {
  try {
    const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--', 'packages') ? ' with changes' : ''}`;
  } catch {
    return 'an unknown commit';
  }
}
