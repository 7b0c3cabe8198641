import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { phoneIdentity } from './phone-identity.ts';
import { uuid } from './uuid.ts';

describe('uuid', () => {
  it('is a random one of RFC 9562 §5.4, another each time', () => {
    const made = Array.from({ length: 100 }, uuid);
    for (const one of made) assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(new Set(made).size, made.length);
  });

  it('names a phone on a page that is not secure, where browsers have no randomUUID', () => {
    const { randomUUID } = crypto;
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    try {
      assert.match(phoneIdentity('sip:ann@example.com', undefined).contactName, /^[0-9a-f]{8}$/);
    } finally {
      Object.defineProperty(crypto, 'randomUUID', { value: randomUUID, configurable: true });
    }
  });
});
