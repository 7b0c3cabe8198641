import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { scriptedLine } from '@multiline/testing';
import { presets, type LineCall } from '../index.ts';
import { newCall, readParty } from './new-call.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function held(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

describe('a new call', () => {
  it('keeps what its line says of it, and not the message in which it stood', () => {
    const line = scriptedLine();
    /** As a parser reads it out of a message of a megabyte. */
    const cut = (name: string): string => `${'a long message '.repeat(70_000)}${name}`.slice(-name.length);
    const fromMessage = (index: number): LineCall => ({
      ...line.ring({ address: '+14155550101' }),
      correlation: cut(`correlation-${index}@sandbox.test`),
      remote: { address: '+14155550101', name: cut(`Lucy Hall of Acme ${index}`) },
      called: cut(`+1415555000${index}`.padEnd(16, '0')),
    });
    const rules = { ...presets.default().dialing, country: 'US' };
    const before = held();
    const calls = Array.from({ length: 9 }, (_, index) => newCall(fromMessage(index), line, rules, 0, {}));
    assert.ok(held() - before < 1_000_000, 'The messages are kept.');
    assert.equal(calls[3]?.correlation, 'correlation-3@sandbox.test');
    assert.equal(calls[3].displayName, 'Lucy Hall of Acme 3');
  });
});

describe('whom the wire names', () => {
  const rules = { ...presets.default().dialing, country: 'US' };

  for (const [address, name] of [
    ['+14155550101', '+14155550101'],
    ['+14155550101', '(415) 555-0101'],
    ['4155550101', '+1 415 555 0101'],
    ['1002', '1002'],
    ['support-desk', 'support-desk'],
  ] as const)
    it(`has no name where "${name}" only repeats ${address}`, () => {
      assert.equal(readParty({ address, name }, rules).name, undefined);
    });

  for (const [address, name] of [
    ['+14155550101', 'Lucy Hall'],
    ['+14155550101', 'Lucy +1 415 555 0101'],
    ['+14155550101', '1002'],
    ['1002', '365'],
  ] as const)
    it(`is called "${name}" beside ${address}`, () => {
      assert.equal(readParty({ address, name }, rules).name, name);
    });
});
