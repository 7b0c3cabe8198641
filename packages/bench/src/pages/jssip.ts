import { UA, WebSocketInterface } from 'jssip';
import { Ringing, offer } from './phone.ts';

/** Of its session what tells the caller, and what answers. */
interface Session {
  readonly direction: 'incoming' | 'outgoing';
  readonly remote_identity: { readonly uri: { readonly user: string } };
  answer(options: object): void;
}

let agent: UA;
let target = '';
let ice: RTCIceServer[] = [];
const incoming = new Ringing<Session>();

offer({
  async register({ server, user, password, iceServers, ...settings }) {
    agent = new UA({ sockets: [new WebSocketInterface(server)], uri: `sip:${user}@sandbox.test`, password });
    target = `sip:${settings.target}@sandbox.test`;
    ice = iceServers;
    agent.on('newRTCSession', ({ session }: { session: Session }) => {
      if (session.direction === 'incoming') incoming.rings(session, session.remote_identity.uri.user);
    });
    const registered = new Promise<void>((resolve) => agent.on('registered', () => resolve()));
    agent.start();
    await registered;
  },
  dial: () => void agent.call(target, options()),
  ringing: async () => void (await incoming.call),
  answer: () => void incoming.take().then((session) => session.answer(options())),
});

function options() {
  return { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: ice } };
}
