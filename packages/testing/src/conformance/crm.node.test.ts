import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Crm } from '@multiline/core';
import { memoryCrm } from '../memory-crm.ts';
import { crmConformance } from './crm.ts';

/** Runs the suite on the memory CRM with something broken in it. Answers the titles of the cases that failed. */
async function failures(broken: (crm: Crm) => Partial<Crm>): Promise<string[]> {
  const cases: { title: string; run: () => Promise<void> }[] = [];
  crmConformance({
    it: (title, run) => cases.push({ title, run }),
    make() {
      const memory = memoryCrm();
      const at = (kind: string, id: string) => ({ kind, id });
      return {
        crm: { ...memory, ...broken(memory) },
        people: {
          lucy: at('Contact', 'contact-lucy'),
          larry: at('Lead', 'lead-larry'),
          joanContact: at('Contact', 'contact-joan'),
          joanLead: at('Lead', 'lead-joan'),
          leads: [at('Lead', 'lead-oldest'), at('Lead', 'lead-middle'), at('Lead', 'lead-newest')],
          petra: at('PersonAccount', 'person-petra'),
          xavier: at('Contact', 'contact-xavier'),
        },
        countActivities: (key) => memory.activitiesWritten.filter((activity) => activity.key === key).length,
        readNotes: (key) => memory.activitiesWritten.find((activity) => activity.key === key)?.notes,
        editNotesElsewhere: (key, text) => memory.editNotes(key, text),
        removeRecord: (ref) => void memory.remove(ref),
      };
    },
  });
  const failed: string[] = [];
  for (const { title, run } of cases) await run().catch(() => failed.push(title));
  return failed;
}

describe('crmConformance', () => {
  it('finds nothing wrong with a CRM that is right', async () => {
    assert.deepEqual(await failures(() => ({})), []);
  });

  it('catches a CRM that writes over what somebody else wrote', async () => {
    const failed = await failures((crm) => ({
      logActivity: (key, activity, options, signal) =>
        crm.logActivity(key, activity, { ...options, overwrite: true }, signal),
    }));
    assert.equal(failed.length, 2);
    assert.match(failed.join('\n'), /conflict with both texts/);
  });

  it('catches a CRM that creates again and again', async () => {
    let count = 0;
    const failed = await failures((crm) => ({
      logActivity: (key, activity, options, signal) =>
        crm.logActivity(count++ % 2 ? `${key}${count}` : key, activity, options, signal),
    }));
    assert.match(failed.join('\n'), /updates that one activity/);
  });

  it('catches a CRM that finds by the last digits', async () => {
    const failed = await failures((crm) => ({
      identify: ({ numbers, country }, signal) =>
        crm.identify({ numbers: numbers.map((number) => `+1${number.slice(-10)}`), country }, signal),
    }));
    assert.match(failed.join('\n'), /nobody by the last digits/);
  });

  it('catches a CRM that lacks what it said it offers', async () => {
    const failed = await failures(() => ({ search: undefined }) as unknown as Partial<Crm>);
    assert.match(failed.join('\n'), /offers what it says/);
  });
});
