import { asError, MultiLineError, type CallStage, type Clock } from '@multiline/core';
import { asFields, fieldsOf } from './fields.ts';
import { lines } from './lines.ts';
import type { ServiceClient } from './request.ts';

/** How a callback ended: `not-confirmed` when nobody pressed a key, or voicemail took it; the number was then never called. */
export type CallbackEnd = 'completed' | 'no-answer' | 'busy' | 'declined' | 'failed' | 'not-confirmed';

export type CallbackChange =
  | { readonly stage: CallStage | 'answered' }
  | {
      readonly ended: CallbackEnd;
      /** It was over when it could be heard of again: stages may have gone untold before. */
      readonly gap?: boolean;
    };

export interface CallbackRequest {
  readonly to: string;
  /** Names of further devices that ring, e.g. `desk` (ML-26). */
  readonly alsoRing?: readonly string[];
  readonly correlation: string;
}

/** A call that the service makes: first to the user's own device, then to the number (ML-23). */
export interface Callback {
  /** Hears how it goes, the present state first, until the end, which is always told, or until the signal. Never rejects. */
  watch(listener: (change: CallbackChange) => void, signal: AbortSignal): Promise<void>;
  /** Ends it, wherever it is. */
  end(): Promise<void>;
}

const STAGES = ['calling-device', 'confirming', 'calling', 'answered'] as const;
const ENDS = ['completed', 'no-answer', 'busy', 'declined', 'failed', 'not-confirmed'] as const;
const PAUSE_MS = 1_000;
/** A stream that breaks is asked for again; that often in a row without a word between. */
const TRIES = 30;

/** @throws MultiLineError as the service refuses it */
export async function startCallback(ask: ServiceClient, clock: Clock, request: CallbackRequest): Promise<Callback> {
  const { id } = await fieldsOf(await ask({ method: 'POST', path: 'calls', body: { ...request } }));
  if (typeof id !== 'string' || id === '') throw new MultiLineError('server', { message: 'The call has no id.' });
  const path = `calls/${encodeURIComponent(id)}`;

  return {
    async watch(listener, signal) {
      let gap = false;
      for (let tries = 0; tries < TRIES; tries++) {
        try {
          const response = await ask({ method: 'GET', path, endless: true, signal });
          for await (const line of lines(response)) {
            const change = readChange(line);
            if (!change) continue;
            tries = 0;
            listener(gap && 'ended' in change ? { ...change, gap } : change);
            if ('ended' in change) return;
            gap = false;
          }
        } catch (thrown) {
          // E.g. the service knows the call no more.
          if (thrown instanceof MultiLineError && !thrown.retryable) break;
        }
        if (signal.aborted) return;
        gap = true;
        await new Promise<void>((resolve) => clock.at(clock.now() + PAUSE_MS, resolve));
      }
      listener({ ended: 'failed' });
    },
    async end() {
      try {
        await ask({ method: 'DELETE', path });
      } catch (thrown) {
        if (asError(thrown).code !== 'not-found') throw thrown;
      }
    },
  };
}

function readChange(line: string): CallbackChange | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const fields = asFields(value);
  const ended = ENDS.find((known) => known === fields?.['ended']);
  const stage = STAGES.find((known) => known === fields?.['stage']);
  if (ended) return { ended };
  return stage && { stage };
}
