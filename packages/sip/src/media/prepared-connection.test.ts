import { expect } from '@open-wc/testing';
import { manualClock, type ManualClock } from '@multiline/testing';
import type { MicrophonePermission, MicrophonePermissionState } from './microphone.ts';
import { preparedConnection, type OfferedConnection, type PreparedConnection } from './prepared-connection.ts';

const minute = 60_000;

/** A permission that a test grants and takes away. */
class Permission implements MicrophonePermission {
  state: MicrophonePermissionState;
  readonly known: Promise<MicrophonePermissionState>;
  readonly #listeners = new Set<(state: MicrophonePermissionState) => void>();

  constructor(state: MicrophonePermissionState) {
    this.state = state;
    this.known = Promise.resolve(state);
  }

  watch(listener: (state: MicrophonePermissionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  become(state: MicrophonePermissionState): void {
    this.state = state;
    for (const listener of this.#listeners) listener(state);
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

describe('preparedConnection', () => {
  const native = globalThis.RTCPeerConnection;
  const prepared: PreparedConnection[] = [];
  let made: RTCPeerConnection[];
  let moved: number;
  let clock: ManualClock;
  let permission: Permission;

  beforeEach(() => {
    made = [];
    moved = 0;
    clock = manualClock();
    permission = new Permission('granted');
    globalThis.RTCPeerConnection = class extends native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
  });

  afterEach(() => {
    prepared.splice(0).forEach((one) => one.dispose());
    globalThis.RTCPeerConnection = native;
    made.forEach((connection) => connection.close());
  });

  function prepare(iceServers: RTCIceServer[] = []): PreparedConnection {
    const one = preparedConnection({ iceServers, clock, permission, idleMs: 5 * minute, onMoved: () => moved++ });
    prepared.push(one);
    one.prepare();
    return one;
  }

  const alive = (): RTCPeerConnection[] => made.filter(({ signalingState }) => signalingState !== 'closed');

  function taken(one: PreparedConnection): OfferedConnection {
    const ready = one.take();
    expect(ready).to.not.equal(undefined);
    return ready!;
  }

  const complete = (connection: RTCPeerConnection): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (connection.iceGatheringState === 'complete') resolve();
      };
      connection.addEventListener('icegatheringstatechange', look);
      look();
    });

  it('does nothing before it is asked', () => {
    prepared.push(preparedConnection({ iceServers: [], clock, permission, idleMs: minute, onMoved: () => undefined }));
    expect(made).to.have.length(0);
    expect(permission.watched).to.equal(false);
  });

  it('offers audio both ways with the candidates a cold connection has, and opens no microphone', async () => {
    const { connection, offered } = taken(prepare());
    await offered;
    await complete(connection);
    const cold = new RTCPeerConnection();
    cold.addTransceiver('audio');
    await cold.setLocalDescription();
    await complete(cold);
    const addresses = (one: RTCPeerConnection): string[] =>
      [...(one.localDescription?.sdp ?? '').matchAll(/^a=candidate:\S+ 1 udp \d+ (\S+)/gm)]
        .map(([, ip]) => ip ?? '')
        .sort();
    expect(addresses(connection)).to.deep.equal(addresses(cold)).and.not.be.empty;
    expect(connection.localDescription?.sdp).to.contain('a=sendrecv');
    expect(connection.getSenders()[0]?.track).to.equal(null);
  });

  it('keeps one however often it is asked, hands it over once, and makes the next when asked again', () => {
    const one = prepare();
    one.prepare();
    expect(made).to.have.length(1);
    expect(taken(one).connection).to.equal(made[0]);
    expect(one.take()).to.equal(undefined);
    one.prepare();
    expect(taken(one).connection).to.equal(made[1]);
    expect(alive()).to.have.length(2);
  });

  for (const state of ['prompt', 'denied', 'unknown'] as const) {
    it(`makes none while the permission is ${state}, and one when it is granted`, () => {
      permission = new Permission(state);
      const one = prepare();
      expect(one.take()).to.equal(undefined);
      permission.become('granted');
      expect(taken(one).connection).to.equal(made[0]);
    });
  }

  it('drops it when the permission is taken away', () => {
    const one = prepare();
    permission.become('denied');
    expect(alive()).to.have.length(0);
    expect(one.take()).to.equal(undefined);
  });

  it('makes it anew when the network comes back', () => {
    const one = prepare();
    dispatchEvent(new Event('online'));
    expect(alive()).to.deep.equal([made[1]]);
    expect(taken(one).connection).to.equal(made[1]);
  });

  it('makes it anew when an address comes after gathering was complete', async () => {
    prepare();
    const [first] = made;
    expect(first).to.not.equal(undefined);
    if (!first) return;
    await complete(first);
    const candidate = new RTCIceCandidate({ candidate: 'candidate:1 1 udp 1 192.0.2.9 4000 typ host', sdpMid: '0' });
    first.dispatchEvent(new RTCPeerConnectionIceEvent('icecandidate', { candidate }));
    expect(alive()).to.deep.equal([made[1]]);
  });

  it('leaves a connection alone that was handed over', () => {
    const one = prepare();
    const { connection } = taken(one);
    dispatchEvent(new Event('online'));
    permission.become('denied');
    one.dispose();
    expect(connection.signalingState).not.to.equal('closed');
  });

  it('drops it after five idle minutes where it keeps servers busy, and makes it again on the next ask', () => {
    const one = prepare([{ urls: 'stun:127.0.0.1:9' }]);
    clock.advance(4 * minute);
    one.prepare();
    clock.advance(4 * minute);
    expect(alive()).to.have.length(1);
    clock.advance(minute);
    expect(alive()).to.have.length(0);
    dispatchEvent(new Event('online'));
    expect(alive()).to.have.length(0);
    one.prepare();
    expect(alive()).to.have.length(1);
  });

  it('keeps it without servers: it costs nothing then', () => {
    prepare();
    clock.advance(600 * minute);
    expect(alive()).to.have.length(1);
    expect(clock.waiting).to.equal(0);
  });

  it('leaves nothing behind', () => {
    const one = prepare([{ urls: 'stun:127.0.0.1:9' }]);
    one.dispose();
    dispatchEvent(new Event('online'));
    expect(alive()).to.have.length(0);
    expect(permission.watched).to.equal(false);
    expect(clock.waiting).to.equal(0);
  });
});
