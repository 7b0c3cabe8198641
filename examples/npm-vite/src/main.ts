import { browserAttention, browserStorage, browserTabs, page } from '@multiline/browser';
import { createWorkspace, presets } from '@multiline/core';
import '@multiline/elements';
import { salesforce } from '@multiline/salesforce';
import { sipAccount, sipLine } from '@multiline/sip';

const workspace = createWorkspace({
  line: sipLine(
    sipAccount({
      servers: [new URL('/sip', location.href.replace('http', 'ws')).href],
      uri: 'sip:carol@sandbox.test',
      credentials: () => ({ password: 'carol' }),
    }),
    { busy: 'offer' },
  ),
  crm: salesforce({ instanceUrl: location.origin, credentials: () => ({ accessToken: 'sandbox-carol' }) }),
  host: page(),
  attention: browserAttention(),
  storage: browserStorage(),
  tabs: browserTabs(),
  policy: presets.default(),
});

document.querySelector('ml-workspace')!.workspace = workspace;
await workspace.start();
