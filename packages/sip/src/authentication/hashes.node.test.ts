import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { md5, sha256, sha512t256 } from './hashes.ts';

describe('the hashes that digests are made of', () => {
  // Around the ends of blocks, where the length goes into the next one.
  const texts = [...Array.from({ length: 260 }, (_, length) => 'Zoë 5550100 ☎ '.repeat(20).slice(0, length))];

  for (const [name, hash] of [
    ['md5', md5],
    ['sha256', sha256],
    ['sha512-256', sha512t256],
  ] as const) {
    it(`${name} is what everybody else's is`, () => {
      const theirs = (text: string): string => createHash(name).update(text).digest('hex');
      assert.deepEqual(texts.map(hash), texts.map(theirs));
    });
  }
});
