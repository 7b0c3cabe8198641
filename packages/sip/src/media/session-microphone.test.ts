import { expect } from '@open-wc/testing';
import { callMicrophone } from './call-microphone.ts';
import { endSessions, failures, media, micOf, rejection, talk } from './session-pair.test.ts';
import type { SessionMedia } from './session-description.ts';
import { ear, endTones, toneTrack, until } from './tones.test.ts';

describe('the microphone of a session', () => {
  let opened: MediaStreamTrack[];
  let refuse: Error | undefined;
  let us: SessionMedia;
  let them: SessionMedia;

  beforeEach(async () => {
    opened = [];
    refuse = undefined;
    us = media({
      openMicrophone: () => {
        if (refuse) return Promise.reject(refuse);
        const track = toneTrack(500 + opened.length * 400);
        opened.push(track);
        return Promise.resolve(track);
      },
    });
    them = media();
    await talk(us, them);
  });

  afterEach(() => {
    endSessions();
    endTones();
  });

  /** The system mutes a track, as only it can. */
  function systemMutes(track: MediaStreamTrack | undefined, muted: boolean): void {
    if (!track) throw new Error('There is no microphone.');
    Object.defineProperty(track, 'muted', { configurable: true, value: muted });
    track.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }

  it('gives its place to another without a gap', async () => {
    const hears = ear(them.remote);
    await until(() => hears(500));
    await us.renewMicrophone();
    expect(opened.map(({ readyState }) => readyState)).to.deep.equal(['ended', 'live']);
    expect(micOf(us)).to.equal(opened[1]);
    await until(() => hears(900) && !hears(500));
    expect(failures).to.deep.equal([]);
  });

  it('stays muted through a change', async () => {
    us.mute(true);
    await us.renewMicrophone();
    expect(micOf(us)?.enabled).to.equal(false);
  });

  it('goes on when no other opens', async () => {
    refuse = new DOMException('busy', 'NotReadableError');
    await rejection(us.renewMicrophone());
    expect([micOf(us), opened[0]?.readyState]).to.deep.equal([opened[0], 'live']);
  });

  it('is not opened by a change of the choice alone', async () => {
    const idle = media({
      openMicrophone: () => Promise.reject(new Error('opened')),
    });
    await idle.renewMicrophone();
  });

  describe('as the user knows it', () => {
    const lost = (): void => {
      const track = opened.at(-1);
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
    };

    it('is muted while the system mutes it, and until we unmute it too', () => {
      const told: boolean[] = [];
      const microphone = callMicrophone((muted) => told.push(muted));
      microphone.join(us);
      systemMutes(opened[0], true);
      expect(told).to.deep.equal([true]);
      microphone.mute(true);
      systemMutes(opened[0], false);
      expect(told).to.deep.equal([true]);
      microphone.mute(false);
      expect(told).to.deep.equal([true, false]);
    });

    it('cannot be unmuted while the system mutes it', () => {
      const told: boolean[] = [];
      const microphone = callMicrophone((muted) => told.push(muted));
      microphone.join(us);
      systemMutes(opened[0], true);
      microphone.mute(false);
      expect(told).to.deep.equal([true]);
    });

    it('is heard again when the muted one gives its place to one that is not', async () => {
      const told: boolean[] = [];
      const microphone = callMicrophone((muted) => told.push(muted));
      microphone.join(us);
      systemMutes(opened[0], true);
      await microphone.renew();
      systemMutes(opened[0], true);
      expect(told).to.deep.equal([true, false]);
    });

    it('is muted while there is none, and takes one that is plugged in as it was before', async () => {
      const told: boolean[] = [];
      const microphone = callMicrophone((muted) => told.push(muted));
      microphone.join(us);
      refuse = new DOMException('none', 'NotFoundError');
      lost();
      await microphone.lost();
      expect(told).to.deep.equal([true]);
      await microphone.renew();
      expect(told).to.deep.equal([true]);
      refuse = undefined;
      await microphone.renew();
      expect([told, micOf(us)]).to.deep.equal([[true, false], opened[1]]);
    });
  });
});
