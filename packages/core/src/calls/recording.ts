import { quietly } from '../deadline.ts';
import { asError, asFailure, MultiLineError } from '../ports/errors.ts';
import type { Line } from '../ports/line.ts';
import type { Policy } from '../policy/policy.ts';
import type { Call } from './call.ts';
import { active } from './holding.ts';
import type { Calls } from './calls.ts';
import type { LineCalls } from './line-calls.ts';

/** The server's recorder, as the policy lets it be used (ML-49). */
export interface Recording {
  record(id: string, action: 'start' | 'pause' | 'stop'): Promise<void>;
  answered(call: Call): void;
  /** A call was taken back that was recorded: the server may know it as another call by now. */
  takenBack(call: Call): void;
}

export interface RecordingParts {
  readonly line: Line;
  readonly calls: Calls;
  readonly lineCalls: LineCalls;
  readonly policy: Policy['calls'];
  /** Something failed that nobody waits for. */
  failed(error: unknown): void;
}

export function createRecording({ line, calls, lineCalls, policy, failed }: RecordingParts): Recording {
  /** That there is no recorder was said: each further call would say the same. */
  let told = false;

  async function record(id: string, action: 'start' | 'pause' | 'stop'): Promise<void> {
    await lineCalls.attempt(id, 'record', async () => {
      const lineCall = lineCalls.get(id);
      if (!lineCall.record) throw new MultiLineError('unsupported');
      await lineCall.record(action);
    });
  }

  /** The call goes on; whoever speaks, and the page, learn that what was to be recorded is not. */
  function missing(id: string, message?: string): void {
    const error = new MultiLineError('not-recorded', message === undefined ? {} : { message });
    calls.signal(id, { type: 'refused', failure: asFailure(error) });
    failed(error);
  }

  /** What is not to be missed is started; where that fails nobody is left to think that it was. */
  function start(id: string): void {
    record(id, 'start').catch((error: unknown) => {
      calls.signal(id, { type: 'recording', state: 'off' });
      missing(id, asError(error).message);
    });
  }

  return {
    async record(id, action) {
      active(lineCalls.call(id));
      if (policy.recording === 'off') throw new MultiLineError('unsupported');
      // A card number may be left out, the call may not.
      if (policy.recording === 'always' && action === 'stop') throw new MultiLineError('forbidden');
      await record(id, action);
    },
    answered({ id, device }) {
      // What another phone of the user's carries is that one's to record.
      if (policy.recording !== 'always' || device !== line.device) return;
      if (lineCalls.find(id)?.record) start(id);
      else if (!told) {
        told = true;
        missing(id);
      }
    },
    takenBack({ id, recording }) {
      // A recorder that goes on hears nothing new; one that went with the old page begins anew.
      if (recording?.state === 'on') start(id);
      else if (recording?.state === 'paused') quietly(() => record(id, 'pause'));
    },
  };
}
