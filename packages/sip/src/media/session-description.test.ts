import { MultiLineError } from '@multiline/core';
import { manualClock } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import { openMicrophone, type MicrophonePermissionState } from './microphone.ts';
import { offeredConnection } from './prepared-connection.ts';
import {
  clock,
  deferred,
  endSessions,
  failures,
  heard,
  media,
  micOf,
  direction,
  permission,
  rejection,
  talk,
} from './session-pair.test.ts';

/** A STUN server that never answers, on this machine. */
const silentStun: RTCIceServer = { urls: 'stun:127.0.0.1:9' };

/** Until a connection knows an address of its own. */
async function candidate(connection: RTCPeerConnection): Promise<void> {
  while (!connection.localDescription?.sdp.includes('a=candidate:')) await new Promise(requestAnimationFrame);
}

describe('the session description handler', () => {
  afterEach(endSessions);

  it('has its offer at once from a connection made ready, also with a STUN server that never answers, else within half a second', async () => {
    for (const iceServers of [[], [silentStun]]) {
      // It stands still unless we move it: what comes meanwhile has waited for no time to pass.
      const still = manualClock();
      const ready = offeredConnection(iceServers, still);
      await candidate(ready.connection);
      still.advance(600);
      const { body, contentType } = await media({ iceServers, clock: still, take: () => ready }).getDescription();
      expect(contentType).to.equal('application/sdp');
      expect(body).to.contain('a=candidate:').and.contain('a=sendrecv');
      if (iceServers.length > 0) expect(ready.connection.iceGatheringState).to.equal('gathering');

      const cold = media({ iceServers, clock: still });
      const described = cold.getDescription();
      await candidate(cold.connection!);
      await still.run(500);
      expect((await described).body).to.contain('a=candidate:');
    }
  });

  it('does not wait for the microphone with an offer: its track joins later', async () => {
    const microphone = deferred<void>();
    const caller = media({
      openMicrophone: async (signal) => {
        await microphone.promise;
        return openMicrophone({}, signal);
      },
    });
    const callee = media();
    await talk(caller, callee);
    expect(micOf(caller)).to.equal(null);
    microphone.resolve();
    await Promise.all([heard(callee), heard(caller)]);
    expect(micOf(caller)?.readyState).to.equal('live');
  });

  it('does not keep the one waiting who described it when it is closed meanwhile', async () => {
    const [caller, callee] = [media(), media()];
    const offer = await caller.getDescription();
    await callee.setDescription(offer.body);
    const answer = await callee.getDescription();
    const applying = rejection(caller.setDescription(answer.body));
    caller.close();
    expect((await applying).code).to.equal('no-such-call');
    const describing = rejection(media().getDescription());
    callee.close();
    endSessions();
    expect((await describing).code).to.equal('no-such-call');
  });

  it('tells of a microphone that fails after the offer has left', async () => {
    const microphone = deferred<void>();
    const failed = deferred<MultiLineError>();
    const caller = media({
      openMicrophone: () => microphone.promise.then(() => Promise.reject(new MultiLineError('mic-in-use'))),
      onFailure: failed.resolve,
      onMoved: () => undefined,
    });
    await caller.getDescription();
    microphone.resolve();
    expect((await failed.promise).code).to.equal('mic-in-use');
  });

  it('has no offer when the microphone fails before it has left', async () => {
    const caller = media({ openMicrophone: () => Promise.reject(new MultiLineError('mic-in-use')) });
    expect((await rejection(caller.getDescription())).code).to.equal('mic-in-use');
    expect(failures).to.deep.equal([]);
  });

  for (const state of ['prompt', 'denied', 'unknown'] as const) {
    it(`opens the microphone before the connection while the permission is ${state}`, async () => {
      const order: string[] = [];
      const caller = media({
        permission: permission(state),
        openMicrophone: (signal) => {
          order.push('microphone');
          return openMicrophone({}, signal);
        },
        take: () => void order.push('connection'),
      });
      await caller.getDescription();
      expect(order).to.deep.equal(['microphone', 'connection']);
      expect(micOf(caller)?.readyState).to.equal('live');
    });
  }

  it('waits for the browser to say whether the microphone is granted', async () => {
    let state: MicrophonePermissionState = 'unknown';
    const known = Promise.resolve().then(() => (state = 'granted' as const));
    const order: string[] = [];
    const caller = media({
      permission: {
        ...permission('unknown'),
        get state() {
          return state;
        },
        known,
      },
      openMicrophone: (signal) => {
        order.push('microphone');
        return openMicrophone({}, signal);
      },
      take: () => void order.push('connection'),
    });
    await caller.getDescription();
    expect(order).to.deep.equal(['connection', 'microphone']);
  });

  it('has no offer without the permission when the microphone fails, and tells why', async () => {
    const caller = media({
      permission: permission('prompt'),
      openMicrophone: () => Promise.reject(new MultiLineError('mic-denied')),
    });
    expect((await rejection(caller.getDescription())).code).to.equal('mic-denied');
    expect(caller.connection).to.equal(undefined);
    expect(failures).to.deep.equal([]);
  });

  it('may be asked for the microphone again after a refusal, and opens it once', async () => {
    let attempts = 0;
    const callee = media({
      openMicrophone: (signal) =>
        ++attempts === 1 ? Promise.reject(new MultiLineError('mic-denied')) : openMicrophone({}, signal),
    });
    expect((await rejection(callee.openMicrophone())).code).to.equal('mic-denied');
    await Promise.all([callee.openMicrophone(), callee.openMicrophone()]);
    expect(attempts).to.equal(2);
  });

  it('releases the microphone at the end, also one that comes too late', async () => {
    const [caller, callee] = [media(), media()];
    await talk(caller, callee);
    await caller.openMicrophone();
    const track = micOf(caller);
    caller.close();
    caller.close();
    expect(track?.readyState).to.equal('ended');
    expect(caller.connection?.signalingState).to.equal('closed');

    const late = await openMicrophone();
    const microphone = deferred<MediaStreamTrack>();
    const hasty = media({ openMicrophone: () => microphone.promise });
    await hasty.getDescription();
    const opening = rejection(hasty.openMicrophone());
    hasty.close();
    microphone.resolve(late);
    expect((await opening).code).to.equal('no-such-call');
    expect(late.readyState).to.equal('ended');
    expect(failures).to.deep.equal([]);
  });

  it('hears nothing more of its connection and its microphone after the end: a browser may keep them', async () => {
    const listening = new Map<object, AbortSignal | undefined>();
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const ofBrowser = this instanceof RTCPeerConnection || this instanceof MediaStreamTrack;
      if (ofBrowser && listener) listening.set(listener, (options as AddEventListenerOptions | undefined)?.signal);
      addEventListener.call(this, type, listener, options);
    };
    try {
      const ready = offeredConnection([], clock);
      const [caller, callee] = [media({ take: () => ready }), media()];
      await talk(caller, callee);
      await caller.openMicrophone();
    } finally {
      EventTarget.prototype.addEventListener = addEventListener;
    }
    expect(listening.size).to.be.greaterThan(10);
    endSessions();
    expect([...listening.values()].filter((signal) => !signal?.aborted)).to.deep.equal([]);
  });

  it('describes nothing after the end', async () => {
    const one = media();
    one.close();
    expect((await rejection(one.getDescription())).code).to.equal('no-such-call');
    expect((await rejection(one.setDescription('v=0'))).code).to.equal('no-such-call');
    expect((await rejection(one.ring('v=0'))).code).to.equal('no-such-call');
    expect((await one.stats()).received.packets).to.equal(0);
    expect(one.sendDtmf('1')).to.equal(false);
  });

  it('tells the caller nothing of us while it rings', async () => {
    const [caller, callee] = [media(), media()];
    await callee.ring((await caller.getDescription()).body);
    expect(callee.connection?.localDescription).to.equal(null);
    expect(callee.connection?.iceGatheringState).to.equal('new');
    expect(micOf(callee)).to.equal(null);
  });

  it('answers at once while ringing is still being prepared', async () => {
    const [caller, callee] = [media(), media()];
    const { body } = await caller.getDescription();
    void callee.ring(body);
    await callee.setDescription(body);
    expect((await callee.getDescription()).body).to.contain('a=sendrecv');
  });

  it('makes the offer when an INVITE brings none', async () => {
    const [caller, callee] = [media(), media()];
    await talk(callee, caller);
    await Promise.all([heard(caller), heard(callee)]);
    expect(direction(callee)).to.equal('sendrecv');
  });

  it('refuses what is no description, and one without audio', async () => {
    expect((await rejection(media().ring('not a description'))).code).to.equal('refused');
    const video = new RTCPeerConnection();
    video.addTransceiver('video');
    const { sdp = '' } = await video.createOffer();
    video.close();
    expect((await rejection(media().ring(sdp))).code).to.equal('refused');
  });

  it('takes the audio of an offer that has video too, and no video', async () => {
    const both = new RTCPeerConnection();
    both.addTransceiver('video');
    both.addTransceiver('audio');
    await both.setLocalDescription();
    const callee = media();
    await callee.ring(both.localDescription?.sdp ?? '');
    const { body } = await callee.getDescription();
    both.close();
    expect(/m=video[\s\S]*?a=(inactive|sendrecv|recvonly)/.exec(body)?.[1]).to.equal('inactive');
    expect(/m=audio[\s\S]*?a=(inactive|sendrecv|recvonly)/.exec(body)?.[1]).to.equal('sendrecv');
  });

  it('tells of a microphone that is pulled out in mid-call, and takes another when asked', async () => {
    const [caller, callee] = [media(), media()];
    await talk(caller, callee);
    await caller.openMicrophone();
    const first = micOf(caller);
    first?.stop();
    first?.dispatchEvent(new Event('ended'));
    first?.dispatchEvent(new Event('ended'));
    expect(failures.map(({ code }) => code)).to.deep.equal(['mic-missing']);
    caller.mute(true);
    await caller.openMicrophone();
    expect(micOf(caller)).not.to.equal(first);
    expect([micOf(caller)?.readyState, micOf(caller)?.enabled]).to.deep.equal(['live', false]);
    caller.mute(false);
    await heard(callee);
  });

  it('lets modifiers change what goes out and what comes in', async () => {
    const caller = media();
    const { body } = await caller.getDescription({}, [
      ({ type, sdp = '' }) => Promise.resolve({ type, sdp: sdp.replace('s=-', 's=ours') }),
    ]);
    expect(body).to.contain('s=ours');
    const seen: (string | undefined)[] = [];
    await media().setDescription(body, {}, [
      (description) => {
        seen.push(description.type);
        return Promise.resolve(description);
      },
    ]);
    expect(seen).to.deep.equal(['offer']);
  });

  it('knows its content type', () => {
    const one = media();
    expect(one.hasDescription('application/sdp')).to.equal(true);
    expect(one.hasDescription('Application/SDP; charset=utf-8')).to.equal(true);
    expect(one.hasDescription('text/plain')).to.equal(false);
  });
});
