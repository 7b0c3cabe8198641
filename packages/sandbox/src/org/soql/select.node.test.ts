import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createOrg } from '../org.ts';
import { restClient } from '../testing/rest-client.ts';

interface Answer {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: Record<string, unknown>[];
}

describe('SOQL', () => {
  let at = Date.UTC(2026, 10, 20, 18);
  const org = createOrg({ now: () => at });
  const ann = restClient(org);
  beforeEach(() => {
    at = Date.UTC(2026, 10, 20, 18);
    org.reset();
  });

  function answer(soql: string): Answer {
    const reply = ann.query(soql);
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    return reply.body as Answer;
  }
  const names = (soql: string) => answer(soql).records.map((record) => record['Name']);

  it('shows type and address of each record and nests its parents', () => {
    const [lucy] = answer(
      "SELECT Id, name, Account.Name, Account.Owner.Alias, ReportsTo.Name FROM contact WHERE LastName = 'hall'",
    ).records;
    assert.ok(lucy);
    assert.deepEqual(lucy['attributes'], {
      type: 'Contact',
      url: `/services/data/v68.0/sobjects/Contact/${String(lucy['Id'])}`,
    });
    assert.equal(lucy['Name'], 'Lucy Hall');
    const account = lucy['Account'] as Record<string, unknown>;
    assert.equal(account['Name'], 'Acme');
    assert.equal((account['Owner'] as Record<string, unknown>)['Alias'], 'ann');
    assert.equal(lucy['ReportsTo'], null);
  });

  it('shows whom a task is with, whatever they are', () => {
    const [task] = answer(
      "SELECT Who.Name, Who.Type, What.Name FROM Task WHERE Who.Type = 'Contact' AND Who.Name LIKE 'lucy%'",
    ).records;
    const who = task?.['Who'] as Record<string, unknown>;
    assert.equal(who['Name'], 'Lucy Hall');
    assert.equal(who['Type'], 'Contact');
    assert.equal((who['attributes'] as Record<string, unknown>)['type'], 'Name');
    assert.equal(task?.['What'], null);
  });

  it('takes parentheses and NOT as they stand', () => {
    const people = "FROM Lead WHERE Phone = '415.555.0104'";
    assert.deepEqual(
      names(
        `SELECT Name ${people} AND (LastName = 'Ng' OR (LastName = 'Olsen' AND NOT FirstName = 'Nobody')) ORDER BY Name`,
      ),
      ['Newest Ng', 'Oldest Olsen'],
    );
    assert.deepEqual(names(`SELECT Name ${people} AND (NOT (LastName = 'Ng' OR LastName = 'Olsen'))`), [
      'Middle Mbeki',
    ]);
    assert.deepEqual(names(`SELECT Name ${people} AND LastName NOT IN ('Ng', 'Olsen')`), ['Middle Mbeki']);
  });

  it('sorts, limits and skips', () => {
    const people = "FROM Lead WHERE Phone = '415.555.0104' ORDER BY CreatedDate DESC";
    assert.deepEqual(names(`SELECT Name ${people}`), ['Newest Ng', 'Middle Mbeki', 'Oldest Olsen']);
    assert.deepEqual(names(`SELECT Name ${people} LIMIT 1 OFFSET 1`), ['Middle Mbeki']);
  });

  it('finds numbers by pattern, with wildcards taken literally after a backslash', () => {
    assert.deepEqual(names("SELECT Name FROM Contact WHERE Phone LIKE '%415%555%0106%'"), ['Erika Extender']);
    ann.create('Contact', { LastName: "O'Per_cent", Description: 'x' });
    assert.deepEqual(names("SELECT Name FROM Contact WHERE LastName LIKE 'o\\'per\\_cent'"), ["O'Per_cent"]);
    assert.deepEqual(names("SELECT Name FROM Contact WHERE LastName LIKE 'o\\'per\\%cent'"), []);
  });

  it('counts, groups and sums', () => {
    assert.deepEqual(answer("SELECT COUNT() FROM Lead WHERE Phone = '415.555.0104'"), {
      totalSize: 3,
      done: true,
      records: [],
    });
    const { records } = answer(
      "SELECT Company, COUNT(Id) people, MAX(CreatedDate) FROM Lead WHERE Phone = '415.555.0104' GROUP BY Company",
    );
    assert.equal(records.length, 1);
    assert.deepEqual(records[0]?.['attributes'], { type: 'AggregateResult' });
    assert.equal(records[0]?.['people'], 3);
    assert.match(String(records[0]?.['expr0']), /^2026-10-31T/);
  });

  it("means the user's own day by TODAY", () => {
    at = Date.UTC(2026, 10, 21, 5); // still the 20th in Los Angeles
    ann.create('Task', { Subject: 'late' });
    at = Date.UTC(2026, 10, 21, 7, 30);
    assert.equal(answer('SELECT Id FROM Task WHERE CreatedDate = TODAY').totalSize, 1);
    at = Date.UTC(2026, 10, 21, 8, 30);
    assert.equal(answer('SELECT Id FROM Task WHERE CreatedDate = TODAY').totalSize, 0);
    assert.equal(answer('SELECT Id FROM Task WHERE CreatedDate = YESTERDAY').totalSize, 1);
    assert.equal(answer('SELECT Id FROM Task WHERE CreatedDate >= 2026-11-21T05:00:00Z').totalSize, 1);
  });

  it('lists children and selects by them', () => {
    const [lucy] = answer(
      "SELECT Id, (SELECT Subject FROM Tasks), (SELECT Id FROM Cases WHERE Status = 'Closed') FROM Contact WHERE Id IN (SELECT WhoId FROM Task)",
    ).records;
    const tasks = lucy?.['Tasks'] as Answer;
    assert.equal(tasks.totalSize, 1);
    assert.equal(tasks.records[0]?.['Subject'], 'Call with Lucy Hall');
    assert.equal(lucy?.['Cases'], null);
  });

  it('knows choices of several and closed task statuses', () => {
    assert.equal(
      answer("SELECT Name FROM QuickText WHERE IsInsertable = true AND Channel INCLUDES ('Phone')").totalSize,
      2,
    );
    assert.equal(answer("SELECT Name FROM QuickText WHERE Channel INCLUDES ('Phone;Internal', 'Task')").totalSize, 1);
    assert.equal(answer("SELECT Name FROM QuickText WHERE Channel EXCLUDES ('Phone')").totalSize, 1);
    assert.deepEqual(
      answer('SELECT MasterLabel FROM TaskStatus WHERE IsClosed = true').records.map((record) => record['MasterLabel']),
      ['Completed'],
    );
  });

  it('says what it cannot do instead of leaving it out', () => {
    for (const soql of [
      'SELECT Status, COUNT(Id) FROM Lead GROUP BY Status HAVING COUNT(Id) > 1',
      'SELECT TYPEOF Who WHEN Contact THEN Name ELSE Id END FROM Task',
      'SELECT Id FROM Task WHERE CreatedDate = THIS_FISCAL_YEAR',
      'SELECT Id FROM Task WHERE CALENDAR_YEAR(CreatedDate) = 2026',
      'SELECT Subject, COUNT(Id) FROM Task GROUP BY Status',
      'SELECT Id, Id FROM Task',
    ]) {
      assert.equal(ann.query(soql).status, 400, soql);
    }
  });

  it('gives all fields on request and deleted records to queryAll alone', () => {
    const id = ann.create('Task', { Subject: 'gone' });
    const [task] = answer(`SELECT FIELDS(ALL) FROM Task WHERE Id = '${id.slice(0, 15)}' LIMIT 1`).records;
    assert.equal(task?.['TaskSubtype'], 'Task');
    ann.send('DELETE', `/sobjects/Task/${id}`);
    assert.equal(answer(`SELECT Id FROM Task WHERE Id = '${id}'`).totalSize, 0);
    const all = ann.send(
      'GET',
      `/queryAll?q=${encodeURIComponent(`SELECT Id, IsDeleted FROM Task WHERE Id = '${id}'`)}`,
    );
    assert.equal((all.body as Answer).records[0]?.['IsDeleted'], true);
  });

  it('hands out large results page by page', () => {
    const first = ann.send('GET', `/query?q=${encodeURIComponent('SELECT Id FROM Contact')}`, undefined, {
      'sforce-query-options': 'batchSize=500',
    }).body as Answer;
    assert.equal(first.records.length, 500);
    assert.equal(first.done, false);
    const ids = new Set(first.records.map((record) => record['Id']));
    let page = first;
    while (page.nextRecordsUrl) {
      page = ann.send('GET', page.nextRecordsUrl).body as Answer;
      for (const record of page.records) ids.add(record['Id']);
    }
    assert.equal(page.done, true);
    assert.equal(ids.size, first.totalSize);
  });
});
