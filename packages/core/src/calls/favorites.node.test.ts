import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError, presets, sortFavorites, type CrmRecord, type Favorite } from '../index.ts';
import { memoryCrm } from '@multiline/testing';
import { browser, desk, lucy, newDesk, receiveCall, stranger, type Desk } from '../../test/desk.ts';

const person = (id: string, name: string, kind = 'Contact'): CrmRecord => ({ kind, id, name });
const lucyHall = person('contact-lucy', 'Lucy Hall');
const numberOf = (index: number): string => `+1415555${String(2000 + index)}`;

const all = ({ workspace }: Desk): readonly Favorite[] => workspace.$favorites.get() ?? [];
const names = (here: Desk): string[] => all(here).map(({ name, number }) => name || number);

describe('favorites', () => {
  it('[MV-04] are added and removed, one per number however it is written, and nothing of it reaches the CRM', async () => {
    const here = await desk();
    await receiveCall(here, lucy);
    const written = structuredClone(here.crm.activitiesWritten);
    const before = await here.crm.read?.(lucyHall);
    const { workspace } = here;
    await workspace.addFavorite('(415) 555-0101', { record: lucyHall });
    await workspace.addFavorite('tel:+1-415-555-0101', { record: lucyHall });
    await workspace.addFavorite(stranger);
    await workspace.addFavorite('1002', { name: 'Bob Marsh' });
    assert.deepEqual(all(here), [
      { number: lucy, name: 'Lucy Hall', record: lucyHall },
      { number: stranger, name: '', record: null },
      { number: '1002', name: 'Bob Marsh', record: null },
    ]);
    assert.equal(workspace.favoriteOf('1-415-555-0101')?.name, 'Lucy Hall');
    assert.deepEqual([workspace.favoriteOf('+14155550102'), workspace.favoriteOf('')], [null, null]);
    await workspace.removeFavorite('415.555.0101');
    await workspace.removeFavorite('+14155550102');
    assert.deepEqual(names(here), [stranger, 'Bob Marsh']);
    assert.deepEqual(here.crm.activitiesWritten, written);
    assert.deepEqual(await here.crm.read?.(lucyHall), before);
    await workspace.stop();
  });

  it('keep two extensions of one number apart, and refuse what is no number', async () => {
    const here = await desk();
    await here.workspace.addFavorite('+1 415 555 0106 ext. 12', { name: 'Xavier' });
    await here.workspace.addFavorite('+14155550106 x13', { name: 'Yara' });
    assert.deepEqual(
      all(here).map(({ number }) => number),
      ['+14155550106 x12', '+14155550106 x13'],
    );
    assert.equal(here.workspace.favoriteOf('(415) 555-0106 x13')?.name, 'Yara');
    assert.equal(here.workspace.favoriteOf('(415) 555-0106'), null);
    await assert.rejects(here.workspace.addFavorite('nobody'), { code: 'invalid-number' });
    await here.workspace.stop();
  });

  it('[MV-10] are at most 50, and the next is refused in words until one is removed', async () => {
    const here = await desk();
    const { workspace } = here;
    for (let index = 0; index < 50; index++) await workspace.addFavorite(numberOf(index), { name: `Person ${index}` });
    await assert.rejects(workspace.addFavorite(lucy), {
      code: 'too-many-favorites',
      message: 'There are as many favorites as there may be.',
      remedies: ['Remove one of them first.'],
    });
    await workspace.addFavorite(numberOf(7), { name: 'Renamed' });
    assert.deepEqual([all(here).length, workspace.favoriteOf(numberOf(7))?.name], [50, 'Renamed']);
    await workspace.removeFavorite(numberOf(0));
    await workspace.addFavorite(lucy);
    assert.equal(all(here).length, 50);
    await workspace.stop();
  });

  it('[MV-10] are sorted by name as the language does, a number standing for a name', () => {
    const favorites = ['Zoë', 'Ängström', 'anna', 'Bob 10', 'Bob 9', ''].map((name, index) => ({
      number: numberOf(index),
      name,
      record: null,
    }));
    const sorted = (locale: string): string[] =>
      sortFavorites(favorites, locale).map(({ name, number }) => name || number);
    assert.deepEqual(sorted('en-US'), [numberOf(5), 'Ängström', 'anna', 'Bob 9', 'Bob 10', 'Zoë']);
    assert.deepEqual(sorted('sv-SE'), [numberOf(5), 'anna', 'Bob 9', 'Bob 10', 'Zoë', 'Ängström']);
  });

  it('are as many as the policy says; without a limit, any number', async () => {
    const two = await desk(browser(), { policy: presets.default({ lists: { favorites: 2 } }) });
    for (const index of [1, 2]) await two.workspace.addFavorite(numberOf(index));
    await assert.rejects(two.workspace.addFavorite(numberOf(3)), { code: 'too-many-favorites' });
    await two.workspace.stop();
    const any = await desk(browser(), { policy: presets.default({ lists: { favorites: 0 } }) });
    for (let index = 0; index < 60; index++) await any.workspace.addFavorite(numberOf(index));
    assert.equal(all(any).length, 60);
    await any.workspace.stop();
  });

  it('last over a reload, also under a smaller limit, and go with the user who signs out', async () => {
    const inside = browser();
    const first = newDesk(inside);
    assert.equal(first.workspace.$favorites.get(), null);
    await first.workspace.start();
    for (const index of [1, 2, 3]) await first.workspace.addFavorite(numberOf(index));
    await first.workspace.stop();
    const here = await desk(inside, { policy: presets.default({ lists: { favorites: 2 } }) });
    assert.deepEqual(names(here), [1, 2, 3].map(numberOf));
    await here.workspace.signOut();
    assert.deepEqual(here.workspace.$favorites.get(), []);
    await here.workspace.start();
    assert.deepEqual(names(here), []);
    await here.workspace.stop();
  });

  it('that were damaged in storage, or written by another version, are taken as far as they are understood', async () => {
    const inside = browser();
    await (await desk(inside)).workspace.stop();
    const whole = { number: lucy, name: 'Lucy Hall', record: lucyHall };
    for (const [value, left] of [
      ['nonsense', []],
      [{ length: 3 }, []],
      [
        [null, 7, { number: 7, name: '' }, { ...whole, record: { kind: 'Contact' } }, whole, { ...whole, number: '?' }],
        ['Lucy Hall'],
      ],
      [
        [
          { ...whole, record: undefined },
          { ...whole, number: '4155550101', name: 'Twice' },
        ],
        ['Twice'],
      ],
    ] as const) {
      const row = { key: 'favorites', at: 1, value };
      const settings = inside.disk.owners.get('sip:ann@sandbox.test user-ann')?.get('settings');
      settings?.set('favorites', row);
      const here = await desk(inside);
      assert.deepEqual(names(here), left);
      await here.workspace.stop();
    }
  });

  it('chosen before the CRM had named the user move to them', async () => {
    const inside = browser();
    inside.crm.fail(1_000, new MultiLineError('network'), 'me');
    const first = newDesk(inside);
    const starting = first.workspace.start();
    await inside.clock.run(10_000);
    await starting;
    await first.workspace.addFavorite(lucy, { name: 'Lucy' });
    await first.workspace.stop();
    inside.crm.clear();
    const here = await desk(inside);
    assert.deepEqual(names(here), ['Lucy Hall']);
    await here.workspace.stop();
  });
});

