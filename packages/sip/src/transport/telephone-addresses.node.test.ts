import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { message } from './memory-phone.node.test.ts';
import { withSipAddresses, withTelephoneAddresses } from './telephone-addresses.ts';

const from = (text: string): string | undefined => /^from: (.*)$/im.exec(text)?.[1];

describe('telephone addresses', () => {
  for (const [theirs, ours] of [
    ['<tel:+14155550101>;tag=1', '<sip:+14155550101@tel.invalid;user=phone>;tag=1'],
    ['tel:+14155550101;tag=1', '<sip:+14155550101@tel.invalid;user=phone>;tag=1'],
    ['"call <tel:1>" <TEL:+1(415)555-0101>;tag=1', '"call <tel:1>" <sip:+1(415)555-0101@tel.invalid;user=phone>;tag=1'],
    ['Lucy <tel:7042;phone-context=desk.test>', 'Lucy <sip:7042;phone-context=desk.test@tel.invalid;user=phone>'],
  ] as const) {
    it(`reads ${theirs}`, () => {
      assert.equal(from(withSipAddresses(message({ fields: { From: theirs } }))), ours);
    });
  }

  for (const theirs of ['"tel:1" <sip:tel:1@caller.test>;tag=1', '<tel:1%00>', '<tel:a@b>', '"tel:']) {
    it(`leaves ${theirs} alone`, () => {
      const raw = message({ fields: { From: theirs } });
      assert.equal(withSipAddresses(raw), raw);
    });
  }

  it('writes them back, escaped or not, in the head alone', () => {
    const body = 'To: <sip:1@tel.invalid;user=phone>';
    const sent = message({ fields: { From: '<sip:7042%3Bphone-context%3D%2B1@tel.invalid;user=phone>;tag=1' }, body });
    assert.equal(from(withTelephoneAddresses(sent)), '<tel:7042;phone-context=+1>;tag=1');
    assert.ok(withTelephoneAddresses(sent).endsWith(body));
  });

  it('leaves what cannot be read back alone', () => {
    const sent = message({ fields: { From: '<sip:%zz@tel.invalid;user=phone>;tag=1' } });
    assert.equal(withTelephoneAddresses(sent), sent);
  });
});
