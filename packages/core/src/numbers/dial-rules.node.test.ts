import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkDialRules, dialTarget, type DialRules } from './dial-rules.ts';

const pbx: DialRules = {
  country: 'US',
  outsidePrefix: '9',
  longDistancePrefix: '1',
  internationalPrefix: '011',
  internalPattern: String.raw`\+1415555(1\d{3})`,
  rewrites: [
    { match: String.raw`\+1800(\d{7})`, replace: '8800$1' },
    { match: String.raw`\+1(?:900|976)\d{7}`, replace: '0' },
  ],
  format: 'pbx',
};

function dialed(number: string, rules: DialRules): string | undefined {
  return dialTarget(number, rules)?.user;
}

describe('dial rules', () => {
  it('[MV-33] applies the pre-defined dialing prefixes an admin configured', () => {
    assert.equal(dialed('+14155550101', pbx), '914155550101');
    assert.equal(dialed('(212) 555-0101', pbx), '912125550101');
    assert.equal(dialed('+44 20 7946 0105', pbx), '9011442079460105');
    assert.equal(dialed('555-0101', pbx), '95550101');
    // Inside the house, rewritten, and never touched:
    assert.equal(dialed('+1 415 555 1001', pbx), '1001');
    assert.equal(dialed('1-800-555-0101', pbx), '88005550101');
    assert.equal(dialed('+1 900 555 0101', pbx), '0');
    assert.equal(dialed('1001', pbx), '1001');
    assert.equal(dialed('*97', pbx), '*97');
    for (const emergency of ['911', '112', 'tel:911', '9-1-1']) {
      assert.equal(dialed(emergency, pbx), emergency === '112' ? '112' : '911', emergency);
    }
  });

  it('never rewrites an emergency number or an extension, even where a rule would match', () => {
    const greedy: DialRules = { ...pbx, internalPattern: '.*', rewrites: [{ match: '.*', replace: '0' }] };
    assert.equal(dialed('911', greedy), '911');
    assert.equal(dialed('999', { ...greedy, country: 'GB' }), '999');
    assert.equal(dialed('1001', greedy), '1001');
    assert.equal(dialed('70012345', { ...greedy, extensionDigits: 8 }), '70012345');
  });

  it('dials E.164 or nationally without the outside prefix', () => {
    assert.equal(dialed('(415) 555-0101', { country: 'US', format: 'e164', outsidePrefix: '9' }), '+14155550101');
    const german: DialRules = { country: 'DE', format: 'national', outsidePrefix: '0' };
    assert.equal(dialed('+49 30 12345678', german), '03012345678');
    assert.equal(dialed('+44 20 7946 0105', german), '00442079460105');
    assert.equal(dialed('030 12345678', { ...german, format: 'pbx' }), '003012345678');
    assert.equal(dialed('+14155550101', { country: 'US', format: 'national' }), '14155550101');
    assert.equal(dialed('+14155550101', { country: 'US', format: 'national', longDistancePrefix: '' }), '4155550101');
    assert.equal(dialed('+442079460105', { country: 'AU', format: 'national' }), '0011442079460105');
    assert.equal(dialed('+442079460105', { country: 'SG', format: 'national' }), '001442079460105');
  });

  it('keeps the extension for after the answer, and addresses whole', () => {
    assert.deepEqual(dialTarget('415-555-0101 x12', pbx), { user: '914155550101', uri: false, extension: '12' });
    assert.deepEqual(dialTarget('sip:bob@example.com', pbx), { user: 'sip:bob@example.com', uri: true });
  });

  it('has no target for what is no number', () => {
    for (const text of ['', 'Lucy', '1'.repeat(40)]) assert.equal(dialTarget(text, pbx), undefined);
  });

  it('skips a rule that does not compile, and names it to the admin', () => {
    const broken: DialRules = {
      ...pbx,
      country: 'XX',
      internalPattern: '(',
      rewrites: [
        { match: '[', replace: '' },
        { match: String.raw`\+14155550101`, replace: '77' },
      ],
    };
    assert.equal(dialed('+14155550101', broken), '77');
    assert.equal(dialed('911', broken), '911');
    assert.deepEqual(
      checkDialRules(broken).map((problem) => problem.field),
      ['country', 'internalPattern', 'rewrites[0].match'],
    );
    assert.deepEqual(checkDialRules(pbx), []);
  });
});
