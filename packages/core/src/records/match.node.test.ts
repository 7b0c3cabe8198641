import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { presets, type CrmRecord, type Policy } from '../index.ts';
import { seedKinds } from '@multiline/testing';
import { chosenMatch, decideMatch, searching } from './match.ts';

const record = (kind: string, id: string, more: Partial<CrmRecord> = {}): CrmRecord => ({
  kind,
  id,
  name: `${kind} ${id}`,
  ...more,
});
const decide = (records: readonly CrmRecord[], several: Policy['match']['several'] = 'choose', kinds = seedKinds) =>
  decideMatch(
    records.map((one) => ({ number: '+14155550101', record: one })),
    presets.default({ match: { several } }).match,
    kinds,
  );
const names = (records: readonly CrmRecord[]): string[] => records.map(({ id }) => id);

describe('decideMatch', () => {
  it('nobody', () => {
    assert.deepEqual(decide([]), {
      state: 'unknown',
      record: null,
      candidates: [],
      why: { code: 'nobody', values: {} },
    });
  });

  it('the only one, also when two numbers found it', () => {
    const match = decide([record('Contact', 'a'), record('Contact', 'a')]);
    assert.deepEqual(
      [match.state, match.record?.id, match.candidates, match.why?.code],
      ['matched', 'a', [], 'only-match'],
    );
  });

  it('the first kind of the order that has a match decides, the others are offered', () => {
    const match = decide([record('Account', 'c'), record('Lead', 'b'), record('PersonAccount', 'p')]);
    assert.deepEqual([match.record?.id, names(match.candidates)], ['p', ['b', 'c']]);
    assert.deepEqual(match.why, { code: 'first-kind', values: { kind: 'Person Account', others: 2 } });
  });

  it('kinds the policy does not name come last', () => {
    assert.equal(decide([record('Case', 'x'), record('Account', 'c')]).record?.id, 'c');
    assert.equal(decide([record('Case', 'x')]).record?.id, 'x');
  });

  it('several of the deciding kind wait for a person, newest first', () => {
    const match = decide([
      record('Lead', 'old', { createdAt: 1 }),
      record('Lead', 'new', { createdAt: 9 }),
      record('Account', 'c'),
    ]);
    assert.deepEqual([match.state, match.record, names(match.candidates)], ['ambiguous', null, ['new', 'old', 'c']]);
    assert.deepEqual(match.why, { code: 'several', values: { count: 2, kind: 'Lead' } });
  });

  const three = [
    record('Lead', 'b', { createdAt: 5, modifiedAt: 9 }),
    record('Lead', 'c', { createdAt: 9, modifiedAt: 1 }),
    record('Lead', 'a', { createdAt: 1, modifiedAt: 5 }),
  ];
  for (const [rule, id] of [
    ['newest', 'c'],
    ['last-modified', 'b'],
    ['first', 'a'],
  ] as const) {
    it(`several and the rule ${rule}: always the same one, and why`, () => {
      for (const order of [three, [...three].reverse()]) {
        const match = decide(order, rule);
        assert.deepEqual([match.state, match.record?.id, match.candidates.length], ['matched', id, 2]);
        assert.deepEqual(match.why, { code: rule, values: { name: `Lead ${id}`, count: 3, kind: 'Lead' } });
      }
    });
  }

  it('without dates the id decides, always the same way', () => {
    const two = [record('Lead', 'y'), record('Lead', 'x')];
    assert.equal(decide(two, 'newest').record?.id, decide([...two].reverse(), 'newest').record?.id);
  });

  it('a person’s word holds, the others stay offered', () => {
    const before = decide([record('Contact', 'a'), record('Lead', 'b')]);
    const match = chosenMatch(before, record('Lead', 'b'));
    assert.deepEqual(
      [match.state, match.record?.id, names(match.candidates), match.why?.code],
      ['matched', 'b', ['a'], 'chosen'],
    );
    assert.equal(chosenMatch(searching, record('Lead', 'b')).candidates.length, 0);
  });
});
