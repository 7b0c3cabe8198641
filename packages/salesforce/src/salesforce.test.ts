import { crmConformance } from '@multiline/testing';
import { type PracticeOrg, practiceOrg } from '../test/practice-org.ts';

describe('salesforce() on the practice org', () => {
  let org: PracticeOrg;
  before(async () => {
    org = await practiceOrg();
  });
  after(() => org.stop());

  crmConformance({
    it,
    controls: ['countRequests', 'cutAfterWrite', 'hangNext'],
    async make() {
      await fetch(`${org.url}/__sandbox__/reset`, { method: 'POST' });
      const leads = await org.query("SELECT Id FROM Lead WHERE Phone = '415.555.0104' ORDER BY CreatedDate");
      const lead = (index: number) => ({ kind: 'Lead', id: String(leads[index]?.['Id']) });
      const petra = await org.find('Account', "Name = 'Petra Person'");
      const task = async (key: string) =>
        await org.query(`SELECT Id, Description FROM Task WHERE ML_Call_Key__c = '${key}'`);
      let counted = 0;
      const crm = org.make();
      return {
        crm: {
          ...crm,
          logActivity: (...call: Parameters<typeof crm.logActivity>) =>
            crm.logActivity(...call).finally(() => org.clearFaults()),
        },
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
        // More than once: a browser by itself repeats a request that was cut on a connection used before.
        cutAfterWrite: () => org.fault('^PATCH ', { dropAfterWrite: true }, 9),
        hangNext: () => org.fault('/services/', { hang: true }),
      };
    },
  });
});
