import { createDatabase, type WriteContext } from './database.ts';
import type { Row } from './exchange.ts';
import { dateTimeText } from './field-input.ts';
import { GENERATED_PEOPLE, generatedCompanies, generatedPerson } from './generated-people.ts';
import { mintId } from './record-id.ts';
import type { World } from './world.ts';

/** The id of the practice org itself. */
export const ORGANIZATION_ID = mintId('00D', 1);

const DAY_MS = 24 * 60 * 60 * 1000;

/** The people who work here: business number and extension as the SIP server has them. */
const STAFF: [first: string, last: string, serial: number, timeZone: string, locale: string][] = [
  ['Ann', 'Archer', 1, 'America/Los_Angeles', 'en_US'],
  ['Bob', 'Baker', 2, 'America/New_York', 'en_US'],
  ['Carol', 'Chen', 3, 'Europe/London', 'en_GB'],
  ['Dave', 'Diaz', 4, 'Europe/Berlin', 'de_DE'],
  ['Erin', 'Evans', 5, 'Asia/Tokyo', 'en_US'],
];

/** The short name of a user, which tokens and SIP accounts carry: what stands before the `@` of the username. */
export function userNameOf(row: Readonly<Row>): string {
  return row['IsActive'] === false ? '' : (String(row['Username']).split('@', 1)[0] ?? '');
}

/** Fills an empty store with the users, the named people, the generated ones and what goes with them. */
export function plantSeed(world: World): void {
  const seededAt = world.now();
  let at = seededAt - 400 * DAY_MS;
  const database = createDatabase({ ...world, now: () => at });
  plantTables(world, at);
  const annId = mintId('005', 1);
  const context: WriteContext = { userId: annId, apiBase: '', allowDuplicates: true };

  function plant(object: string, fields: Row): string {
    const schema = world.schema().object(object);
    if (!schema) throw new Error(`the seed names an unknown object ${object}`);
    return database.insert(schema, fields, context);
  }

  const accounts = new Map(generatedCompanies().map((name) => [name, plant('Account', { Name: name })]));
  for (let index = 0; index < GENERATED_PEOPLE; index++) {
    const { object, fields, company } = generatedPerson(index);
    if (object === 'Account' && !world.settings().personAccounts) continue;
    plant(object, object === 'Contact' ? { ...fields, AccountId: accounts.get(company) ?? null } : fields);
  }

  at = seededAt - 90 * DAY_MS;
  const acme = plant('Account', {
    Name: 'Acme',
    Phone: '(415) 555-0100',
    Industry: 'Manufacturing',
    Website: 'https://acme.example',
  });
  const lucy = plant('Contact', {
    FirstName: 'Lucy',
    LastName: 'Hall',
    AccountId: acme,
    Phone: '+14155550101',
    Email: 'lucy.hall@acme.example',
    Title: 'Head of Purchasing',
  });
  plant('Lead', { FirstName: 'Larry', LastName: 'Thomas', Company: 'Thomas & Sons', Phone: '(415) 555-0102' });
  plant('Contact', { FirstName: 'Joan', LastName: 'Bearish', AccountId: acme, Phone: '+14155550103' });
  plant('Lead', { FirstName: 'Joan', LastName: 'Bearish', Company: 'Bearish Research', Phone: '+14155550103' });
  plant('Contact', { FirstName: 'Erika', LastName: 'Extender', AccountId: acme, Phone: '+1 415 555 0106 x12' });
  if (world.settings().personAccounts)
    plant('Account', { FirstName: 'Petra', LastName: 'Person', PersonMobilePhone: '+442079460105' });
  plant('Campaign', { Name: 'Autumn Offers', Type: 'Telemarketing', Status: 'In Progress', IsActive: true });
  plant('Opportunity', {
    Name: 'Acme Renewal',
    AccountId: acme,
    StageName: 'Proposal',
    CloseDate: dateTimeText(seededAt + 30 * DAY_MS).slice(0, 10),
  });
  plant('Case', { Subject: 'Invoice shows the wrong address', ContactId: lucy, Origin: 'Phone' });
  plant('QuickText', {
    Name: 'On my way',
    Message: 'Thank you for your message, I will call you back within the hour.',
    Channel: 'Phone;Internal',
  });
  plant('QuickText', {
    Name: 'Greeting',
    Message: 'Hello {{{Recipient.FirstName}}}, this is {{{Sender.FirstName}}}.',
    Channel: 'Phone;Email',
  });
  plant('QuickText', { Name: 'Mail footer', Message: 'Kind regards', Channel: 'Email' });

  for (const [daysAgo, first, last] of [
    [60, 'Oldest', 'Olsen'],
    [40, 'Middle', 'Mbeki'],
    [20, 'Newest', 'Ng'],
  ] as const) {
    at = seededAt - daysAgo * DAY_MS;
    plant('Lead', { FirstName: first, LastName: last, Company: 'Shared Desk', Phone: '415.555.0104' });
  }

  at = seededAt - 3 * DAY_MS;
  plant('Task', {
    Subject: 'Call with Lucy Hall',
    TaskSubtype: 'Call',
    CallType: 'Inbound',
    CallDurationInSeconds: 312,
    Status: 'Completed',
    WhoId: lucy,
    ActivityDate: new Date(at).toLocaleDateString('sv-SE', { timeZone: 'America/Los_Angeles' }),
    Description: 'Asked for a quote on 40 units. Prefers a call back in the morning.',
    OwnerId: annId,
  });
}

/** Tables only an admin writes: users, queues and the task statuses. */
function plantTables(world: World, at: number): void {
  const stampedAt = dateTimeText(at);
  function plantRow(object: string, fields: Row): void {
    const schema = world.schema().object(object);
    if (!schema) throw new Error(`the seed names an unknown object ${object}`);
    const row: Row = {};
    for (const { describe } of schema.fields.values())
      row[describe.name] = describe.defaultedOnCreate ? describe.defaultValue : null;
    const userId = mintId('005', 1);
    Object.assign(row, {
      CreatedDate: stampedAt,
      CreatedById: userId,
      LastModifiedDate: stampedAt,
      LastModifiedById: userId,
      SystemModstamp: stampedAt,
      ...fields,
      Id: mintId(schema.keyPrefix, world.records.nextSerial(object)),
    });
    world.records.put(String(row['Id']), { object, row, indexed: [{ at: 0, row }] });
  }

  const staff: typeof STAFF = [...STAFF, ['Frank', 'Former', 6, 'America/New_York', 'en_US']];
  for (const [first, last, serial, timeZone, locale] of staff) {
    const name = first.toLowerCase();
    plantRow('User', {
      Username: `${name}@sandbox.test`,
      FirstName: first,
      LastName: last,
      Name: `${first} ${last}`,
      Alias: name,
      CommunityNickname: name,
      Email: `${name}@sandbox.test`,
      Phone: `+1415555000${serial}`,
      Extension: `100${serial}`,
      IsActive: first !== 'Frank',
      TimeZoneSidKey: timeZone,
      LocaleSidKey: locale,
      LanguageLocaleKey: locale === 'de_DE' ? 'de' : 'en_US',
      EmailEncodingKey: 'UTF-8',
      UserType: 'Standard',
    });
  }
  plantRow('Group', { Name: 'Support', DeveloperName: 'Support', Type: 'Queue' });
  const statuses = ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'];
  statuses.forEach((label, index) =>
    plantRow('TaskStatus', {
      MasterLabel: label,
      ApiName: label,
      SortOrder: index + 1,
      IsDefault: index === 0,
      IsClosed: label === 'Completed',
    }),
  );
}
