import { MultiLineError, type AudioDeviceList } from '@multiline/core';
import { manualClock, type ManualClock } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import { audioDevices, type AudioUser, type LineAudio } from './devices.ts';
import { rejection } from './session-pair.test.ts';
import { until } from './tones.test.ts';

const first = 'Fake Audio Input 1';
const second = 'Fake Audio Input 2';
const loudspeaker = 'Fake Audio Output 1';

/** A call that notes what it is told. */
class User implements AudioUser {
  renewed = 0;
  readonly outputs: string[] = [];
  refuse: Error | undefined;

  async renewMicrophone(): Promise<void> {
    this.renewed += 1;
    if (this.refuse) throw this.refuse;
  }

  chooseOutput(deviceId: string): void {
    this.outputs.push(deviceId);
  }
}

describe('the audio devices', () => {
  const native = navigator.mediaDevices;
  const enumerate = native.enumerateDevices.bind(native);
  const getUserMedia = native.getUserMedia.bind(native);
  let clock: ManualClock;
  let devices: LineAudio;
  let unplugged: Set<string>;
  let asked: number;
  let undo: (() => void)[];

  beforeEach(() => {
    clock = manualClock();
    devices = audioDevices(clock);
    unplugged = new Set();
    asked = 0;
    undo = [];
    native.enumerateDevices = async () => {
      asked += 1;
      return (await enumerate()).filter(({ label }) => !unplugged.has(label));
    };
  });

  afterEach(() => {
    undo.splice(0).forEach((step) => step());
    native.enumerateDevices = enumerate;
    native.getUserMedia = getUserMedia;
  });

  function plug(label: string, present: boolean): void {
    if (present) unplugged.delete(label);
    else unplugged.add(label);
    native.dispatchEvent(new Event('devicechange'));
  }

  /** The list once it is so. */
  function list(
    is: (list: AudioDeviceList) => boolean = ({ speakers }) => speakers.length > 0,
  ): Promise<AudioDeviceList> {
    return new Promise((resolve) => {
      undo.push(
        devices.$devices.subscribe((now) => {
          if (is(now)) resolve(now);
        }),
      );
    });
  }

  async function opened(): Promise<MediaStreamTrack> {
    const track = await devices.openMicrophone(new AbortController().signal);
    undo.push(() => track.stop());
    return track;
  }

  function follow(): User {
    const user = new User();
    undo.push(devices.follow(user));
    return user;
  }

  const idOf = async (label: string): Promise<string | undefined> =>
    (await enumerate()).find((device) => device.label === label)?.deviceId;

  it('lists what is plugged in, without the system’s names for it, and asks nothing before somebody looks', async () => {
    expect(asked).to.equal(0);
    const { microphones, speakers, microphone, speaker, speakerChoice } = await list();
    expect(microphones.map(({ label }) => label)).to.deep.equal([first, second]);
    expect(speakers.map(({ label }) => label))
      .to.include(loudspeaker)
      .and.not.include('Fake Default Audio Output');
    expect([microphone, speaker, speakerChoice]).to.deep.equal([null, null, true]);
  });

  it('opens the chosen microphone with the chosen cleaning', async () => {
    await devices.choose('microphone', second);
    await devices.process({ noiseSuppression: false, echoCancellation: true, autoGain: false });
    const track = await opened();
    const { deviceId, noiseSuppression, echoCancellation, autoGainControl } = track.getSettings();
    expect(deviceId).to.equal(await idOf(second));
    expect([noiseSuppression, echoCancellation, autoGainControl]).to.deep.equal([false, true, false]);
    expect((await list(({ microphone }) => microphone !== null)).microphone).to.equal(second);
  });

  it('opens the system’s while the chosen one is not there, and says so', async () => {
    unplugged.add(second);
    await devices.choose('microphone', second);
    expect((await opened()).getSettings().deviceId).to.equal('default');
    expect((await list()).microphone).to.equal(null);
  });

  it('opens the system’s when the chosen one is held by another program, and says so', async () => {
    await list();
    await devices.choose('microphone', second);
    const busy = await idOf(second);
    native.getUserMedia = async (constraints) => {
      const { deviceId } = constraints?.audio as { deviceId?: { exact: string } };
      if (deviceId?.exact === busy) throw new DOMException('busy', 'NotReadableError');
      return getUserMedia(constraints);
    };
    expect((await opened()).getSettings().deviceId).to.equal('default');
    expect(devices.$devices.get().microphone).to.equal(null);
  });

  it('does not take a refusal of the person for a device that is not there', async () => {
    await list();
    await devices.choose('microphone', second);
    let tries = 0;
    native.getUserMedia = () => {
      tries += 1;
      return Promise.reject(new DOMException('no', 'NotAllowedError'));
    };
    expect((await rejection(opened())).code).to.equal('mic-denied');
    expect(tries).to.equal(1);
  });

  it('lets calls go on with the next best microphone, and takes the chosen one again when it is back', async () => {
    await devices.choose('microphone', second);
    const user = follow();
    await list(({ microphone }) => microphone === second);
    plug(second, false);
    await list(({ microphone }) => microphone === null);
    await until(() => user.renewed === 1);
    plug(second, true);
    await list(({ microphone }) => microphone === second);
    await until(() => user.renewed === 2);
  });

  it('leaves calls alone when another device comes or goes', async () => {
    const user = follow();
    await list();
    plug(second, false);
    await list(({ microphones }) => microphones.length === 1);
    plug(loudspeaker, false);
    await list(({ speakers }) => speakers.every(({ label }) => label !== loudspeaker));
    expect([user.renewed, user.outputs]).to.deep.equal([0, ['']]);
  });

  it('lets calls play on the chosen loudspeaker, on the system’s while it is away, and again when it is back', async () => {
    const user = follow();
    await list();
    await devices.choose('speaker', loudspeaker);
    const id = await idOf(loudspeaker);
    expect(user.outputs).to.deep.equal(['', id]);
    plug(loudspeaker, false);
    await list(({ speaker }) => speaker === null);
    plug(loudspeaker, true);
    await list(({ speaker }) => speaker === loudspeaker);
    expect(user.outputs).to.deep.equal(['', id, '', id]);
    expect(follow().outputs).to.deep.equal([id]);
    expect(user.renewed).to.equal(0);
  });

  it('goes back to the choice before when no microphone opens, and says why', async () => {
    const user = follow();
    await list();
    await devices.choose('microphone', first);
    user.refuse = new MultiLineError('mic-in-use');
    expect((await rejection(devices.choose('microphone', second))).code).to.equal('mic-in-use');
    expect(devices.$devices.get().microphone).to.equal(first);
  });

  it('refuses a device without a name', async () => {
    expect((await rejection(devices.choose('microphone', ''))).code).to.equal('refused');
  });

  it('cleans the sound of live calls otherwise at once, and does nothing when it is so already', async () => {
    const user = follow();
    await devices.process({ noiseSuppression: true, echoCancellation: true, autoGain: true });
    expect(user.renewed).to.equal(0);
    await devices.process({ noiseSuppression: false, echoCancellation: true, autoGain: true });
    expect(user.renewed).to.equal(1);
  });

  it('shows how loud the microphone is until the test is over, and lets go of it then', async () => {
    const tracks: MediaStreamTrack[] = [];
    native.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      tracks.push(...stream.getTracks());
      return stream;
    };
    const levels: number[] = [];
    const stop = await devices.testMicrophone((level) => levels.push(level));
    expect(levels).to.deep.equal([]);
    // The fake microphone beeps.
    await until(() => (clock.advance(100), levels.some((level) => level > 0.3)));
    expect(Math.max(...levels)).to.be.at.most(1);
    stop();
    expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(['ended']);
    expect(clock.waiting).to.equal(0);
  });

  it('plays a sound on the chosen loudspeaker', async () => {
    await list();
    await devices.choose('speaker', loudspeaker);
    const sinks: string[] = [];
    const { play } = HTMLMediaElement.prototype;
    const played: string[] = [];
    const { setSinkId } = HTMLMediaElement.prototype;
    undo.push(() => Object.assign(HTMLMediaElement.prototype, { play, setSinkId }));
    HTMLMediaElement.prototype.setSinkId = function (id) {
      sinks.push(id);
      return setSinkId.call(this, id);
    };
    HTMLMediaElement.prototype.play = function () {
      const tracks = (this.srcObject as MediaStream).getAudioTracks();
      played.push(...tracks.map(({ readyState }) => readyState));
      return play.call(this);
    };
    await devices.testSpeaker();
    expect([sinks, played]).to.deep.equal([[await idOf(loudspeaker)], ['live']]);
  });
});
