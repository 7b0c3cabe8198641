import { browserAttention, browserStorage, browserTabs } from '@multiline/browser';
import { createWorkspace, formatNumber, presets } from '@multiline/core';
import '@multiline/elements';
import { sipAccount, sipLine } from '@multiline/sip';

// A plus sign in a query is a space: both are understood.
const given = new URLSearchParams(location.search).get('as')?.trim() ?? '';
const number = `+${given.replace(/\D/g, '') || '14155550199'}`;
const shown = formatNumber(number, { country: 'US' }).text;

const account = sipAccount({
  servers: [new URL('/sip', location.href.replace(/^http/, 'ws')).href],
  uri: `sip:${number}@sandbox.test`,
  displayName: shown,
  number,
  credentials: () => ({ password: 'sandbox' }),
  storage: sessionStorage,
});

const workspace = createWorkspace({
  line: sipLine(account),
  attention: browserAttention(),
  storage: browserStorage(),
  tabs: browserTabs(),
  policy: presets.default({ dialing: { mode: 'immediate' } }),
});

document.querySelector('ml-workspace')!.workspace = workspace;
void workspace.start();
document.querySelector('#me')!.textContent = shown;
document.title = `Phone of ${shown}`;
document
  .querySelector('#ann')!
  .addEventListener('click', () => void workspace.dial('+14155550001').catch(() => undefined));
