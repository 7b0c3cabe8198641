import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Call } from '../index.ts';
import { activityKey } from './activity-key.ts';

const key = (correlation: string, uri = 'sip:ann@x'): Promise<string> => activityKey({ correlation } as Call, uri);

describe('the key of an activity', () => {
  it('is the same for whoever logs this user’s part of the call, and another for a colleague', async () => {
    assert.equal(
      await key('a84b4c76e66710@pc33'),
      createHash('sha256').update('a84b4c76e66710@pc33\nsip:ann@x').digest('hex'),
    );
    assert.notEqual(await key('a84b4c76e66710@pc33'), await key('a84b4c76e66710@pc33', 'sip:bob@x'));
  });

  it('keeps calls apart where the page is not secure, however long and alike what the wire knows them by', async () => {
    const { subtle } = globalThis.crypto;
    Object.defineProperty(globalThis.crypto, 'subtle', { configurable: true, value: undefined });
    try {
      const sources = [
        '',
        'a',
        'a_b',
        'a-b',
        'A-b',
        'é',
        '👩‍🚀',
        ...Array.from({ length: 20_000 }, (_, i) => `${'x'.repeat(300)}${i}`),
      ];
      const keys = await Promise.all(sources.map((source) => key(source)));
      assert.equal(new Set(keys).size, sources.length);
      for (const made of keys) assert.match(made, /^[0-9a-f]{64}$/);
      assert.equal(await key('a'), await key('a'));
      assert.notEqual(await key('a', 'sip:bob@x'), await key('a'));
    } finally {
      Object.defineProperty(globalThis.crypto, 'subtle', { configurable: true, value: subtle });
    }
  });
});
