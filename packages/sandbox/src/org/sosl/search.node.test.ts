import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createOrg } from '../org.ts';
import { restClient } from '../testing/rest-client.ts';

const PEOPLE = 'RETURNING Contact(Name WHERE IsPersonAccount = false), Account(Name), Lead(Name)';

describe('SOSL', () => {
  let at = Date.UTC(2026, 10, 20, 18);
  const org = createOrg({ now: () => at });
  const ann = restClient(org);
  beforeEach(() => org.reset());

  const namesBy = (find: string, group = 'PHONE') =>
    ann.search(`FIND {${find}} IN ${group} FIELDS ${PEOPLE}`).map((record) => record['Name']);

  for (const [number, people] of [
    ['4155550101', ['Lucy Hall']],
    ['4155550102', ['Larry Thomas']],
    ['4155550103', ['Joan Bearish', 'Joan Bearish']],
    ['4155550104', ['Oldest Olsen', 'Middle Mbeki', 'Newest Ng']],
    ['442079460105', ['Petra Person']],
    ['4155550106', ['Erika Extender']],
    ['4155550199', []],
  ] as const) {
    it(`finds who has ${number}, however it is written`, () => assert.deepEqual(namesBy(number), people));
  }

  it('takes the national number and the international one joined by OR', () => {
    assert.deepEqual(namesBy('14155550102'), []);
    assert.deepEqual(namesBy('4155550102 OR 14155550102'), ['Larry Thomas']);
  });

  it('ignores formatting of the number searched for', () => {
    assert.deepEqual(namesBy('\\+1 \\(415\\) 555\\-0101'), ['Lucy Hall']);
    assert.deepEqual(namesBy('415 555 0101'), ['Lucy Hall']);
    assert.deepEqual(namesBy('"415 555 0101"'), ['Lucy Hall']);
  });

  it('finds nobody by fewer than seven digits, or by letters', () => {
    assert.deepEqual(namesBy('550101'), []);
    assert.deepEqual(namesBy('lucy'), []);
  });

  it('matches numbers by the rule the org is set to', () => {
    org.configure({ phoneMatch: 'exact' });
    assert.deepEqual(namesBy('4155550101'), []);
    assert.deepEqual(namesBy('14155550101'), ['Lucy Hall']);
    org.configure({ phoneMatch: 'digits' });
    assert.deepEqual(namesBy('4155550106'), []);
    assert.deepEqual(namesBy('415555010612'), ['Erika Extender']);
  });

  it('finds a person account as an account and as the contact behind it', () => {
    const found = ann.search(
      'FIND {442079460105} IN PHONE FIELDS RETURNING Contact(IsPersonAccount), Account(IsPersonAccount)',
    );
    assert.deepEqual(
      found.map((record) => [(record['attributes'] as { type: string }).type, record['IsPersonAccount']]),
      [
        ['Contact', true],
        ['Account', true],
      ],
    );
  });

  it('finds names by whole words, accents and case aside, and by open endings', () => {
    assert.deepEqual(namesBy('LUCY AND hall', 'NAME'), ['Lucy Hall']);
    assert.deepEqual(namesBy('hal', 'NAME'), []);
    assert.deepEqual(namesBy('luc* AND NOT acme', 'NAME'), ['Lucy Hall']);
    assert.deepEqual(namesBy('"hall lucy"', 'NAME'), []);
    assert.deepEqual(namesBy('(newest OR oldest) AND (ng OR olsen)', 'NAME'), ['Oldest Olsen', 'Newest Ng']);
    ann.create('Contact', { LastName: 'Žižek' });
    at += 3000;
    assert.deepEqual(namesBy('zizek', 'NAME'), ['Žižek']);
  });

  it('learns of a change only after the index delay, and shows the record as it is', () => {
    const id = ann.create('Contact', { LastName: 'Fresh', Phone: '+1 628 555 0142' });
    assert.deepEqual(namesBy('6285550142'), []);
    at += 1999;
    assert.deepEqual(namesBy('6285550142'), []);
    at += 1;
    assert.deepEqual(namesBy('6285550142'), ['Fresh']);
    ann.send('PATCH', `/sobjects/Contact/${id}`, { LastName: 'Renamed', Phone: '+1 628 555 0143' });
    assert.deepEqual(namesBy('6285550143'), []);
    assert.deepEqual(namesBy('6285550142'), ['Renamed']);
    at += 2000;
    assert.deepEqual(namesBy('6285550143'), ['Renamed']);
    assert.deepEqual(namesBy('6285550142'), []);
    ann.send('DELETE', `/sobjects/Contact/${id}`);
    assert.deepEqual(namesBy('6285550143'), []);
  });

  it('filters, sorts and limits what is returned, per object and in all', () => {
    const newest = ann.search(
      "FIND {4155550104} IN PHONE FIELDS RETURNING Lead(Name WHERE IsConverted = false AND LastName != 'Olsen' ORDER BY CreatedDate DESC LIMIT 1)",
    );
    assert.deepEqual(
      newest.map((record) => record['Name']),
      ['Newest Ng'],
    );
    assert.equal(ann.search('FIND {4155550104} IN PHONE FIELDS RETURNING Lead(Id) LIMIT 2').length, 2);
    assert.equal(
      ann.search("FIND {rossi} IN NAME FIELDS RETURNING Contact(Id, Name WHERE Name != 'a, (b) LIMIT 3' LIMIT 4)")
        .length,
      4,
    );
  });

  it('returns ids of every kind without RETURNING', () => {
    const types = ann.search('FIND {lucy}').map((record) => (record['attributes'] as { type: string }).type);
    assert.deepEqual([...new Set(types)].sort(), ['Case', 'Contact', 'Task']);
  });

  it('answers parameterized searches by GET and POST', () => {
    const body = {
      q: '4155550101',
      in: 'PHONE',
      fields: ['Id', 'Name'],
      sobjects: [{ name: 'Contact' }, { name: 'Lead', fields: ['Name'], limit: 1 }],
      overallLimit: 5,
    };
    const posted = ann.send('POST', '/parameterizedSearch', body).body as { searchRecords: Record<string, unknown>[] };
    assert.equal(posted.searchRecords[0]?.['Name'], 'Lucy Hall');
    const got = ann.send('GET', '/parameterizedSearch?q=newest&in=NAME&sobject=Lead&fields=Name').body as typeof posted;
    assert.equal(got.searchRecords[0]?.['Name'], 'Newest Ng');
  });
});
