import { MultiLineError, type Clock } from '@multiline/core';
import type { Core, Session } from 'sip.js';
import type { SessionMedia } from './media/session-description.ts';

const TONE_MS = 100;
const GAP_MS = 70;
const PAUSE_MS = 2_000;

interface DigitsCarrier {
  /** `undefined` while there is no dialog. */
  readonly session: Session | undefined;
  readonly audio: SessionMedia | undefined;
  readonly clock: Clock;
}

/**
 * Sends DTMF as telephone events in the audio (RFC 4733), or, where the other side takes none, digit by digit in INFO requests.
 * Resolves when all of it is out.
 * @param digits 0–9, `*`, `#`, A–D; `,` pauses for two seconds
 * @throws MultiLineError `invalid-number` for anything else, `no-such-call` without a dialog
 */
export async function sendDigits(digits: string, { session, audio, clock }: DigitsCarrier): Promise<void> {
  const tones = digits.toUpperCase();
  if (!/^[0-9*#A-D,]+$/.test(tones)) {
    throw new MultiLineError('invalid-number', { message: 'Only digits, *, #, A to D and pauses can be sent.' });
  }
  if (!session) throw new MultiLineError('no-such-call');
  if (await audio?.sendDigits(tones, { duration: TONE_MS, interToneGap: GAP_MS })) {
    await wait(clock, duration(tones));
    return;
  }
  for (const tone of tones) {
    if (tone === ',') {
      await wait(clock, PAUSE_MS);
      continue;
    }
    const content = `Signal=${tone}\r\nDuration=${String(TONE_MS)}\r\n`;
    const body = { contentDisposition: 'render', contentType: 'application/dtmf-relay', content };
    await session.info({ requestOptions: { body } });
  }
}

/** The digit of an INFO, as phones send it without a standard: `Signal=5`, or the digit alone; '' where there is none. */
export function receivedDigits(request: Core.IncomingRequestMessage): string {
  const type = request.getHeader('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  const [, signal = ''] = (type === 'application/dtmf-relay' && /^\s*Signal\s*=\s*(\S+)/im.exec(request.body)) || [];
  const named = type === 'application/dtmf' ? request.body.trim() : signal;
  // By their numbers as telephone events (RFC 4733 §3.2) where they are not written out.
  const digit = { '10': '*', '11': '#' }[named] ?? named.toUpperCase();
  return /^[0-9*#A-D]$/.test(digit) ? digit : '';
}

function duration(tones: string): number {
  const pauses = tones.split(',').length - 1;
  return pauses * PAUSE_MS + (tones.length - pauses) * (TONE_MS + GAP_MS);
}

function wait(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(clock.now() + ms, resolve);
  });
}
