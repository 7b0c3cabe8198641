import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnsOfOrg } from './columns.ts';
import { KINDS, phoneObjectsOf } from './kinds.ts';
import { OrgRefusal, refusalOf } from './refusals.ts';

const objects = phoneObjectsOf(Object.values(KINDS));
const named = (name: string) => objects.filter((object) => object.name === name);

function refusal(errorCode: string, message: string): OrgRefusal {
  return refusalOf({ status: 400, headers: {}, body: [{ errorCode, message }] }, 0);
}

/** Asks an org that refuses so once; answers what was learned and how often it was asked. */
async function learn(errorCode: string, message: string) {
  const columns = columnsOfOrg();
  let asked = 0;
  await columns.settle(objects, () =>
    asked++ === 0 ? Promise.reject(refusal(errorCode, message)) : Promise.resolve(),
  );
  const of = (name: string) => named(name).flatMap((object) => columns.of(object));
  return { asked, of, columns };
}

describe('what an org lacks', () => {
  for (const message of [
    "\nSELECT Id, DoNotCall FROM Contact\n            ^\nERROR at Row:1:Column:12\nNo such column 'DoNotCall' on entity 'Contact'. If you are attempting to use a custom field, be sure to append the '__c'",
    "Aucune colonne « DoNotCall » sur l'entité « Contact ».",
    'Keine Spalte „DoNotCall“ in der Entität „Contact“.',
  ]) {
    it(`is a column: ${message.slice(-60)}`, async () => {
      const { asked, of } = await learn('INVALID_FIELD', message);
      assert.equal(asked, 2);
      assert.ok(!of('Contact').includes('DoNotCall'));
      assert.ok(of('Lead').includes('DoNotCall'), 'another object keeps its own');
    });
  }

  it('is a parent with all its columns', async () => {
    const { of } = await learn('INVALID_FIELD', "Didn't understand relationship 'Owner' in field path.");
    assert.ok(!of('Lead').includes('Owner.Name') && of('Lead').includes('Company'));
  });

  it('is everything of person accounts at once', async () => {
    const { of } = await learn('INVALID_FIELD', "No such column 'IsPersonAccount' on entity 'Account'.");
    assert.deepEqual(
      [...of('Account'), ...of('Contact')].filter((column) => column.includes('Person')),
      [],
    );
    assert.ok(of('Account').includes('Phone'));
  });

  it('is an object the user has no access to', async () => {
    const { columns } = await learn('INVALID_TYPE', "sObject type 'Lead' is not supported.");
    assert.ok(!columns.has('Lead') && columns.has('Contact'));
  });

  it('is not guessed: any other refusal passes, and one that names nothing new', async () => {
    for (const [errorCode, message] of [
      ['MALFORMED_SEARCH', "unexpected token: 'Contact'"],
      ['INVALID_FIELD', "No such column 'Nothing' on entity 'Contact'."],
      ['UNKNOWN_EXCEPTION', 'Sorry.'],
    ] as const) {
      let asked = 0;
      const ask = () => {
        asked++;
        return Promise.reject(refusal(errorCode, message));
      };
      await assert.rejects(columnsOfOrg().settle(objects, ask), OrgRefusal);
      assert.equal(asked, 1);
    }
  });
});
