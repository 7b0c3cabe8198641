import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkPolicy, loadPolicy, presets } from '../index.ts';

describe('loadPolicy', () => {
  it('every preset is valid by the published schema', async () => {
    for (const preset of Object.values(presets)) await checkPolicy(preset());
    await checkPolicy({ ...presets.default(), $schema: './policy.schema.json' });
  });

  it('takes a preset by name, with what differs, lists replaced whole', async () => {
    assert.deepEqual(await loadPolicy('multiline'), presets.multiline());
    const policy = await loadPolicy({
      preset: 'multiline',
      country: 'GB',
      match: { order: ['Lead'] },
      pop: { at: 'answered' },
    });
    assert.deepEqual(
      [policy.country, policy.match, policy.pop.at],
      ['GB', { order: ['Lead'], several: 'choose' }, 'answered'],
    );
    assert.equal(policy.log.subject, presets.multiline().log.subject);
  });

  it('takes a whole policy', async () => {
    assert.deepEqual(await loadPolicy(JSON.parse(JSON.stringify(presets.default()))), presets.default());
  });

  const wrong: [string, unknown, RegExp][] = [
    ['nothing', null, /object/],
    ['a list', [], /object/],
    ['a number', 7, /object/],
    ['an unknown preset', 'salesfarce', /no preset "salesfarce".*default, multiline/],
    ['the name of an inherited property', 'constructor', /no preset/],
    ['a preset that is no name', { preset: 7 }, /no preset/],
    ['a misspelt part', { preset: 'default', pops: {} }, /pops|policy/],
    ['a wrong value', { preset: 'default', pop: { at: 'noon' } }, /pop\/at/],
    [
      'a wrong type',
      { preset: 'default', log: { exclude: { cancelledWithinMs: '5' } } },
      /log\/exclude\/cancelledWithinMs/,
    ],
    ['an emptied part', { preset: 'default', lists: null }, /lists/],
    ['a country in words', { preset: 'default', country: 'England' }, /country/],
    ['no kind to match', { preset: 'default', match: { order: [] } }, /match\/order/],
    ['a policy cut short', { version: 1, name: 'x' }, /policy/],
    ['another version', { ...presets.default(), version: 2 }, /version/],
  ];
  for (const [name, data, message] of wrong) {
    it(`refuses ${name}, naming the place`, async () => {
      await assert.rejects(loadPolicy(data), { code: 'bad-policy', message });
    });
  }

  it('a __proto__ in a file is nobody’s prototype', async () => {
    const policy = await loadPolicy(
      JSON.parse('{"preset":"default","__proto__":{"polluted":1},"pop":{"__proto__":{"at":"never"}}}'),
    );
    assert.equal((policy as never as { polluted?: number }).polluted, undefined);
    assert.equal(policy.pop.at, 'ringing');
    assert.equal(({} as { polluted?: number }).polluted, undefined);
  });

  it('a preset that is changed changes nobody else’s', () => {
    presets.default({ pop: { at: 'never' } });
    assert.equal(presets.default().pop.at, 'ringing');
  });
});
