import type { ControlAction, PhoneControls } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { actionOf, mediaKeys } from './media-keys.ts';

const idle: PhoneControls = { ringing: false, active: false, muted: false, held: false, title: 'Lucy Hall' };

/** After the W3C Media Session draft: a TypeError for an action the browser does not know. */
function fakeSession(unknown: readonly string[] = []) {
  const handlers = new Map<string, () => void>();
  const microphone: boolean[] = [];
  const session = {
    metadata: null as MediaMetadata | null,
    playbackState: 'none' as MediaSessionPlaybackState,
    setActionHandler(action: string, handler: (() => void) | null): void {
      if (unknown.includes(action)) throw new TypeError(`The provided value '${action}' is not a valid enum value.`);
      if (handler) handlers.set(action, handler);
      else handlers.delete(action);
    },
    setMicrophoneActive: (on: boolean): Promise<void> => {
      microphone.push(on);
      return Promise.reject(new DOMException('Hidden.', 'InvalidStateError'));
    },
  };
  return { session: session as unknown as MediaSession, handlers, microphone };
}

describe('media keys', () => {
  it('answer, decline, mute and hang up as the phone is', () => {
    const ringing = { ...idle, ringing: true };
    const active = { ...idle, active: true };
    expect(actionOf('play', ringing)).to.equal('answer');
    expect(actionOf('pause', ringing)).to.equal(null);
    expect(actionOf('stop', ringing)).to.equal('decline');
    expect(actionOf('hangup', active)).to.equal('hang-up');
    expect(actionOf('togglemicrophone', active)).to.equal('mute');
    expect(actionOf('togglemicrophone', { ...active, muted: true })).to.equal('unmute');
    expect(actionOf('play', { ...active, muted: true })).to.equal('unmute');
    expect(actionOf('hangup', { ...active, ringing: true }), 'the call that speaks').to.equal('hang-up');
    expect(actionOf('togglemicrophone', idle)).to.equal(null);
  });

  it('follow the phone and let go of the keys, also in a browser that lacks some', () => {
    const { session, handlers, microphone } = fakeSession(['togglemicrophone']);
    const acted: ControlAction[] = [];
    const control = mediaKeys(session);
    control({ ...idle, ringing: true }, (action) => acted.push(action));
    handlers.get('play')?.();
    control({ ...idle, active: true }, (action) => acted.push(action));
    handlers.get('hangup')?.();
    expect(acted).to.deep.equal(['answer', 'hang-up']);
    expect([session.metadata?.title, session.playbackState, microphone.at(-1)]).to.deep.equal([
      'Lucy Hall',
      'playing',
      true,
    ]);
    control(null, () => undefined);
    expect([handlers.size, session.metadata, session.playbackState, microphone.at(-1)]).to.deep.equal([
      0,
      null,
      'none',
      false,
    ]);
  });

  it('are taken from the real browser without an error', () => {
    const control = mediaKeys(navigator.mediaSession);
    expect(() => control({ ...idle, active: true }, () => undefined)).not.to.throw();
    expect(navigator.mediaSession.metadata?.title).to.equal('Lucy Hall');
    control(null, () => undefined);
    expect(navigator.mediaSession.metadata).to.equal(null);
  });
});
