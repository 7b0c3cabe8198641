import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import type { CheckResult, Line } from '@multiline/core';
import { manualClock, wire } from '@multiline/testing';
import { phoneService, remoteLine, sipAccount, sipLine, type SipAccountOptions } from './index.ts';
import { iceCheck } from './line-checks/ice-check.ts';

const never = new AbortController().signal;

function check(line: Line, name: string, signal = never): Promise<CheckResult> {
  const found = line.checks!.find((one) => one.name === name)!;
  return found.run(signal);
}

const lineAt = (servers: readonly string[], options: Partial<SipAccountOptions> = {}): Line =>
  sipLine(sipAccount({ servers, uri: 'sip:ann@sandbox.test', credentials: () => ({ password: 'ann' }), ...options }));

describe('the checks of a line', () => {
  let id: string;
  let server: string;

  before(async () => {
    const sandbox = await executeServerCommand<{ id: string; url: string }, undefined>('sandbox:start');
    id = sandbox.id;
    server = `${sandbox.url.replace('http', 'ws')}sip`;
  });

  after(async () => {
    await executeServerCommand('sandbox:stop', id);
  });

  it('come in the order in which things can go wrong', () => {
    const names = lineAt([server]).checks!.map(({ name }) => name);
    expect(names).to.deep.equal(['microphone', 'server', 'registration', 'round-trip', 'stun', 'turn', 'recorder']);
  });

  it('find whether a recorder can be started: by the service’s word, or by INFO', async () => {
    const account = () =>
      sipAccount({ servers: [server], uri: 'sip:ann@sandbox.test', credentials: () => ({ password: 'ann' }) });
    const service = phoneService({
      url: server.replace(/^ws(.*)sip$/, 'http$1phone'),
      credentials: () => ({ username: 'ann', password: 'ann' }),
    });
    const none = { state: 'warning', finding: 'recorder-none' };
    expect(await check(sipLine(account(), { service }), 'recorder'), 'the sandbox’s service').to.deep.equal(none);
    const recording = { ...service, records: () => Promise.resolve(true) };
    for (const options of [{ service: recording }, { recorder: 'info' }] as const)
      expect(await check(sipLine(account(), options), 'recorder')).to.deep.equal({
        state: 'ok',
        finding: 'recorder-works',
      });
    expect(await check(sipLine(account()), 'recorder')).to.deep.equal(none);
    expect(await check(remoteLine(account(), { service: recording }), 'recorder')).to.deep.equal(none);
  });

  it('find a server that is there, one that is not, and a mix of them', async () => {
    const { host } = new URL(server);
    // Nobody listens at the discard port.
    const nobody = 'ws://127.0.0.1:9/';
    expect(await check(lineAt([server]), 'server')).to.deep.equal({
      state: 'ok',
      finding: 'server-open',
      values: { server: host },
    });
    expect(await check(lineAt([nobody]), 'server')).to.deep.equal({
      state: 'failed',
      finding: 'server-refused',
      values: { server: '127.0.0.1:9' },
    });
    expect(await check(lineAt([nobody, server]), 'server')).to.deep.include({
      state: 'warning',
      finding: 'server-partly',
    });
  });

  it('tell a certificate that is refused, or a server that is, from a host that only wants no WebSocket', async () => {
    expect(await check(lineAt(['wss://127.0.0.1:9/']), 'server')).to.deep.include({
      state: 'failed',
      finding: 'certificate-or-refused',
    });
    const original = globalThis.fetch;
    globalThis.fetch = () => Promise.resolve(new Response());
    try {
      expect(await check(lineAt(['wss://127.0.0.1:9/']), 'server')).to.deep.include({ finding: 'websocket-refused' });
    } finally {
      globalThis.fetch = original;
    }
  });

  it('can be stopped, and try nothing that is not there', async () => {
    const over = new AbortController();
    const running = check(lineAt([server]), 'server', over.signal);
    over.abort();
    expect(await running).to.deep.equal({ state: 'skipped', finding: 'stopped' });
    const line = lineAt([server], { transport: wire().transport });
    expect(await check(line, 'server')).to.deep.equal({ state: 'skipped', finding: 'server-unknown' });
    expect(await check(line, 'stun')).to.deep.equal({ state: 'skipped', finding: 'stun-none' });
    expect(await check(line, 'turn')).to.deep.equal({ state: 'skipped', finding: 'turn-none' });
  });

  it('find out how we stand with the server', async () => {
    const line = lineAt([server]);
    expect(await check(line, 'registration')).to.deep.equal({ state: 'skipped', finding: 'signed-out' });
    expect(await check(line, 'round-trip')).to.deep.equal({ state: 'failed', finding: 'round-trip-silent' });
    const starting = line.start();
    expect(await check(line, 'registration')).to.deep.equal({ state: 'ok', finding: 'registered' });
    await starting;
    const near = await check(line, 'round-trip');
    expect(near.finding).to.match(/^round-trip/);
    expect(near.values!['ms']).to.be.within(0, 4_000);
    await line.stop();
    const wrong = lineAt([server], { credentials: () => ({ password: 'guess' }) });
    await wrong.start();
    expect(await check(wrong, 'registration')).to.deep.equal({ state: 'failed', finding: 'auth-failed' });
    await wrong.stop();
  });

  it('find a server far away', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const line = lineAt(['ws://a.wire.test'], { transport: network.transport, clock, uri: 'sip:ann@wire.test' });
    await line.start();
    network.delay(100);
    const result = check(line, 'round-trip');
    await clock.run(1_000);
    expect(await result).to.deep.equal({ state: 'warning', finding: 'round-trip-slow', values: { ms: 200 } });
    network.delay(0);
    await line.stop();
  });

  describe('of STUN and TURN', () => {
    const iceServers = [{ urls: ['stun:s.example', 'turn:t.example'], username: 'u', credential: 'p' }];

    /** A connection that finds these candidates and fails with this code. */
    function connection(types: readonly string[], code?: number) {
      const asked: RTCConfiguration[] = [];
      const connect = (configuration: RTCConfiguration): RTCPeerConnection => {
        asked.push(configuration);
        const real = new RTCPeerConnection();
        const describe = (): Promise<void> => {
          queueMicrotask(() => {
            if (code !== undefined) {
              real.onicecandidateerror?.(new RTCPeerConnectionIceErrorEvent('icecandidateerror', { errorCode: code }));
            }
            for (const type of types) {
              const candidate = new RTCIceCandidate({
                sdpMid: '0',
                candidate: `candidate:1 1 udp 1 192.0.2.7 5000 typ ${type}`,
              });
              real.onicecandidate?.(new RTCPeerConnectionIceEvent('icecandidate', { candidate }));
            }
            real.onicecandidate?.(new RTCPeerConnectionIceEvent('icecandidate', { candidate: null }));
          });
          return Promise.resolve();
        };
        return Object.assign(real, { setLocalDescription: describe });
      };
      return { asked, connect };
    }
    const clock = manualClock();

    it('find one that works, each with its own servers alone', async () => {
      const { asked, connect } = connection(['host', 'srflx', 'relay']);
      expect(await iceCheck({ name: 'stun', iceServers, clock, connect }).run(never)).to.deep.equal({
        state: 'ok',
        finding: 'stun-works',
        values: { address: '192.0.2.7' },
      });
      expect(await iceCheck({ name: 'turn', iceServers, clock, connect }).run(never)).to.deep.include({
        state: 'ok',
        finding: 'turn-works',
      });
      expect(asked).to.deep.equal([
        { iceServers: [{ ...iceServers[0], urls: ['stun:s.example'] }], iceTransportPolicy: 'all' },
        { iceServers: [{ ...iceServers[0], urls: ['turn:t.example'] }], iceTransportPolicy: 'relay' },
      ]);
    });

    it('find one that refuses, and one that is silent', async () => {
      const refusing = connection(['host'], 401);
      expect(await iceCheck({ name: 'turn', iceServers, clock, ...refusing }).run(never)).to.deep.equal({
        state: 'failed',
        finding: 'turn-refused',
        values: { code: 401 },
      });
      const silent = connection(['host'], 701);
      expect(await iceCheck({ name: 'stun', iceServers, clock, ...silent }).run(never)).to.deep.equal({
        state: 'failed',
        finding: 'stun-silent',
      });
      const waiting = iceCheck({ name: 'stun', iceServers: [{ urls: 'stun:192.0.2.1' }], clock }).run(never);
      await clock.run(8_000);
      expect(await waiting).to.deep.equal({ state: 'failed', finding: 'stun-silent' });
    });
  });
});
