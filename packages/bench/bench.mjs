// The benchmarks of docs/benchmarks.md. `--quick`: few rounds. `--write`: into the page.
import { fileURLToPath } from 'node:url';
import { answerToAudio } from './src/answer-to-audio.mjs';
import { clickToAudio } from './src/click-to-audio.mjs';
import { clickToInvite } from './src/click-to-invite.mjs';
import { firstPaint } from './src/first-paint.mjs';
import { openHouse } from './src/house.mjs';
import { idleCost } from './src/idle.mjs';
import { incomingCalls } from './src/incoming-calls.mjs';
import { leaderGone } from './src/leader-gone.mjs';
import { machineFacts } from './src/machine.mjs';
import { writePage } from './src/page.mjs';
import { recovery } from './src/recovery.mjs';
import { shift } from './src/shift.mjs';
import { weights } from './src/weight.mjs';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const words = process.argv.slice(2);
const unknown = words.filter((word) => word.startsWith('--') && !['--quick', '--write'].includes(word));
if (unknown.length > 0) {
  console.error(
    `Unknown: ${unknown.join(' ')}. There are --quick and --write, and words of the titles of the parts to run.`,
  );
  process.exit(1);
}
const wanted = words.filter((word) => !word.startsWith('--'));
const quick = words.includes('--quick');

const sections = [];
/** What cannot be measured is said, and does not keep the rest from being measured. */
async function part(title, measure) {
  if (wanted.length > 0 && !wanted.some((word) => title.toLowerCase().includes(word.toLowerCase()))) return;
  const from = performance.now();
  // A phone that never came back has left its call at the server, where others of the same person watch it.
  house.sandbox.reset();
  try {
    sections.push(`## ${title}\n\n${await measure()}`);
  } catch (error) {
    process.exitCode = 1;
    sections.push(`## ${title}\n\nNot measured: ${error instanceof Error ? error.message : error}`);
  }
  console.log(`\n${sections.at(-1)}`);
  console.error(`\n(${title}: ${Math.round((performance.now() - from) / 1000)} s)`);
}

const house = await openHouse();
try {
  sections.push(machineFacts(house.browser, { quick }));
  console.log(sections[0]);
  await part('Weight', weights);
  await part('Evaluation and first paint', () => firstPaint(house, 9));
  await part('Click to INVITE', () => clickToInvite(house, quick ? { rounds: 3, slow: 1 } : { rounds: 9, slow: 3 }));
  await part('Click to audio', () => clickToAudio(house, quick ? 3 : 9));
  await part('Answer to audio', () => answerToAudio(house, quick ? 3 : 9));
  await part('An incoming call', () => incomingCalls(house, quick ? 3 : 9));
  await part('A socket that was cut', () => recovery(house, quick ? 2 : 5));
  await part('The tab with the phone is closed', () => leaderGone(house, quick ? 3 : 9));
  await part('Idle', () => idleCost(house, quick ? 1 : 3));
  await part('A shift', () => shift(house, quick ? 50 : 500));
} finally {
  await house.close();
}
if (words.includes('--write')) {
  if (wanted.length > 0) console.error('\nNot written: the page wants all of it.');
  else if (process.exitCode) console.error('\nNot written: something was not measured.');
  else console.log(`\nWritten: ${await writePage(sections.join('\n\n'))}`);
}
