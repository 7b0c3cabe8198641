import { browserStorage, browserTabs } from '@multiline/browser';
import { createWorkspace } from '@multiline/core';
import '@multiline/elements';
import { sipAccount, sipLine } from '@multiline/sip';

const tabs = browserTabs();
/** When this one was given the lead (epoch ms, to the fraction); 0 while another has it. */
let ledAt = 0;
tabs.$leading.listen((leads) => (ledAt = leads ? performance.timeOrigin + performance.now() : 0));

/** One of many tabs of Ann's. */
const tab = {
  async start(server: string): Promise<void> {
    const account = sipAccount({
      servers: [server],
      uri: 'sip:ann@sandbox.test',
      credentials: () => ({ password: 'ann' }),
    });
    const workspace = createWorkspace({ line: sipLine(account), storage: browserStorage(), tabs });
    const phone = document.createElement('ml-softphone');
    phone.workspace = workspace;
    document.body.append(phone);
    await workspace.start();
  },
  ledAt: () => ledAt,
};
Object.assign(globalThis, { tab });
