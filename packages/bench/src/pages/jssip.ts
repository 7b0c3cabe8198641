import { UA, WebSocketInterface } from 'jssip';
import { offer } from './phone.ts';

let agent: UA;
let target = '';
let ice: RTCIceServer[] = [];

offer({
  async register({ server, user, password, iceServers, ...settings }) {
    agent = new UA({ sockets: [new WebSocketInterface(server)], uri: `sip:${user}@sandbox.test`, password });
    target = `sip:${settings.target}@sandbox.test`;
    ice = iceServers;
    const registered = new Promise<void>((resolve) => agent.on('registered', () => resolve()));
    agent.start();
    await registered;
  },
  dial() {
    agent.call(target, { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: ice } });
  },
});
