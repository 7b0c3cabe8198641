import type { Match } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { type PracticeOrg, practiceOrg } from '../test/practice-org.ts';

let org: PracticeOrg;
before(async () => {
  org = await practiceOrg({ indexDelayMs: 0 });
});
beforeEach(async () => {
  await org.reset();
});
after(() => org.stop());

const US = 'US';
const names = (matches: readonly Match[]): string[] => matches.map(({ record }) => `${record.kind} ${record.name}`);

/** Somebody else makes a record; answers its id. */
async function make(object: string, fields: object): Promise<string> {
  return ((await (await org.asBob('POST', `/sobjects/${object}`, fields)).json()) as { id: string }).id;
}

describe('whom a number belongs to', () => {
  it('lists kinds in their order, the newest of a kind first, the same every time', async () => {
    const crm = org.make();
    const asked = () => crm.identify({ numbers: ['+14155550103', '+14155550104'], country: US });
    expect(names(await asked())).to.deep.equal([
      'Contact Joan Bearish',
      'Lead Joan Bearish',
      'Lead Newest Ng',
      'Lead Middle Mbeki',
      'Lead Oldest Olsen',
    ]);
    expect(await asked()).to.deep.equal(await asked());
  });

  it('tells account, owner, age and do-not-call', async () => {
    const lucy = await org.find('Contact', "Name = 'Lucy Hall'");
    const acme = await org.find('Account', "Name = 'Acme'");
    await org.asBob('PATCH', `/sobjects/Contact/${lucy.id}`, { DoNotCall: true });
    const [match] = await org.make().identify({ numbers: ['+14155550101'], country: US });
    expect(match?.record).to.deep.include({
      ...lucy,
      name: 'Lucy Hall',
      account: { name: 'Acme', ref: acme },
      numbers: ['+14155550101'],
      doNotCall: true,
      owner: 'Ann Archer',
    });
    expect(match?.record.createdAt).to.be.below(match?.record.modifiedAt ?? 0);
  });

  it('knows a person account as a person, once', async () => {
    const matches = await org.make().identify({ numbers: ['+442079460105'], country: US });
    expect(names(matches)).to.deep.equal(['PersonAccount Petra Person']);
  });

  it('finds every spelling of a number, in every field, and nobody else’s', async () => {
    const shapes = [
      '(628) 555-0142',
      '628.555.0142',
      '+1 628 555 0142',
      '1-628-555-0142',
      '6285550142',
      '628-555-0142 ext. 7',
    ];
    const fields = ['Phone', 'MobilePhone', 'HomePhone', 'OtherPhone', 'AssistantPhone', 'Phone'];
    for (const [index, shape] of shapes.entries())
      await make('Contact', { LastName: `Shape ${index}`, [String(fields[index])]: shape });
    await make('Contact', { LastName: 'Elsewhere', Phone: '+44 6285550142' });
    await make('Account', { Name: 'Shape Works', Phone: '628/555-0142' });
    const matches = await org.make().identify({ numbers: ['+16285550142'], country: US });
    expect(names(matches).sort()).to.deep.equal([
      'Account Shape Works',
      ...shapes.map((_, index) => `Contact Shape ${index}`),
    ]);
  });

  it('finds a number of another country by its national form', async () => {
    await make('Lead', { LastName: 'Berlin', Company: 'B', Phone: '030 23125 045' });
    const matches = await org.make().identify({ numbers: ['+493023125045'], country: 'DE' });
    expect(names(matches)).to.deep.equal(['Lead Berlin']);
  });

  it('finds a colleague by extension', async () => {
    expect(names(await org.make().identify({ numbers: ['1002'], country: US }))).to.deep.equal(['User Bob Baker']);
  });

  it('makes no request for what is no number', async () => {
    await org.requests();
    const numbers = ['', 'anonymous', 'sip:lobby@sandbox.test', '"}) RETURNING User(Id', '9'.repeat(40)];
    expect(await org.make().identify({ numbers, country: US })).to.deep.equal([]);
    expect(await org.requests()).to.deep.equal([]);
  });

  it('matches only the kinds it was given', async () => {
    const crm = org.make({ kinds: ['Lead'] });
    expect(names(await crm.identify({ numbers: ['+14155550103'], country: US }))).to.deep.equal(['Lead Joan Bearish']);
  });

  it('leaves converted leads out, whose contact it finds', async () => {
    await org.requests();
    for (const matchBy of ['search', 'query'] as const) {
      await org.make({ matchBy }).identify({ numbers: ['+14155550102'], country: US });
    }
    const lead = (await org.requests()).map(decodeURIComponent).filter((path) => path.includes('Lead'));
    expect(lead).to.have.length(2);
    for (const path of lead) expect(path).to.match(/Lead.*IsConverted = false/);
  });
});

