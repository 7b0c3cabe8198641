import { expect } from '@open-wc/testing';
import { type PracticeOrg, practiceOrg } from '../test/practice-org.ts';
import { salesforce } from './index.ts';

let org: PracticeOrg;
before(async () => {
  org = await practiceOrg({ indexDelayMs: 0 });
});
beforeEach(async () => {
  await org.reset();
});
after(() => org.stop());

const thrownBy = (promise: Promise<unknown> | undefined): Promise<unknown> =>
  (promise ?? Promise.resolve()).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('search', () => {
  it('finds names by the beginnings of their words, in one request, the whole name first', async () => {
    const crm = org.make();
    await org.requests();
    const found = await crm.search?.('joan bear');
    expect(found?.map(({ kind, name }) => `${kind} ${name}`)).to.deep.equal([
      'Contact Joan Bearish',
      'Lead Joan Bearish',
    ]);
    expect(await org.requests()).to.have.length(1);
    expect((await crm.search?.('Petra'))?.[0]).to.include({ kind: 'PersonAccount', name: 'Petra Person' });
    expect((await crm.search?.('bob b'))?.[0]).to.include({ kind: 'User', name: 'Bob Baker' });
  });

  it('finds numbers by a part, as a person types them', async () => {
    const crm = org.make();
    for (const typed of [
      '4155550101',
      '415 555 0101',
      '(415) 555-0101',
      '+1 415-555-0101',
      '14155550101',
      '415555010',
      '5550101',
    ]) {
      const found = (await crm.search?.(typed, { limit: 100 })) ?? [];
      expect(
        found.map(({ name }) => name),
        typed,
      ).to.include('Lucy Hall');
    }
    expect(await crm.search?.('+44 20 7946 0105')).to.have.length(1);
    expect(await crm.search?.('020 7946 0105')).to.have.length(1);
  });

  it('asks nothing of the org for what cannot be searched', async () => {
    const crm = org.make();
    await org.requests();
    for (const text of ['', ' ', 'x', '*', '?*', '()', '12']) expect(await crm.search?.(text)).to.deep.equal([]);
    expect(await crm.search?.('Lucy', { limit: 0 })).to.deep.equal([]);
    expect(await org.requests()).to.deep.equal([]);
  });
});

describe('records', () => {
  it('are read with the org’s own labels and a version that changes with them', async () => {
    const crm = org.make({ fields: { Contact: ['Name', 'Title', 'Email', 'NoSuch__c'] } });
    const lucy = await org.find('Contact', "Name = 'Lucy Hall'");
    const details = await crm.read?.(lucy);
    expect(details?.record).to.deep.include({ ...lucy, name: 'Lucy Hall' });
    expect(details?.fields).to.deep.equal([
      { name: 'Name', label: 'Full Name', value: 'Lucy Hall' },
      { name: 'Title', label: 'Title', value: 'Head of Purchasing' },
      { name: 'Email', label: 'Email', value: 'lucy.hall@acme.example' },
    ]);
    await org.asBob('PATCH', `/sobjects/Contact/${lucy.id}`, { Title: 'CEO' });
    expect((await crm.read?.(lucy))?.version).to.not.equal(details?.version);
  });

  it('of every kind are read', async () => {
    const crm = org.make();
    const petra = await org.find('Account', "Name = 'Petra Person'");
    for (const ref of [
      { kind: 'PersonAccount', id: petra.id },
      await org.find('Lead', "Name = 'Larry Thomas'"),
      await org.find('Account', "Name = 'Acme'"),
      await org.find('Case', "Origin = 'Phone'"),
      await org.find('User', "Name = 'Bob Baker'"),
    ]) {
      const details = await crm.read?.(ref);
      expect(details?.record).to.include(ref);
      expect(details?.fields.length).to.be.above(2);
    }
  });

  it('that are none are not-found without a request', async () => {
    const crm = org.make();
    await org.requests();
    for (const ref of [
      { kind: 'Contact', id: "x' OR Id != '" },
      { kind: 'Nothing', id: '003000000000001AAA' },
    ]) {
      expect(await thrownBy(crm.read?.(ref))).to.include({ code: 'not-found' });
    }
    expect(await org.requests()).to.deep.equal([]);
  });

  it('are created with what the org wants, and come back as lists show them', async () => {
    const crm = org.make();
    const lead = await crm.create?.('Lead', { LastName: "O'Hara <b>", Company: 'Acme', Phone: '+16285550144' });
    expect(lead).to.deep.include({
      kind: 'Lead',
      name: "O'Hara <b>",
      account: { name: 'Acme' },
      numbers: ['+16285550144'],
    });
    const refused = await thrownBy(crm.create?.('Contact', { FirstName: 'No last name' }));
    expect(refused).to.include({ code: 'refused', message: 'Required fields are missing: [LastName]' });
    expect(await thrownBy(crm.create?.('Contact', { 'Last Name': 'x' }))).to.include({ code: 'refused' });
    expect(await thrownBy(crm.create?.('User', { LastName: 'x' }))).to.include({ code: 'refused' });
  });

  it('that a duplicate rule holds back name the records it found', async () => {
    await org.configure({ duplicateRule: true });
    const larry = await org.find('Lead', "Name = 'Larry Thomas'");
    const fields = { FirstName: 'Larry', LastName: 'Thomas', Company: 'T', Phone: '(415) 555-0102' };
    const error = await thrownBy(org.make().create?.('Lead', fields));
    expect(error).to.deep.include({
      code: 'refused',
      message: 'Use one of these records?',
      details: { duplicates: [larry.id] },
    });
  });

  it('have an absolute address where they are seen, and nothing else has one', async () => {
    const crm = org.make({ lightningUrl: 'https://acme.lightning.force.com/' });
    const id = '003000000000001AAA';
    expect(crm.url?.({ kind: 'Contact', id })).to.equal(
      `https://acme.lightning.force.com/lightning/r/Contact/${id}/view`,
    );
    expect(crm.url?.({ kind: 'PersonAccount', id })).to.equal(
      `https://acme.lightning.force.com/lightning/r/Account/${id}/view`,
    );
    expect(crm.url?.({ kind: 'Task', id })).to.contain('/lightning/r/Task/');
    expect(org.make().url?.({ kind: 'Lead', id })).to.equal(`${org.url}/lightning/r/Lead/${id}/view`);
    for (const ref of [
      { kind: 'Contact', id: '003/../../x' },
      { kind: 'Contact', id: '003000000000001AAB' },
      { kind: '../x', id },
    ]) {
      expect(crm.url?.(ref)).to.equal(null);
    }
    expect(org.make({ lightningUrl: 'javascript:alert(1)' }).url?.({ kind: 'Lead', id })).to.equal(null);
  });
});

