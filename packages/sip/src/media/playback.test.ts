import { expect } from '@open-wc/testing';
import { playback, type Playback } from './playback.ts';

describe('playback', () => {
  const native = {
    Audio: globalThis.Audio,
    play: HTMLMediaElement.prototype.play,
    setSinkId: HTMLMediaElement.prototype.setSinkId,
  };
  let speakers: Playback[];
  let elements: HTMLAudioElement[];
  let facts: boolean[];
  let stream: MediaStream;

  beforeEach(() => {
    speakers = [];
    elements = [];
    facts = [];
    stream = new MediaStream();
    globalThis.Audio = class extends native.Audio {
      constructor() {
        super();
        elements.push(this);
      }
    };
  });

  afterEach(() => {
    speakers.forEach((speaker) => speaker.dispose());
    globalThis.Audio = native.Audio;
    HTMLMediaElement.prototype.play = native.play;
    HTMLMediaElement.prototype.setSinkId = native.setSinkId;
  });

  function speaker(): Playback {
    const made = playback((blocked) => facts.push(blocked));
    speakers.push(made);
    return made;
  }

  /** Lets the browser refuse, or not, and tells when it was asked. */
  function playing(outcome: () => Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      HTMLMediaElement.prototype.play = () => {
        const result = outcome();
        result.then(resolve, () => resolve());
        return result;
      };
    });
  }
  const refused = (name: string) => (): Promise<void> => Promise.reject(new DOMException('no', name));

  it('makes no element before there is something to play', async () => {
    const one = speaker();
    one.stop();
    expect(await one.chooseOutput('')).to.equal(true);
    expect(elements).to.have.length(0);
  });

  it('plays a stream, one element for all of them, outside the page', async () => {
    const context = new AudioContext();
    const { stream: sound } = context.createMediaStreamDestination();
    const one = speaker();
    one.play(sound);
    await new Promise((resolve) => elements[0]?.addEventListener('playing', resolve, { once: true }));
    one.play(stream);
    expect(elements).to.have.length(1);
    expect(elements[0]?.srcObject).to.equal(stream);
    expect(elements[0]?.isConnected).to.equal(false);
    one.stop();
    expect(elements[0]?.srcObject).to.equal(null);
    expect(one.blocked).to.equal(false);
    await context.close();
  });

  it('tells once that the browser refuses, and that sound comes after a gesture', async () => {
    let asked = playing(refused('NotAllowedError'));
    const one = speaker();
    one.play(stream);
    await asked;
    await Promise.resolve();
    dispatchEvent(new KeyboardEvent('keydown'));
    await Promise.resolve();
    await Promise.resolve();
    expect([one.blocked, facts]).to.deep.equal([true, [true]]);
    asked = playing(() => Promise.resolve());
    dispatchEvent(new PointerEvent('pointerup'));
    await asked;
    await Promise.resolve();
    expect([one.blocked, facts]).to.deep.equal([false, [true, false]]);
  });

  it('is no longer refused when there is nothing to play any more', async () => {
    const asked = playing(refused('NotAllowedError'));
    const one = speaker();
    one.play(stream);
    await asked;
    await Promise.resolve();
    one.stop();
    let again = false;
    void playing(() => Promise.resolve()).then(() => (again = true));
    dispatchEvent(new PointerEvent('pointerup'));
    await Promise.resolve();
    expect([facts, again]).to.deep.equal([[true, false], false]);
  });

  it('takes no interruption for a refusal', async () => {
    const asked = playing(refused('AbortError'));
    speaker().play(stream);
    await asked;
    await Promise.resolve();
    expect(facts).to.deep.equal([]);
  });

  it('chooses a loudspeaker, also before there is an element, and says when it is not there', async () => {
    const chosen: string[] = [];
    HTMLMediaElement.prototype.setSinkId = (id: string) => {
      chosen.push(id);
      return id === 'gone' ? Promise.reject(new DOMException('gone', 'NotFoundError')) : Promise.resolve();
    };
    const one = speaker();
    await one.chooseOutput('headset');
    one.play(stream);
    expect(await one.chooseOutput('gone')).to.equal(false);
    expect(await one.chooseOutput('')).to.equal(true);
    expect(chosen).to.deep.equal(['headset', 'gone', '']);
  });
});
