/** Writes src/styles/icons.ts from lucide-static (ISC): only the icons named here, as static templates. Run by hand. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Export name → Lucide's name. A trailing `!` is mirrored right-to-left. */
const icons = {
  arrowDownLeft: 'arrow-down-left!',
  arrowUpRight: 'arrow-up-right!',
  briefcase: 'briefcase',
  building: 'building-2',
  check: 'check',
  chevronDown: 'chevron-down',
  chevronLeft: 'chevron-left!',
  chevronRight: 'chevron-right!',
  circleAlert: 'circle-alert',
  circleDot: 'circle-dot',
  clock: 'clock',
  cloudOff: 'cloud-off',
  grip: 'grip',
  headphones: 'headphones',
  inbox: 'inbox',
  listPlus: 'list-plus',
  merge: 'merge',
  message: 'message-square',
  mic: 'mic',
  micOff: 'mic-off',
  pause: 'pause',
  play: 'play',
  voicemail: 'voicemail',
  pencil: 'pencil',
  phone: 'phone',
  phoneForwarded: 'phone-forwarded!',
  search: 'search',
  settings: 'settings',
  star: 'star',
  stickyNote: 'sticky-note',
  swap: 'arrow-left-right',
  target: 'target',
  triangleAlert: 'triangle-alert',
  unplug: 'unplug',
  userMinus: 'user-minus',
  userPlus: 'user-plus',
  userRound: 'user-round',
  userRoundX: 'user-round-x',
  usersRound: 'users-round',
  wifiOff: 'wifi-off',
  x: 'x',
};

const parts = await Promise.all(
  Object.entries(icons).map(async ([name, source]) => {
    const mirrored = source.endsWith('!');
    const file = here(`../node_modules/lucide-static/icons/${source.replace('!', '')}.svg`);
    const svg = await readFile(file, 'utf8');
    const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)[1].replace(/\s*\n\s*/g, '');
    const shape = mirrored ? 'icon mirrored' : 'icon';
    return `export const ${name} = html\`<svg class="${shape}" viewBox="0 0 24 24" aria-hidden="true">${inner}</svg>\`;`;
  }),
);

const text = `// Written by scripts/icons.mjs from Lucide (ISC licence); change the list there.
import { html } from 'lit';

${parts.join('\n')}
`;
await writeFile(
  here('../src/styles/icons.ts'),
  await format(text, { parser: 'typescript', printWidth: 120, singleQuote: true }),
);
