import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scriptedLine } from '@multiline/testing';
import { createWorkspace } from '../create-workspace.ts';

describe('ringing the desk phone too', () => {
  it('[ML-26] is what the user wishes, where another device carries the call', async () => {
    for (const [device, wished, expected] of [
      ['elsewhere', true, ['desk']],
      ['elsewhere', false, undefined],
      ['here', true, undefined],
    ] as const) {
      const line = scriptedLine({ device });
      const workspace = createWorkspace({ line });
      await workspace.start();
      await workspace.changeSettings({ alsoRingDeskPhone: wished });
      await workspace.dial('+14155550101');
      assert.deepEqual(line.dialedWith[0]?.alsoRing, expected);
      await workspace.stop();
    }
  });
});
