import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { create, register, registered } from './index.ts';
import { memoryCrm } from '@multiline/testing';

describe('the registry', () => {
  it('makes an implementation by its name, with what the page says of it; it may be loaded first', async () => {
    const asked: unknown[] = [];
    register('crm', 'acme', async (options) => (asked.push(options), memoryCrm()));
    assert.equal(registered('crm', 'acme'), true);
    assert.equal((await create('crm', 'acme', { url: 'https://acme.test' })).name, 'memory');
    assert.deepEqual(asked, [{ url: 'https://acme.test' }]);
  });

  it('keeps the ports apart, and the last one of a name holds', async () => {
    register('host', 'acme', () => ({ name: 'first' }));
    register('host', 'acme', () => ({ name: 'second' }));
    assert.equal((await create('host', 'acme')).name, 'second');
    assert.equal(registered('line', 'acme'), false);
  });

  it('says which name nobody registered, those every object has included', async () => {
    for (const name of ['nobody', 'constructor', '__proto__', ''])
      await assert.rejects(create('crm', name), {
        code: 'unknown-implementation',
        message: new RegExp(`crm.*"${name}"`),
      });
  });

  it('a factory that throws rejects', async () => {
    register('crm', 'broken', () => {
      throw new Error('no');
    });
    await assert.rejects(create('crm', 'broken'), /no/);
  });
});
