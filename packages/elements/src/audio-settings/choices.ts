import type { AudioDevice, Settings } from '@multiline/core';
import type { StringKey } from '../strings/english.ts';
import type { StringValues } from '../strings/localize.ts';

/** One entry of a list of devices: what is said, and what it changes. */
export interface DeviceChoice {
  readonly text: string;
  readonly chosen: boolean;
  readonly change: Partial<Settings>;
}

type Words = (key: StringKey, values?: StringValues) => string;

/** The labels of devices that can be told apart: an unnamed one cannot be chosen. */
const labels = (devices: readonly AudioDevice[]): string[] => [
  ...new Set(devices.flatMap(({ label }) => (label === '' ? [] : label))),
];

/** The system's choice, what is connected, and what was chosen and is away. */
export function deviceChoices(
  kind: 'microphone' | 'speaker',
  chosen: string,
  devices: readonly AudioDevice[],
  words: Words,
): DeviceChoice[] {
  const connected = labels(devices);
  const away = chosen === '' || connected.includes(chosen) ? [] : [chosen];
  const choice = (label: string, text: string): DeviceChoice => ({
    text,
    chosen: label === chosen,
    change: kind === 'microphone' ? { microphone: label } : { speaker: label },
  });
  return [
    choice('', words('audio.system')),
    ...connected.map((label) => choice(label, label)),
    ...away.map((label) => choice(label, words('audio.absent', { device: label }))),
  ];
}

/** The system's choice, all of them, one of them, and what was chosen otherwise: several at once, or one that is away. */
export function ringerChoices(
  chosen: readonly string[],
  speakers: readonly AudioDevice[],
  words: Words,
): DeviceChoice[] {
  const connected = labels(speakers);
  const same = (ringers: readonly string[]): boolean => ringers.join('\n') === chosen.join('\n');
  const choice = (ringers: readonly string[], text: string): DeviceChoice => ({
    text,
    chosen: same(ringers),
    change: { ringers },
  });
  const choices = [
    choice([], words('audio.system')),
    choice(['*'], words('audio.all')),
    ...connected.map((label) => choice([label], label)),
  ];
  if (choices.some((one) => one.chosen)) return choices;
  const names = chosen.map((label) => (connected.includes(label) ? label : words('audio.absent', { device: label })));
  return [...choices, choice(chosen, names.join(' · '))];
}
