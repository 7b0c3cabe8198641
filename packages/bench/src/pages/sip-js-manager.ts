import { Web } from 'sip.js';
import { offer } from './phone.ts';

let manager: Web.SessionManager;
let target = '';

/** SIP.js with what it has itself for connections that are lost, as it comes. */
offer({
  async register({ server, user, password, iceServers, ...settings }) {
    target = `sip:${settings.target}@sandbox.test`;
    const registered = new Promise<void>((resolve) => {
      manager = new Web.SessionManager(server, {
        aor: `sip:${user}@sandbox.test`,
        userAgentOptions: {
          authorizationUsername: user,
          authorizationPassword: password,
          sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers } },
          logLevel: 'error',
        },
        delegate: { onRegistered: () => resolve() },
      });
    });
    await manager.connect();
    await manager.register();
    await registered;
  },
  dial: () => void manager.call(target),
});
