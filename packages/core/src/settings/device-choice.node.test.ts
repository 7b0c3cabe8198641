import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scriptedLine } from '@multiline/testing';
import { atom } from 'nanostores';
import { MultiLineError } from '../index.ts';
import type { AudioDeviceList, AudioDevices } from '../ports/audio-devices.ts';
import { browser, desk } from '../../test/desk.ts';

const device = (label: string) => ({ id: `id of ${label}`, label });

/** A line with devices that come and go. */
function audioLine(refusing = false) {
  const asked: string[] = [];
  const $devices = atom<AudioDeviceList>({
    microphones: [device('Built-in')],
    speakers: [device('Built-in')],
    microphone: null,
    speaker: null,
    speakerChoice: true,
  });
  const audio: AudioDevices = {
    $devices,
    choose(kind, label) {
      asked.push(`${kind} ${label ?? '(system)'}`);
      return refusing ? Promise.reject(new MultiLineError('mic-missing')) : Promise.resolve();
    },
    async process({ noiseSuppression }) {
      asked.push(`noise suppression ${noiseSuppression ? 'on' : 'off'}`);
    },
    testMicrophone: async () => () => undefined,
    testSpeaker: async () => undefined,
  };
  const plug = (...labels: string[]): void =>
    $devices.set({ ...$devices.get(), microphones: labels.map(device), speakers: labels.map(device) });
  return { line: Object.assign(scriptedLine(), { audio }), asked, plug };
}

describe('devices', () => {
  it('are those the person chose, over a reload, and again when one comes back', async () => {
    const inside = browser();
    const first = audioLine();
    const before = await desk(inside, { line: first.line });
    assert.deepEqual(first.asked.splice(0), ['noise suppression on']);
    await before.workspace.changeSettings({ microphone: 'Headset', noiseSuppression: false });
    assert.deepEqual(first.asked.splice(0), ['microphone Headset', 'noise suppression off']);
    await before.workspace.stop();

    const second = audioLine();
    const here = await desk(inside, { line: second.line });
    assert.deepEqual(second.asked.splice(0), ['microphone Headset', 'noise suppression off']);
    second.plug('Built-in', 'Headset');
    assert.deepEqual(second.asked.splice(0), ['microphone Headset']);
    second.plug('Headset');
    assert.deepEqual(second.asked, []);
    second.plug('Built-in');
    second.plug('Built-in', 'Headset');
    assert.deepEqual(second.asked.splice(0), ['microphone Headset', 'microphone Headset']);
    await here.workspace.changeSettings({ microphone: '' });
    assert.deepEqual(second.asked.splice(0), ['microphone (system)']);
    await here.workspace.stop();
    second.plug('Other');
    assert.deepEqual(second.asked, []);
  });

  it('one that cannot be had disturbs nobody', async () => {
    const { line, asked } = audioLine(true);
    const here = await desk(browser(), { line });
    await here.workspace.changeSettings({ speaker: 'Gone' });
    assert.deepEqual([asked.at(-1), here.facts.includes('ml-error')], ['speaker Gone', false]);
    await here.workspace.stop();
  });
});
