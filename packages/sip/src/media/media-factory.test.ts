import { MultiLineError, systemClock } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { EmitterImpl, SessionState, type Session } from 'sip.js';
import { mediaFactory, type MediaFactory, type MediaFactoryOptions } from './media-factory.ts';
import { openMicrophone } from './microphone.ts';
import { permission } from './session-pair.test.ts';

/** As much of a SIP.js session as its audio needs. */
function aSession(): Session & { readonly stateChange: EmitterImpl<SessionState> } {
  return { stateChange: new EmitterImpl<SessionState>() } as unknown as Session & {
    readonly stateChange: EmitterImpl<SessionState>;
  };
}

describe('mediaFactory', () => {
  const native = globalThis.RTCPeerConnection;
  let factories: MediaFactory[];
  let made: RTCPeerConnection[];
  let failed: [Session, MultiLineError][];

  beforeEach(() => {
    factories = [];
    made = [];
    failed = [];
    globalThis.RTCPeerConnection = class extends native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
  });

  afterEach(() => {
    factories.forEach((factory) => factory.dispose());
    globalThis.RTCPeerConnection = native;
    expect(made.filter(({ signalingState }) => signalingState !== 'closed')).to.deep.equal([]);
  });

  function factory(options: Partial<MediaFactoryOptions> = {}): MediaFactory {
    const one = mediaFactory({
      clock: systemClock(),
      permission: permission('granted'),
      onFailure: (session, error) => failed.push([session, error]),
      ...options,
    });
    factories.push(one);
    return one;
  }

  it('gives SIP.js the audio that the line has', () => {
    const one = factory();
    const session = aSession();
    const audio = one.media(session);
    expect(one.handlerFactory(session, {})).to.equal(audio);
    expect(one.media(aSession())).not.to.equal(audio);
    expect(made).to.have.length(0);
  });

  it('uses the connection that was made ready, and makes the next after the call', async () => {
    const one = factory();
    one.prepare();
    expect(made).to.have.length(1);
    const session = aSession();
    const audio = one.media(session);
    await audio.getDescription();
    expect(audio.connection).to.equal(made[0]);
    expect(made).to.have.length(1);
    session.stateChange.emit(SessionState.Terminated);
    expect(made).to.have.length(2);
  });

  it('makes no connection ready while another call goes on', async () => {
    const one = factory();
    const [first, second] = [aSession(), aSession()];
    await one.media(first).getDescription();
    await one.media(second).getDescription();
    first.stateChange.emit(SessionState.Terminated);
    expect(made).to.have.length(2);
    second.stateChange.emit(SessionState.Terminated);
    expect(made).to.have.length(3);
  });

  it('closes the audio of a session that ended, and makes no other for it', async () => {
    const one = factory();
    const session = aSession();
    const audio = one.media(session);
    await audio.openMicrophone();
    session.stateChange.emit(SessionState.Terminated);
    expect(one.media(session)).to.equal(audio);
    const code = await audio.getDescription().catch((thrown: unknown) => (thrown as MultiLineError).code);
    expect(code).to.equal('no-such-call');
  });

  it('names the session whose microphone failed', async () => {
    const error = new MultiLineError('mic-missing');
    let tell: () => void = () => undefined;
    const told = new Promise<void>((resolve) => (tell = resolve));
    let fail: () => void = () => undefined;
    const one = factory({
      openMicrophone: () => new Promise((_resolve, reject) => (fail = () => reject(error))),
      onFailure: (session, failure) => {
        failed.push([session, failure]);
        tell();
      },
    });
    const session = aSession();
    await one.media(session).getDescription();
    fail();
    await told;
    expect(failed).to.deep.equal([[session, error]]);
  });

  it('opens the microphone of the browser by default, and releases it with everything else', async () => {
    const tracks: MediaStreamTrack[] = [];
    const one = factory({
      openMicrophone: async (signal) => {
        const track = await openMicrophone({}, signal);
        tracks.push(track);
        return track;
      },
    });
    await one.media(aSession()).openMicrophone();
    await factory().media(aSession()).openMicrophone();
    one.dispose();
    expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(['ended']);
    expect(made).to.have.length(0);
  });

  it('serves again after it was disposed: a phone may stop and start', async () => {
    const one = factory();
    one.prepare();
    one.dispose();
    one.prepare();
    const audio = one.media(aSession());
    await audio.getDescription();
    expect(audio.connection).to.equal(made[1]);
  });

  it('asks the browser for nothing before it is needed', () => {
    const { query } = navigator.permissions;
    let asked = 0;
    navigator.permissions.query = (...descriptor) => {
      asked++;
      return query.apply(navigator.permissions, descriptor);
    };
    const one = mediaFactory({ clock: systemClock(), onFailure: () => undefined });
    factories.push(one);
    expect(asked).to.equal(0);
    one.prepare();
    one.prepare();
    expect(asked).to.equal(1);
    Reflect.deleteProperty(navigator.permissions, 'query');
  });
});
