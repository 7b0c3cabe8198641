import { Inviter, Registerer, RegistererState, UserAgent, type Invitation, type URI } from 'sip.js';
import { Ringing, offer } from './phone.ts';

let agent: UserAgent;
let target: URI;
const incoming = new Ringing<Invitation>();
const audio = { sessionDescriptionHandlerOptions: { constraints: { audio: true, video: false } } };

offer({
  async register({ server, user, password, iceServers, ...settings }) {
    agent = new UserAgent({
      uri: uriOf(user),
      authorizationUsername: user,
      authorizationPassword: password,
      transportOptions: { server },
      // Everything else as it comes, its five seconds of patience with STUN servers included.
      sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers } },
      delegate: { onInvite: (invitation) => incoming.rings(invitation, invitation.remoteIdentity.uri.user ?? '') },
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
    void new Inviter(agent, target, audio).invite();
  },
  async ringing() {
    await (await incoming.call).progress();
  },
  answer: () => void incoming.take().then((invitation) => invitation.accept(audio)),
});

function uriOf(user: string): URI {
  const uri = UserAgent.makeURI(`sip:${user}@sandbox.test`);
  if (!uri) throw new Error(`No SIP user: ${user}`);
  return uri;
}
