// The benchmarks of docs/benchmarks.md. `--quick`: few rounds, and not the peer that takes 40 s a call. `--write`: into the page.
import { fileURLToPath } from 'node:url';
import { clickToInvite } from './src/click-to-invite.mjs';
import { openHouse } from './src/house.mjs';
import { incomingCalls } from './src/incoming-calls.mjs';
import { machineFacts } from './src/machine.mjs';
import { writePage } from './src/page.mjs';
import { weights } from './src/weight.mjs';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const words = process.argv.slice(2);
const unknown = words.filter((word) => !['--quick', '--write'].includes(word));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(' ')}. There are --quick and --write.`);
  process.exit(1);
}
const quick = words.includes('--quick');

const sections = [];
/** What cannot be measured is said, and does not keep the rest from being measured. */
async function part(title, measure) {
  try {
    sections.push(`## ${title}\n\n${await measure()}`);
  } catch (error) {
    process.exitCode = 1;
    sections.push(`## ${title}\n\nNot measured: ${error instanceof Error ? error.message : error}`);
  }
  console.log(`\n${sections.at(-1)}`);
}

const house = await openHouse();
try {
  sections.push(machineFacts(house.browser, { quick }));
  console.log(sections[0]);
  await part('Weight', weights);
  await part('Click to INVITE', () => clickToInvite(house, quick ? { rounds: 3, slow: 0 } : { rounds: 9, slow: 3 }));
  await part('An incoming call', () => incomingCalls(house, quick ? 3 : 9));
} finally {
  await house.close();
}
if (words.includes('--write')) {
  if (process.exitCode) console.error('\nNot written: something was not measured.');
  else console.log(`\nWritten: ${await writePage(sections.join('\n\n'))}`);
}
