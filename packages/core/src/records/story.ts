import { recordingsOf, type Call, type CallLeg } from '../calls/call.ts';

/** Below this audio was bad enough to say so (ITU-T G.107 Annex B: many users dissatisfied). */
const POOR_MOS = 3.6;

const LEGS: Readonly<Record<CallLeg['kind'], string>> = {
  'redirected-by': 'Redirected by',
  'redirected-to': 'Redirected to',
  'transferred-to': 'Transferred to',
  'transferred-by': 'Transferred by',
  consulted: 'Consulted',
  joined: 'Conference with',
};

const PROBLEMS = {
  none: 'poor',
  network: 'poor, by the network',
  'no-incoming-audio': 'the other side could not be heard',
  'silent-microphone': 'the microphone was silent',
  'playback-blocked': 'the browser held the sound back',
} as const;

/**
 * What a call's activity says: the notes, and below them what else is to be known of the call (XB-08, MV-61), one line each.
 * Nothing more for a call of which there is nothing more to say. A line that stands in the notes already, as after a conflict
 * that was settled with the CRM's text, is not said twice.
 */
export function loggedText(call: Call): string {
  const notes = call.notes.saved;
  const lines = storyOf(call)
    .map(oneLine)
    .filter((line) => !notes.includes(line));
  return [notes.trimEnd(), lines.join('\n')].filter(Boolean).join('\n\n') || notes;
}

function storyOf(call: Call): string[] {
  // Who logs it in full is the phone that has it: what we say without being asked would contradict that.
  if (call.reason === 'answered-elsewhere' || (call.device === 'elsewhere' && call.notes.saved === '')) return [];
  return [...refusal(call), ...arrival(call), ...journey(call), ...recording(call), ...quality(call)];
}

const REFUSALS: Readonly<Record<string, string>> = { dnd: 'Do Not Disturb', busy: 'busy' };

/** A rule refused it before it could ring. */
function refusal({ refused }: Call): string[] {
  if (!refused) return [];
  const rule = REFUSALS[refused.code];
  return [rule ? `Refused: ${rule}` : 'Refused'];
}

/** How it came: said by the system, where it is no plain call to the user's own number. */
function arrival({ called, queue, collectedDigits, redirectedBy, legs = [] }: Call): string[] {
  const by = legs.some(({ kind }) => kind === 'redirected-by' || kind === 'transferred-by') ? undefined : redirectedBy;
  if (!queue && !collectedDigits && !by) return [];
  return [
    ...(queue ? [`Queue: ${queue}`] : []),
    ...(called ? [`Called number: ${called}`] : []),
    ...(collectedDigits ? [`Digits collected: ${collectedDigits}`] : []),
    ...(by ? [`${LEGS['redirected-by']} ${by}`] : []),
  ];
}

function journey({ legs = [], transfer, startedAt }: Call): string[] {
  const told = legs.map((leg) => `${LEGS[leg.kind]} ${party(leg)} after ${minutes(leg.at - startedAt)}`);
  if (transfer?.state !== 'failed') return told;
  const why = transfer.failure ? `: ${transfer.failure.message}` : '';
  const what = transfer.purpose ? `Adding ${transfer.target} to the call` : `Transfer to ${transfer.target}`;
  return [...told, `${what} failed${why}`];
}

function recording(call: Call): string[] {
  if (!call.recording) return [];
  const urls = recordingsOf(call).filter((url) => /^https?:\/\//i.test(url));
  return urls.length > 0 ? urls.map((url) => `Recording: ${url}`) : ['Recorded'];
}

/** Quiet while all is well. */
function quality({ quality: audio }: Call): string[] {
  if (!audio || (audio.problem === 'none' && audio.mos >= POOR_MOS)) return [];
  const { mos, rttMs, jitterMs, lossPercent } = audio;
  const figures = `MOS ${mos.toFixed(1)}, round trip ${Math.round(rttMs)} ms, jitter ${Math.round(jitterMs)} ms, loss ${lossPercent.toFixed(1)} %`;
  return [`Audio: ${PROBLEMS[audio.problem]} (${figures})`];
}

const party = ({ name, number }: CallLeg): string => (name ? `${name} (${number})` : number);

function minutes(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Names and numbers are a stranger's text: they make no line of their own. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
