import type { Match, RecordRef } from '@multiline/core';
import { type CrmSuite, type CrmUnderTest, newKey } from './crm-case.ts';
import { expectEqual, expectRejection, expectThat } from './expectation.ts';

const US = 'US';
const UNKNOWN = '+14155550199';

const idsOf = (refs: readonly RecordRef[]): string[] => refs.map(({ kind, id }) => `${kind}/${id}`).sort();
const recordsOf = (matches: readonly Match[]): RecordRef[] => matches.map(({ record }) => record);

async function ask({ crm }: CrmUnderTest, ...numbers: string[]): Promise<readonly Match[]> {
  return crm.identify({ numbers, country: US });
}

/** The cases of `identify`. */
export function identifySuite({ test, controls }: CrmSuite): void {
  const finds = (title: string, number: string, people: (subject: CrmUnderTest) => readonly RecordRef[]): void => {
    test(`identify finds ${title}`, async (subject) => {
      expectEqual(idsOf(recordsOf(await ask(subject, number))), idsOf(people(subject)), `who has ${number}`);
    });
  };

  finds('a number stored in E.164', '+14155550101', ({ people }) => [people.lucy]);
  finds('a number stored as (415) 555-0102', '+14155550102', ({ people }) => [people.larry]);
  finds('a contact and a lead of one number', '+14155550103', ({ people }) => [people.joanContact, people.joanLead]);
  finds('three leads stored as 415.555.0104', '+14155550104', ({ people }) => people.leads);
  finds('a number of another country', '+442079460105', ({ people }) => [people.petra]);
  finds('a number stored with an extension', '+14155550106', ({ people }) => [people.xavier]);
  finds('nobody for an unknown number', UNKNOWN, () => []);
  finds('nobody by the last digits alone', '+494155550101', () => []);
  finds('nobody by a part of a number', '5550101', () => []);
  finds('nobody for 40 digits', '+1415555010114155550101141555501011415555', () => []);
  for (const hostile of [
    '',
    '*',
    '+',
    "' OR Name != '",
    '"}) RETURNING User(Id',
    '%',
    'anonymous',
    '\u202E1010',
    '☎️',
  ]) {
    finds(`nobody for ${JSON.stringify(hostile)}`, hostile, () => []);
  }

  test('identify answers nothing when nothing is asked', async (subject) => {
    expectEqual(await ask(subject), [], 'matches of no number');
  });

  test('identify takes all numbers of a call at once and says by which each was found', async (subject) => {
    const { people } = subject;
    const matches = await ask(subject, '+14155550101', UNKNOWN, '+14155550102', '+442079460105');
    const by = (number: string): RecordRef[] => recordsOf(matches.filter((match) => match.number === number));
    expectEqual(idsOf(by('+14155550101')), idsOf([people.lucy]), 'by the first number');
    expectEqual(idsOf(by('+14155550102')), idsOf([people.larry]), 'by the third number');
    expectEqual(idsOf(by('+442079460105')), idsOf([people.petra]), 'by the fourth number');
    expectEqual(matches.length, 3, 'how many matches');
  });

  test('identify lists no match twice, though a number is asked twice', async (subject) => {
    expectEqual((await ask(subject, '+14155550101', '+14155550101')).length, 1, 'how many matches');
  });

  test('identify repeats the number letter for letter', async (subject) => {
    const [match] = await ask(subject, '+14155550102');
    expectEqual(match?.number, '+14155550102', 'the number of the match');
  });

  test('identify names the record and its company in plain text', async (subject) => {
    const [match] = await ask(subject, '+14155550101');
    expectEqual(match?.record.name, 'Lucy Hall', 'the name');
    expectEqual(match?.record.account?.name, 'Acme', 'the company');
  });

  test('identify answers kinds that were declared, as plain data', async (subject) => {
    const matches = await ask(subject, '+14155550101', '+14155550103', '+442079460105');
    const declared = new Set(subject.crm.kinds.map(({ name }) => name));
    for (const { record } of structuredClone(matches)) {
      expectThat(declared.has(record.kind), `The kind ${record.kind} was not declared.`);
    }
  });

  test('identify tells the age of records, so that the newest can be chosen', async (subject) => {
    const records = (await ask(subject, '+14155550104')).map(({ record }) => record);
    for (const { createdAt, name } of records) {
      expectThat(Number.isFinite(createdAt), `createdAt of ${name} is not epoch ms: ${createdAt}`);
    }
    const newest = [...records].sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))[0];
    expectEqual(newest?.id, subject.people.leads[2].id, 'the newest of three leads');
  });

  test('identify creates nothing', async (subject) => {
    await ask(subject, UNKNOWN);
    expectEqual(await ask(subject, UNKNOWN), [], 'who has the unknown number when asked again');
    expectEqual(await subject.countActivities(newKey()), 0, 'activities');
  });

  test('identify no longer finds a record that was removed', async (subject) => {
    await subject.removeRecord(subject.people.lucy);
    expectEqual(await ask(subject, '+14155550101'), [], 'who has the number');
  });

  test('identify rejects when its signal has aborted', async ({ crm }) => {
    const aborted = AbortSignal.abort();
    await expectRejection(crm.identify({ numbers: ['+14155550101'], country: US }, aborted), 'identify');
  });

  if (controls.has('hangNext')) {
    test('identify rejects when its signal aborts while the CRM is silent', async (subject) => {
      await subject.hangNext?.();
      const controller = new AbortController();
      const answer = subject.crm.identify({ numbers: ['+14155550101'], country: US }, controller.signal);
      controller.abort();
      await expectRejection(answer, 'identify');
    });
  }

  if (controls.has('countRequests')) {
    test('identify makes one request, however many numbers are asked', async (subject) => {
      await ask(subject, UNKNOWN);
      const before = (await subject.countRequests?.()) ?? 0;
      await ask(subject, '+14155550101', '+14155550102', '+14155550103', '+442079460105');
      expectEqual((await subject.countRequests?.()) ?? 0, before + 1, 'requests');
    });
  }
}
