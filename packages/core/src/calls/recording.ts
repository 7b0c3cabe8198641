import { quietly } from '../deadline.ts';
import { MultiLineError } from '../ports/errors.ts';
import type { Policy } from '../policy/policy.ts';
import type { Call } from './call.ts';
import { active } from './holding.ts';
import type { LineCalls } from './line-calls.ts';

/** The server's recorder, as the policy lets it be used (ML-49). */
export interface Recording {
  record(id: string, action: 'start' | 'pause' | 'stop'): Promise<void>;
  answered(call: Call): void;
}

export function createRecording(lineCalls: LineCalls, policy: Policy['calls']): Recording {
  async function record(id: string, action: 'start' | 'pause' | 'stop'): Promise<void> {
    await lineCalls.attempt(id, 'record', async () => {
      const lineCall = lineCalls.get(id);
      if (!lineCall.record) throw new MultiLineError('unsupported');
      await lineCall.record(action);
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
    answered({ id }) {
      if (policy.recording === 'always' && lineCalls.find(id)?.record) quietly(() => record(id, 'start'));
    },
  };
}
