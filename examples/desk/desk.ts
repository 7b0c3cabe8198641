import { browserAttention, browserStorage, browserTabs, page } from '@multiline/browser';
import { createWorkspace, presets } from '@multiline/core';
import { pageWords } from '@multiline/elements';
import { salesforce } from '@multiline/salesforce';
import { phoneService, remoteLine, sipAccount, sipLine } from '@multiline/sip';
import { showContacts } from './contacts.ts';
import { agentOf } from './people.ts';

const agent = agentOf(location.search);

const account = sipAccount({
  servers: [new URL('/sip', location.href.replace(/^http/, 'ws')).href],
  uri: `sip:${agent.user}@sandbox.test`,
  displayName: agent.name,
  extension: agent.extension,
  number: agent.number,
  numbers: [agent.number, ...(agent.secondNumber ? [agent.secondNumber] : [])],
  credentials: () => ({ password: agent.user }),
  storage: localStorage,
});

const service = phoneService({
  url: new URL('/phone', location.href).href,
  credentials: () => ({ username: agent.user, password: agent.user }),
});

/** `?mode=device`: the user's own phone carries the calls, this page asks for them and watches (ML-21). */
const wishes = new URLSearchParams(location.search);
const elsewhere = wishes.get('mode') === 'device';

const workspace = createWorkspace({
  line: elsewhere ? remoteLine(account, { service }) : sipLine(account, { service }),
  crm: salesforce({
    instanceUrl: location.origin,
    mosField: 'ML_MOS__c',
    credentials: async () => ({ accessToken: `sandbox-${agent.user}`, instanceUrl: location.origin }),
  }),
  host: page(),
  attention: browserAttention({ serviceWorker: '/multiline-sw.js' }),
  words: pageWords,
  storage: browserStorage(),
  tabs: browserTabs(),
  policy: presets.default({
    profile: agent.profile ?? 'regular',
    calls: {
      voicemail: `*99${agent.extension}`,
      // `?recording=always`: every call is recorded, where the phone service has a recorder.
      ...(wishes.get('recording') === 'always' && { recording: 'always' }),
    },
    availability: {
      reasons: [
        { code: 'lunch', label: 'Lunch' },
        { code: 'meeting', label: 'Team meeting' },
      ],
      codes: { dndOn: '*78', dndOff: '*79', forwardOn: '*72{number}', forwardOff: '*73' },
    },
  }),
});

document.querySelector('ml-workspace')!.workspace = workspace;
void workspace.start();
document.title = `${agent.name}'s desk`;
document.querySelector('#title')!.textContent = `${agent.name}'s desk`;

await showContacts(document.querySelector('#contacts')!, agent);
