import type { Line, LineCall } from '@multiline/core';
import { sipAccount, sipLine } from '@multiline/sip';
import { offer } from './phone.ts';

let line: Line;
let target = '';
let dialed: Promise<LineCall>;

offer({
  async register({ server, user, password, iceServers, ...settings }) {
    target = settings.target;
    const uri = `sip:${user}@sandbox.test`;
    line = sipLine(sipAccount({ servers: [server], uri, iceServers, credentials: () => ({ password }) }));
    await line.start();
  },
  prepare: () => line.prepare?.(),
  dial: () => void (dialed = line.dial(target)),
  hangUp: async () => (await dialed).hangUp(),
});
