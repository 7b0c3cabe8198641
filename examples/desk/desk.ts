import { browserAttention, browserStorage, browserTabs, page } from '@multiline/browser';
import { createWorkspace, presets } from '@multiline/core';
import '@multiline/elements';
import { salesforce } from '@multiline/salesforce';
import { sipAccount, sipLine } from '@multiline/sip';
import { showContacts } from './contacts.ts';
import { agentOf } from './people.ts';

const agent = agentOf(location.search);

const account = sipAccount({
  servers: [new URL('/sip', location.href.replace(/^http/, 'ws')).href],
  uri: `sip:${agent.user}@sandbox.test`,
  displayName: agent.name,
  extension: agent.extension,
  number: agent.number,
  credentials: () => ({ password: agent.user }),
  storage: localStorage,
});

const workspace = createWorkspace({
  line: sipLine(account),
  crm: salesforce({
    instanceUrl: location.origin,
    credentials: async () => ({ accessToken: `sandbox-${agent.user}`, instanceUrl: location.origin }),
  }),
  host: page(),
  attention: browserAttention(),
  storage: browserStorage(),
  tabs: browserTabs(),
  policy: presets.default(),
});

document.querySelector('ml-workspace')!.workspace = workspace;
void workspace.start();
document.title = `${agent.name}'s desk`;
document.querySelector('#title')!.textContent = `${agent.name}'s desk`;

await showContacts(document.querySelector('#contacts')!, agent);
