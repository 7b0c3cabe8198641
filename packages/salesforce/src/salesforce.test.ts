import type { Activity, Crm } from '@multiline/core';
import { crmConformance } from '@multiline/testing';
import { type PracticeOrg, practiceOrg } from '../test/practice-org.ts';

describe('salesforce() on the practice org', () => conformance({}, 'ML_Call_Key__c'));

// Found again by what the wire knows the call by: the suite's calls get one each.
describe('salesforce() on an org without a field for the key', () =>
  conformance({ callKeyField: 'absent' }, 'CallObject'));

function conformance(settings: object, column: string): void {
  let org: PracticeOrg;
  before(async () => {
    org = await practiceOrg();
  });
  after(() => org.stop());

  crmConformance({
    it,
    // A browser repeats by itself what was cut on a connection used before: without a key that makes a second record.
    controls: column === 'CallObject' ? ['countRequests', 'hangNext'] : ['countRequests', 'cutAfterWrite', 'hangNext'],
    async make() {
      await org.reset();
      await org.configure(settings);
      const leads = await org.query("SELECT Id FROM Lead WHERE Phone = '415.555.0104' ORDER BY CreatedDate");
      const lead = (index: number) => ({ kind: 'Lead', id: String(leads[index]?.['Id']) });
      const petra = await org.find('Account', "Name = 'Petra Person'");
      const task = async (key: string) =>
        await org.query(`SELECT Id, Description FROM Task WHERE ${column} = '${key}'`);
      const named = (key: string, activity: Activity): Activity =>
        column === 'CallObject' ? { ...activity, correlation: key } : activity;
      let counted = 0;
      const crm = org.make();
      return {
        crm: {
          ...crm,
          // A getter: it is found out by the first write.
          get atLeastOnce() {
            return crm.atLeastOnce ?? false;
          },
          logActivity: (key, activity, ...rest) =>
            crm.logActivity(key, named(key, activity), ...rest).finally(() => org.clearFaults()),
          logActivities: (entries, signal) =>
            crm.logActivities?.(
              entries.map(({ key, activity }) => ({ key, activity: named(key, activity) })),
              signal,
            ) ?? Promise.resolve([]),
        } satisfies Crm,
        people: {
          lucy: await org.find('Contact', "Name = 'Lucy Hall'"),
          larry: await org.find('Lead', "Name = 'Larry Thomas'"),
          joanContact: await org.find('Contact', "Name = 'Joan Bearish'"),
          joanLead: await org.find('Lead', "Name = 'Joan Bearish'"),
          leads: [lead(0), lead(1), lead(2)],
          petra: { kind: 'PersonAccount', id: petra.id },
          xavier: await org.find('Contact', "Phone = '+1 415 555 0106 x12'"),
        },
        countActivities: async (key) => (await task(key)).length,
        async readNotes(key) {
          const notes = (await task(key))[0]?.['Description'];
          return typeof notes === 'string' ? notes : undefined;
        },
        async editNotesElsewhere(key, Description) {
          await org.asBob('PATCH', `/sobjects/Task/${String((await task(key))[0]?.['Id'])}`, { Description });
        },
        async removeRecord({ kind, id }) {
          await org.asBob('DELETE', `/sobjects/${kind === 'PersonAccount' ? 'Account' : kind}/${id}`);
        },
        countRequests: async () => (counted += (await org.requests()).length),
        // Often enough for what the browser repeats.
        cutAfterWrite: () => org.fault('^PATCH ', { dropAfterWrite: true }, 9),
        hangNext: () => org.fault('/services/', { hang: true }),
      };
    },
  });
}