describe('favorites in several tabs', () => {
  it('are the same in all of them, whichever adds, and fail there with the same reason', async () => {
    const inside = browser();
    const policy = presets.default({ lists: { favorites: 2 } });
    const leader = await desk(inside, { policy });
    await leader.workspace.addFavorite(lucy, { record: lucyHall });
    const follower = await desk(inside, { policy });
    assert.deepEqual(all(follower), all(leader));
    await follower.workspace.addFavorite(stranger);
    assert.deepEqual([names(leader), names(follower)], Array(2).fill(['Lucy Hall', stranger]));
    await assert.rejects(follower.workspace.addFavorite('1002'), { code: 'too-many-favorites' });
    await leader.workspace.removeFavorite(stranger);
    await inside.clock.run(0);
    assert.deepEqual(names(follower), ['Lucy Hall']);

    leader.kill();
    await inside.clock.run(1_000);
    await follower.workspace.addFavorite('1002', { name: 'Bob' });
    await follower.workspace.stop();
    const here = await desk(inside, { policy });
    assert.deepEqual(names(here), ['Lucy Hall', 'Bob']);
    await here.workspace.stop();
  });
});

describe('the name of a favorite', () => {
  const at = (id: string, name: string, kind?: string) => ({ ...person(id, name, kind), numbers: [lucy] });
  const known = (...records: ReturnType<typeof at>[]) => browser({ crm: memoryCrm({ records }) });

  it('follows the record, over a restart and by a call', async () => {
    const inside = known(at('one', 'Lucy Hall'));
    const first = await desk(inside);
    await first.workspace.addFavorite(lucy, { record: person('one', 'Lucy Hall') });
    await first.workspace.stop();
    inside.crm.put(at('one', 'Lucy Hall-Ray'));
    const here = await desk(inside);
    assert.deepEqual(names(here), ['Lucy Hall-Ray']);
    inside.crm.put(at('one', 'Lucy Ray'));
    await here.clock.run(11 * 60_000);
    await receiveCall(here, lucy);
    assert.deepEqual(names(here), ['Lucy Ray']);
    await here.workspace.stop();
  });

  it('is the record’s as soon as the CRM knows the number', async () => {
    const inside = known();
    const here = await desk(inside);
    await here.workspace.addFavorite(lucy, { name: 'WIRELESS CALLER' });
    await receiveCall(here, lucy);
    assert.deepEqual(names(here), ['WIRELESS CALLER']);
    inside.crm.put(at('one', 'Lucy Hall'));
    await here.clock.run(61_000);
    await receiveCall(here, lucy);
    assert.deepEqual(
      all(here).map(({ name, record }) => [name, record?.id]),
      [['Lucy Hall', 'one']],
    );
    await here.workspace.stop();
  });

  it('stays the one that was chosen among several, until the person chooses another', async () => {
    const inside = known(at('one', 'Lucy Hall'), at('two', 'Lucas Hall', 'Lead'));
    const here = await desk(inside);
    await here.workspace.addFavorite(lucy, { record: person('two', 'Lucas Hall', 'Lead') });
    const call = await receiveCall(here, lucy);
    assert.deepEqual(names(here), ['Lucas Hall']);
    await here.workspace.associate(call.id, person('one', 'Lucy Hall'));
    assert.deepEqual(names(here), ['Lucy Hall']);
    await here.workspace.stop();
  });

  it('leads to the contact that a lead has become, and stays when the record is gone', async () => {
    const inside = known(at('lead', 'Lucy Hall', 'Lead'));
    const here = await desk(inside);
    await here.workspace.addFavorite(lucy, { record: person('lead', 'Lucy Hall', 'Lead') });
    inside.crm.remove({ kind: 'Lead', id: 'lead' });
    inside.crm.put(at('contact', 'Lucy Hall'));
    await receiveCall(here, lucy);
    assert.equal(all(here)[0]?.record?.id, 'contact');
    inside.crm.remove({ kind: 'Contact', id: 'contact' });
    await here.clock.run(11 * 60_000);
    await receiveCall(here, lucy);
    assert.deepEqual(names(here), ['Lucy Hall']);
    await here.workspace.stop();
  });
});
