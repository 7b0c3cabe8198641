import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MultiLineError } from '@multiline/core';
import { callOf, type CrmUnderTest } from './conformance/crm-case.ts';
import { crmConformance } from './conformance/crm.ts';
import { type MemoryCrmOptions, memoryCrm } from './memory-crm.ts';

function make(options: MemoryCrmOptions = {}): CrmUnderTest {
  const crm = memoryCrm(options);
  const contact = (id: string) => ({ kind: 'Contact', id });
  const lead = (id: string) => ({ kind: 'Lead', id });
  return {
    crm,
    people: {
      lucy: contact('contact-lucy'),
      larry: lead('lead-larry'),
      joanContact: contact('contact-joan'),
      joanLead: lead('lead-joan'),
      leads: [lead('lead-oldest'), lead('lead-middle'), lead('lead-newest')],
      petra: { kind: 'PersonAccount', id: 'person-petra' },
      xavier: contact('contact-xavier'),
    },
    countActivities: (key) => crm.activitiesWritten.filter((activity) => activity.key === key).length,
    readNotes: (key) => crm.activitiesWritten.find((activity) => activity.key === key)?.notes,
    editNotesElsewhere: (key, text) => crm.editNotes(key, text),
    removeRecord: (ref) => void crm.remove(ref),
    countRequests: () => crm.requests,
    cutAfterWrite: () => crm.cutAfterWrite(),
    hangNext: () => crm.hang(),
  };
}

const lucy = { kind: 'Contact', id: 'contact-lucy' };
const asked = { numbers: ['+14155550101'], country: 'US' };

describe('memoryCrm', () => {
  crmConformance({ it, make: () => make(), controls: ['countRequests', 'cutAfterWrite', 'hangNext'] });
});

describe('memoryCrm without optional methods', () => {
  const without = ['me', 'search', 'read', 'logActivities', 'activities', 'url', 'create'] as const;
  crmConformance({ it, make: () => make({ without }), offers: [] });
});

describe('memoryCrm: faults', () => {
  it('refuses the next requests of one method with the given error, then goes on', async () => {
    const crm = memoryCrm();
    crm.fail(2, new MultiLineError('limit', { retryAt: 5 }), 'logActivity');
    await crm.identify(asked);
    for (let i = 0; i < 2; i++) await assert.rejects(crm.logActivity('k', callOf(lucy)), { code: 'limit', retryAt: 5 });
    assert.equal((await crm.logActivity('k', callOf(lucy))).created, true);
    assert.deepEqual(crm.served, ['identify', 'logActivity', 'logActivity', 'logActivity']);
    assert.equal(crm.requests, 4);
  });

  it('lets a hanging request go on when released', async () => {
    const crm = memoryCrm();
    crm.hang();
    let answered = false;
    const answer = crm.identify(asked).then((matches) => {
      answered = true;
      return matches;
    });
    await crm.me?.();
    assert.equal(answered, false);
    crm.release();
    assert.equal((await answer).length, 1);
  });

  it('takes back faults that have not struck', async () => {
    const crm = memoryCrm();
    crm.fail(3, new MultiLineError('server'));
    crm.clear();
    assert.equal((await crm.identify(asked)).length, 1);
  });

  it('says duplicate when two records have the key', async () => {
    const crm = memoryCrm();
    await crm.logActivity('k', callOf(lucy));
    crm.duplicateActivity('k');
    await assert.rejects(crm.logActivity('k', callOf(lucy)), { code: 'duplicate', retryable: false });
    assert.equal(crm.activitiesWritten.length, 2);
  });

  it('hands out copies: what a caller changes stays its own', async () => {
    const crm = memoryCrm();
    const [match] = await crm.identify(asked);
    (match?.record as { name: string }).name = 'Changed';
    assert.equal((await crm.identify(asked))[0]?.record.name, 'Lucy Hall');
  });

  it('creates a record that is found by its number afterwards', async () => {
    const crm = memoryCrm();
    const created = await crm.create?.('Lead', { FirstName: 'Nora', LastName: 'New', Phone: '415-555-0199' });
    const [match] = await crm.identify({ numbers: ['+14155550199'], country: 'US' });
    assert.equal(match?.record.id, created?.id);
    assert.equal(match?.record.name, 'Nora New');
  });
});
