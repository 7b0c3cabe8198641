import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOrg } from './org.ts';
import type { Refusal } from './testing/refusal.ts';
import { REFUSED_FIELDS } from './testing/refused-fields.ts';
import { REFUSED_QUERIES } from './testing/refused-queries.ts';
import { REFUSED_RECORDS } from './testing/refused-records.ts';
import { REFUSED_REQUESTS } from './testing/refused-requests.ts';
import { restClient } from './testing/rest-client.ts';

const TABLE: readonly Refusal[] = [...REFUSED_FIELDS, ...REFUSED_RECORDS, ...REFUSED_REQUESTS, ...REFUSED_QUERIES];

describe('what the practice org refuses, as Salesforce does', () => {
  const org = createOrg();

  function idOf(object: string, lastName: string): string {
    const row = org.rows(object).find((one) => one['LastName'] === lastName);
    assert.ok(row, `the seed has no ${object} ${lastName}`);
    return String(row['Id']);
  }

  it('has at least sixty refusals, each of its own', () => {
    assert.ok(TABLE.length >= 60, `${TABLE.length}`);
    assert.equal(new Set(TABLE.map(({ name }) => name)).size, TABLE.length);
  });

  for (const refusal of TABLE) {
    it(`${refusal.code}: ${refusal.name} (${refusal.source})`, () => {
      org.reset();
      const reply = refusal.send({ org, ann: restClient(org), idOf });
      const entries = reply.body as { errorCode: string; message: string; fields?: string[] }[];
      assert.ok(Array.isArray(entries) && entries.length === 1 && entries[0], JSON.stringify(reply));
      const { errorCode, message, fields } = entries[0];
      assert.equal(errorCode, refusal.code, message);
      assert.equal(reply.status, refusal.status);
      if (typeof refusal.message === 'string') assert.equal(message, refusal.message);
      else assert.match(message, refusal.message);
      assert.deepEqual(fields, refusal.fields);
    });
  }
});