describe('the user', () => {
  const ann = { name: 'Ann Archer', timeZone: 'America/Los_Angeles', locale: 'en-US' };

  it('is asked once', async () => {
    const crm = org.make();
    await org.requests();
    expect(await crm.me?.()).to.deep.include(ann);
    expect((await crm.me?.())?.ref.id).to.match(/^005/);
    expect(await org.requests()).to.deep.equal(['GET /services/oauth2/userinfo']);
  });

  it('is found by record where the token is not good for the identity service', async () => {
    await org.fault('userinfo', { status: 403, body: { error: 'insufficient_scope' } });
    expect(await org.make().me?.()).to.deep.include(ann);
  });

  it('is not guessed when the org is away', async () => {
    await org.fault('userinfo', { status: 503 });
    expect(await thrownBy(org.make().me?.())).to.include({ code: 'server' });
  });
});

describe('activities', () => {
  it('list calls with their notes, and what is open', async () => {
    const crm = org.make();
    const lucy = await org.find('Contact', "Name = 'Lucy Hall'");
    const due = '2031-01-02';
    await org.asBob('POST', '/sobjects/Task', { Subject: 'Send the quote', WhoId: lucy.id, ActivityDate: due });
    const [open, earlier] = (await crm.activities?.(lucy)) ?? [];
    expect(open).to.include({
      subject: 'Send the quote',
      type: 'task',
      open: true,
      at: Date.parse(`${due}T12:00:00Z`),
    });
    expect(earlier).to.include({ subject: 'Call with Lucy Hall', type: 'call', open: false });
    expect(earlier?.notes).to.match(/^Asked for a quote/);
    expect(earlier?.at).to.be.closeTo(Date.now() - 3 * 86_400_000 - 312_000, 60_000);
  });

  it('of a company are those of its people too', async () => {
    const acme = await org.find('Account', "Name = 'Acme'");
    expect((await org.make().activities?.(acme))?.map(({ subject }) => subject)).to.include('Call with Lucy Hall');
  });
});

describe('salesforce()', () => {
  it('makes no request before it is asked something', async () => {
    await org.requests();
    expect(org.make().name).to.equal('salesforce');
    expect(await org.requests()).to.deep.equal([]);
  });

  it('takes any other way to the org', async () => {
    const asked: string[] = [];
    const answer = (body: unknown) => Promise.resolve({ status: 200, headers: {}, body });
    const crm = salesforce({
      api: {
        instanceUrl: 'https://acme.my.salesforce.com',
        query: () => answer({ records: [] }),
        search: (sosl) => (asked.push(sosl), answer({ searchRecords: [] })),
        request: () => answer({}),
      },
    });
    expect(await crm.identify({ numbers: ['+14155550101'], country: 'US' })).to.deep.equal([]);
    expect(asked[0]).to.match(/^FIND \{4155550101 OR 14155550101\} IN PHONE FIELDS RETURNING Contact\(/);
  });

  it('refuses options that cannot work', () => {
    const access = {
      instanceUrl: 'https://acme.my.salesforce.com',
      credentials: () => Promise.reject(new Error('no')),
    };
    expect(() => salesforce({ ...access, externalIdField: 'x y' })).to.throw('no API name');
    expect(() => salesforce({ ...access, kinds: ['Nothing' as 'Lead'] })).to.throw('No such kind');
    expect(() => salesforce({ ...access, instanceUrl: 'nowhere' })).to.throw();
  });
});
