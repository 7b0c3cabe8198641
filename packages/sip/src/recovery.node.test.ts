import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pauseMs } from './recovery.ts';

describe('pauseMs', () => {
  it('doubles with each failure and stops at the longest', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 7, 50].map((failures) => pauseMs(failures, 1)),
      [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000],
    );
  });

  it('leaves half of every pause to chance', () => {
    assert.equal(pauseMs(4, 0), 4000);
    assert.equal(pauseMs(4, 0.5), 6000);
  });
});
