import { addEnglish } from './fallback.ts';

/** What the audio settings say; comes with them. */
export const englishAudio = {
  'audio.title': 'Sound',
  'audio.microphone': 'Microphone',
  'audio.speaker': 'Speaker',
  'audio.ring-on': 'Ring on',
  'audio.system': 'System’s choice',
  'audio.all': 'All outputs',
  'audio.absent': '{device} (not connected)',
  'audio.noise': 'Noise suppression',
  'audio.noise-hint': 'Keeps fans and keyboards out of the call',
  'audio.test-microphone': 'Test microphone',
  'audio.stop-test': 'Stop test',
  'audio.level': 'Level of the microphone',
  'audio.level-value': '{percent} percent',
  'audio.speak': 'Say something: the bar follows your voice.',
  'audio.test-speaker': 'Play a sound',
  'audio.hidden': 'The browser names devices once it may use the microphone.',
  'audio.allow': 'Allow microphone',
  'audio.no-microphone': 'No microphone is connected.',
  'audio.no-microphone-hint': 'Connect one: it appears here by itself.',
  'audio.no-choice': 'This browser always plays on the system’s speaker.',
  'audio.test-failed': 'The test did not work.',
  'audio.elsewhere': 'The sound is on your phone',
  'audio.elsewhere-hint': 'Another device carries your calls; its own settings hold.',
} as const;

addEnglish(englishAudio);
