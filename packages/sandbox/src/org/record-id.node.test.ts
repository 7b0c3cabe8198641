import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalId, checksumOf, mintId } from './record-id.ts';

describe('record ids', () => {
  it('have the checksum of ids known from the documentation', () => {
    for (const id of ['001D000000IRFmaIAH', '01gRO0000016PIAYA2', '012000000000000AAA']) {
      assert.equal(id.slice(0, 15) + checksumOf(id.slice(0, 15)), id);
    }
  });

  it('are the same for the same number and unlike for another', () => {
    assert.equal(mintId('003', 7), mintId('003', 7));
    const ids = new Set(Array.from({ length: 5000 }, (_, serial) => mintId('003', serial + 1)));
    assert.equal(ids.size, 5000);
    assert.ok([...ids].every((id) => id.length === 18 && canonicalId(id) === id));
  });

  it('are completed from fifteen characters and put right when they lost their case', () => {
    const id = mintId('00Q', 1234567);
    assert.equal(canonicalId(id.slice(0, 15)), id);
    assert.equal(canonicalId(id.toLowerCase()), id);
    assert.equal(canonicalId(id.toUpperCase()), id);
  });

  it('are none when too short, too long, of foreign characters or of an impossible checksum', () => {
    for (const text of ['', '003', `${mintId('003', 1)}x`, '003gL0000000-01', '000000000000000BAA']) {
      assert.equal(canonicalId(text), null, text);
    }
  });
});
