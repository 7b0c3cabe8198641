import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError } from '@multiline/core';
import { apiName, soqlLikeDigits, soqlList, soqlText, soslDigits, soslPrefix, validId } from './queries.ts';

const HOSTILE = [
  "' OR Name != '",
  "\\' OR Name != \\'",
  '\\',
  "'",
  "''",
  '"}) RETURNING User(Id',
  '} IN ALL FIELDS RETURNING User(Id)',
  "x\n' LIMIT 1 //",
  '\u0000\u0001\u2028\u2029',
  '{a} [b] (c) ^d ~e *f :g "h" +i -j ?k &l |m !n',
  '%_%',
  '\u202e1010',
  '👩‍🚀 ñ 李',
];

/** The text between the outer quotes, read as SOQL reads it; undefined if the literal ends before it should. */
function readLiteral(literal: string): string | undefined {
  const inner = /^'((?:[^'\\\n\r]|\\[nrtf'"\\])*)'$/.exec(literal)?.[1];
  return inner?.replace(
    /\\([nrtf'"\\])/g,
    (_, escaped: string) => ({ n: '\n', r: '\r', t: '\t', f: '\f' })[escaped] ?? escaped,
  );
}

describe('text in queries', () => {
  for (const text of HOSTILE) {
    it(`stays one literal: ${JSON.stringify(text)}`, () => {
      const read = readLiteral(soqlText(text));
      assert.equal(read, text.replace(/[\u0000\u0001\u2028\u2029]/g, ''));
    });

    it(`stays one search term: ${JSON.stringify(text)}`, () => {
      const term = soslPrefix(text);
      if (term === undefined) {
        assert.doesNotMatch(text, /[\p{L}\p{N}]/u);
        return;
      }
      assert.match(term, /^(?:[^?&|!{}[\]()^~*:\\"'+-]|\\.)+\*$/u, 'every reserved character is escaped');
      assert.doesNotMatch(term, /[\n\r\u0000]/);
    });
  }

  it('lists literals', () => {
    assert.equal(soqlList(["O'Hara", 'b']), "('O\\'Hara', 'b')");
  });

  it('finds digits whatever stands between them, and nothing but digits gets in', () => {
    assert.equal(soqlLikeDigits('4155'), "'%4%1%5%5%'");
    assert.equal(soqlLikeDigits("4' OR 1=1"), "'%4%1%1%'");
    assert.equal(soslDigits('(415) OR {x}'), '415');
    assert.equal(soslDigits('415', true), '415*');
  });

  it('takes no operator for a word', () => {
    assert.deepEqual(['AND', 'OR', 'NOT'].map(soslPrefix), ['AND*', 'OR*', 'NOT*']);
    assert.equal(soslPrefix('***'), undefined);
    assert.equal(soslPrefix(''), undefined);
  });

  it('lets only API names stand without quotes', () => {
    assert.equal(apiName('ML_Call_Key__c'), 'ML_Call_Key__c');
    for (const name of ['', '1x', 'a b', 'Id FROM User', "x'", 'a.b', 'x'.repeat(81), 'a/../b', 'Namé']) {
      assert.throws(
        () => apiName(name),
        (error) => error instanceof MultiLineError && error.code === 'refused',
      );
    }
  });
});

describe('record ids', () => {
  it('are 15 characters, or 18 with a checksum that fits', () => {
    for (const id of ['001D000000IRFma', '001D000000IRFmaIAH', '003000000000001AAA']) assert.ok(validId(id), id);
  });

  it('are nothing else', () => {
    for (const id of [
      '',
      '001',
      '001D000000IRFmaIAI',
      '001D000000IRFm/',
      '001D000000IRFmaI',
      '../../../../../../',
      'contact-lucy',
      '001D000000IRFma\n',
    ]) {
      assert.ok(!validId(id), id);
    }
  });
});
