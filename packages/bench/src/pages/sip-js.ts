import { Inviter, Registerer, RegistererState, UserAgent, type URI } from 'sip.js';
import { offer } from './phone.ts';

let agent: UserAgent;
let target: URI;

offer({
  async register({ server, user, password, iceServers, ...settings }) {
    agent = new UserAgent({
      uri: uriOf(user),
      authorizationUsername: user,
      authorizationPassword: password,
      transportOptions: { server },
      // Everything else as it comes, its five seconds of patience with STUN servers included.
      sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers } },
      logLevel: 'error',
    });
    target = uriOf(settings.target);
    await agent.start();
    const registerer = new Registerer(agent);
    const registered = new Promise<void>((resolve) => {
      registerer.stateChange.addListener((state) => {
        if (state === RegistererState.Registered) resolve();
      });
    });
    await registerer.register();
    await registered;
  },
  dial() {
    const inviter = new Inviter(agent, target, {
      sessionDescriptionHandlerOptions: { constraints: { audio: true, video: false } },
    });
    void inviter.invite();
  },
});

function uriOf(user: string): URI {
  const uri = UserAgent.makeURI(`sip:${user}@sandbox.test`);
  if (!uri) throw new Error(`No SIP user: ${user}`);
  return uri;
}