describe('an org that is not as usual', () => {
  const everyone = async (crm: ReturnType<PracticeOrg['make']>) =>
    names(await crm.identify({ numbers: ['+14155550101', '+14155550102'], country: US }));

  it('without person accounts costs one request more, once', async () => {
    await org.configure({ personAccounts: false });
    const crm = org.make();
    await org.requests();
    expect(await everyone(crm)).to.deep.equal(['Contact Lucy Hall', 'Lead Larry Thomas']);
    const first = (await org.requests()).length;
    expect(first).to.be.within(2, 3);
    await everyone(crm);
    expect(await org.requests()).to.have.length(1);
  });

  it('with fields hidden from the user shows what it may', async () => {
    await org.configure({
      hiddenFields: ['Contact.DoNotCall', 'Contact.OtherPhone', 'Lead.Company', 'Lead.MobilePhone'],
    });
    const crm = org.make();
    expect(await everyone(crm)).to.deep.equal(['Contact Lucy Hall', 'Lead Larry Thomas']);
    expect((await crm.search?.('Larry'))?.[0]).to.not.have.property('account');
  });

  it('whose search is refused is queried', async () => {
    const body = [{ errorCode: 'MALFORMED_SEARCH', message: 'Search is not available.' }];
    await org.fault('/search', { status: 400, body });
    const crm = org.make();
    expect(await everyone(crm)).to.deep.equal(['Contact Lucy Hall', 'Lead Larry Thomas']);
  });

  it('that is away, over its limit or closed to the user is not asked twice', async () => {
    const limit = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }];
    for (const [status, body, code] of [
      [503, undefined, 'server'],
      [403, limit, 'limit'],
    ] as const) {
      const crm = org.make();
      await org.requests();
      await org.fault('/search', { status, ...(body && { body }) });
      const error = await everyone(crm).catch((thrown: unknown) => thrown);
      expect(error).to.include({ code });
      expect(await org.requests()).to.have.length(1);
    }
  });

  it('whose index lags is queried where that is chosen', async () => {
    await org.configure({ indexDelayMs: 3_600_000 });
    await make('Contact', { LastName: 'Fresh', Phone: '(628) 555-0143' });
    const ask = (matchBy: 'search' | 'query' | 'search-then-query') =>
      org.make({ matchBy }).identify({ numbers: ['+16285550143'], country: US });
    expect(names(await ask('search'))).to.deep.equal([]);
    expect(names(await ask('search-then-query'))).to.deep.equal(['Contact Fresh']);
    expect(names(await ask('query'))).to.deep.equal(['Contact Fresh']);
  });

  it('finds the same people by query as by search', async () => {
    const numbers = [
      '+14155550101',
      '+14155550102',
      '+14155550103',
      '+14155550104',
      '+442079460105',
      '+14155550106',
      '1002',
    ];
    const [found, queried] = await Promise.all(
      (['search', 'query'] as const).map((matchBy) => org.make({ matchBy }).identify({ numbers, country: US })),
    );
    expect(queried).to.deep.equal(found);
    expect(found).to.have.length(10);
  });

  it('that answers with a page instead of data is a server error', async () => {
    await org.fault('/search', { status: 200, body: '<html>Sign in</html>' });
    expect(await everyone(org.make()).catch((thrown: unknown) => thrown)).to.include({
      code: 'server',
      retryable: true,
    });
  });
});
