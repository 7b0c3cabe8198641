import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GENERATED_PEOPLE, generatedPerson } from './generated-people.ts';
import { createOrg } from './org.ts';
import { restClient } from './testing/rest-client.ts';

describe('the seed', () => {
  const at = Date.UTC(2026, 10, 20, 5); // the 19th in Los Angeles
  const org = createOrg({ now: () => at });
  const one = (object: string, lastName: string) => {
    const rows = org.rows(object).filter((row) => row['LastName'] === lastName);
    assert.equal(rows.length, 1, `${object} ${lastName}`);
    return rows[0] ?? {};
  };

  it('has the people of the practice org, their numbers written as they are', () => {
    const acme = org.rows('Account').find((row) => row['Name'] === 'Acme');
    assert.equal(one('Contact', 'Hall')['Phone'], '+14155550101');
    assert.equal(one('Contact', 'Hall')['AccountId'], acme?.['Id']);
    assert.equal(one('Lead', 'Thomas')['Phone'], '(415) 555-0102');
    assert.equal(one('Contact', 'Bearish')['Phone'], '+14155550103');
    assert.equal(one('Lead', 'Bearish')['Phone'], '+14155550103');
    assert.equal(one('Contact', 'Extender')['Phone'], '+1 415 555 0106 x12');
    const shared = org.rows('Lead').filter((row) => row['Phone'] === '415.555.0104');
    assert.deepEqual(
      shared.map((row) => row['Name']),
      ['Oldest Olsen', 'Middle Mbeki', 'Newest Ng'],
    );
    assert.ok(
      shared.every(
        (row, index) => index === 0 || String(row['CreatedDate']) > String(shared[index - 1]?.['CreatedDate']),
      ),
    );
    const petra = one('Account', 'Person');
    assert.equal(petra['IsPersonAccount'], true);
    assert.equal(petra['PersonMobilePhone'], '+442079460105');
    assert.equal(one('Contact', 'Person')['Id'], petra['PersonContactId']);
  });

  it("has Lucy's earlier call with notes, in Ann's name and on Ann's own day", () => {
    const [task] = org.rows('Task');
    assert.equal(task?.['WhoId'], one('Contact', 'Hall')['Id']);
    assert.equal(task?.['TaskSubtype'], 'Call');
    assert.equal(task?.['OwnerId'], one('User', 'Archer')['Id']);
    assert.equal(task?.['ActivityDate'], '2026-11-16');
    assert.ok(task?.['Description']);
    assert.equal(task?.['IsClosed'], true);
  });

  it('has the five users with extensions and business numbers', () => {
    const users = org.rows('User').filter((row) => row['IsActive']);
    assert.deepEqual(
      users.map((row) => [row['FirstName'], row['Extension'], row['Phone']]),
      [
        ['Ann', '1001', '+14155550001'],
        ['Bob', '1002', '+14155550002'],
        ['Carol', '1003', '+14155550003'],
        ['Dave', '1004', '+14155550004'],
        ['Erin', '1005', '+14155550005'],
      ],
    );
    assert.equal(users[0]?.['TimeZoneSidKey'], 'America/Los_Angeles');
  });

  it('has two thousand more people, the same every time, no two with one number', () => {
    const people = Array.from({ length: GENERATED_PEOPLE }, (_, index) => generatedPerson(index));
    assert.equal(people.length, 2000);
    const numbers = people.map(({ fields }) =>
      String(fields['Phone'] ?? fields['MobilePhone'] ?? fields['PersonMobilePhone'])
        .replace(/\D/g, '')
        .slice(-10),
    );
    assert.equal(new Set(numbers).size, 2000);
    const again = createOrg({ now: () => at });
    assert.deepEqual(again.rows('Contact'), org.rows('Contact'));
  });

  it('comes back with reset, and so do settings, tokens and faults', () => {
    const ann = restClient(org);
    const before = org.rows('Contact').length;
    ann.create('Contact', { LastName: 'Extra' });
    ann.send('DELETE', `/sobjects/Contact/${String(one('Contact', 'Hall')['Id'])}`);
    org.configure({ apiEnabled: false, callKeyField: 'absent' });
    org.faults.add({ match: '.', action: { hang: true } });
    org.expireTokens();
    org.reset();
    assert.equal(org.rows('Contact').length, before);
    assert.equal(one('Contact', 'Hall')['IsDeleted'], false);
    assert.equal(org.settings().apiEnabled, true);
    assert.deepEqual(org.faults.list(), []);
    assert.equal(ann.send('PATCH', '/sobjects/Task/ML_Call_Key__c/k', { Subject: 'S' }).status, 201);
  });
});
