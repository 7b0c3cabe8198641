import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The browser to test with: `CHROME_PATH`, else an installed Chrome or Chromium, else, as root on Debian, the one apt brings.
 * Leaves its path in `CHROME_PATH` for whatever is started from here.
 */
export function findBrowser() {
  const found = process.env.CHROME_PATH || installed() || install();
  if (!found) {
    throw new Error(
      'No Chrome or Chromium was found. Install one (Debian: apt-get install chromium) or set CHROME_PATH to its program.',
    );
  }
  if (!runs(found)) throw new Error(`CHROME_PATH names ${found}, which is no program.`);
  process.env.CHROME_PATH = found;
  return found;
}

function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES].find(runs);
}

function install() {
  if (process.getuid?.() !== 0 || !runs('/usr/bin/apt-get')) return undefined;
  console.log('No Chrome or Chromium found: installing chromium.');
  const apt = (...args) =>
    execFileSync('apt-get', ['-qq', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'chromium');
  return installed();
}

function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
