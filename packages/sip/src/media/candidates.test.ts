import { expect } from '@open-wc/testing';
import { manualClock, type ManualClock } from '@multiline/testing';
import { gathered } from './candidates.ts';

/** As much of a connection as gathering needs; a test says what has come. */
class FakeConnection extends EventTarget {
  iceGatheringState: RTCIceGatheringState = 'gathering';
  readonly localDescription = { sdp: 'v=0\r\n' };
  readonly iceServers: RTCIceServer[];

  constructor(servers: boolean) {
    super();
    this.iceServers = servers ? [{ urls: 'stun:127.0.0.1:9' }] : [];
  }

  getConfiguration(): RTCConfiguration {
    return { iceServers: this.iceServers };
  }

  found(type: 'host' | 'srflx' | 'relay'): void {
    this.localDescription.sdp += `a=candidate:1 1 udp 1 192.0.2.1 4000 typ ${type}\r\n`;
    this.dispatchEvent(new Event('icecandidate'));
  }

  complete(): void {
    this.iceGatheringState = 'complete';
    this.dispatchEvent(new Event('icegatheringstatechange'));
  }
}

describe('gathered', () => {
  let clock: ManualClock;
  let done: boolean;

  beforeEach(() => {
    clock = manualClock();
    done = false;
  });

  function wait(connection: FakeConnection, since = clock.now(), signal = new AbortController().signal): void {
    void gathered(connection as unknown as RTCPeerConnection, { clock, since, signal }).then(() => (done = true));
  }

  it('is over when the browser says so', async () => {
    const connection = new FakeConnection(true);
    wait(connection);
    await clock.run(5);
    expect(done).to.equal(false);
    connection.complete();
    await clock.run(0);
    expect(done).to.equal(true);
    expect(clock.waiting).to.equal(0);
  });

  it('is not over after an ICE restart because the gathering before was', async () => {
    const connection = new FakeConnection(false);
    connection.iceGatheringState = 'complete';
    wait(connection);
    await clock.run(5);
    expect(done).to.equal(false);
    connection.iceGatheringState = 'gathering';
    connection.dispatchEvent(new Event('icegatheringstatechange'));
    connection.found('host');
    await clock.run(20);
    expect(done).to.equal(true);
  });

  it('is over 20 ms after the first candidate without servers', async () => {
    const connection = new FakeConnection(false);
    wait(connection);
    await clock.run(30);
    connection.found('host');
    await clock.run(19);
    connection.found('host');
    expect(done).to.equal(false);
    await clock.run(1);
    expect(done).to.equal(true);
    expect(clock.waiting).to.equal(0);
  });

  for (const type of ['srflx', 'relay'] as const) {
    it(`waits with servers for a candidate of kind ${type}`, async () => {
      const connection = new FakeConnection(true);
      wait(connection);
      connection.found('host');
      await clock.run(200);
      expect(done).to.equal(false);
      connection.found(type);
      await clock.run(20);
      expect(done).to.equal(true);
    });
  }

  it('waits 450 ms for servers that do not answer, time already spent included', async () => {
    const connection = new FakeConnection(true);
    connection.found('host');
    wait(connection, clock.now() - 200);
    await clock.run(249);
    expect(done).to.equal(false);
    await clock.run(1);
    expect(done).to.equal(true);

    done = false;
    wait(connection, clock.now() - 10_000);
    await clock.run(0);
    expect(done).to.equal(true);
  });

  it('waits no longer when the clock of the machine is set back', async () => {
    const connection = new FakeConnection(true);
    const since = clock.now();
    clock.shift(-3_600_000);
    wait(connection, since);
    await clock.run(500);
    expect(done).to.equal(true);
  });

  it('is over when the call is', async () => {
    const ending = new AbortController();
    wait(new FakeConnection(true), clock.now(), ending.signal);
    ending.abort();
    await clock.run(0);
    expect(done).to.equal(true);
    expect(clock.waiting).to.equal(0);
  });
});
