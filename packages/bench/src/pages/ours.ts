import type { Line, LineCall } from '@multiline/core';
import { sipAccount, sipLine } from '@multiline/sip';
import { Ringing, offer } from './phone.ts';

let line: Line;
let target = '';
let dialed: Promise<LineCall>;
const incoming = new Ringing<LineCall>();

offer({
  async register({ server, user, password, iceServers, ...settings }) {
    target = settings.target;
    const uri = `sip:${user}@sandbox.test`;
    line = sipLine(sipAccount({ servers: [server], uri, iceServers, credentials: () => ({ password }) }));
    line.onIncoming((call) => incoming.rings(call, call.remote.address));
    await line.start();
  },
  prepare: () => line.prepare?.(),
  dial: () => void (dialed = line.dial(target)),
  ringing: async () => void (await incoming.call),
  answer: () => void incoming.take().then((call) => call.answer()),
  async answered() {
    const call = await dialed;
    await new Promise<void>((resolve) => {
      const stop = call.listen(({ type }) => {
        if (type !== 'answered') return;
        resolve();
        queueMicrotask(() => stop());
      });
    });
  },
  hangUp: async () => (await dialed).hangUp(),
});
