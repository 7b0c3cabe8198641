import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { header, headerLines, withHeader } from './message.ts';
import { openSipBed, type SipBed } from './testing/sip-bed.ts';

describe('registration', () => {
  let bed: SipBed;
  let clock: number;
  beforeEach(async () => {
    clock = Date.UTC(2026, 10, 20);
    bed = await openSipBed({ now: () => clock });
  });
  afterEach(() => bed.end());

  it('challenges, then registers an agent, an outside number and a guest', async () => {
    for (const user of ['ann', '+14155550101', 'guest-7']) {
      const agent = await bed.connect(user);
      const response = await agent.register();
      assert.equal(response.status, 200);
      assert.match(header(response, 'Contact') ?? '', new RegExp(`^<${agent.contact}>;expires=600`));
    }
    assert.deepEqual(
      bed.server.registrations().map(({ user }) => user),
      ['ann', '+14155550101', 'guest-7'],
    );
  });

  it('refuses a wrong password and an unknown user', async () => {
    const ann = await bed.connect('ann');
    assert.equal((await ann.register({ password: 'wrong' })).status, 403);
    const zed = await bed.connect('zed');
    assert.equal((await zed.register({ password: 'zed' })).status, 403);
    assert.deepEqual(bed.server.registrations(), []);
  });

  it('refuses to register for somebody else', async () => {
    const ann = await bed.connect('ann');
    const register = await ann.start('REGISTER', 'ann', { to: '<sip:bob@sandbox.test>' });
    assert.equal((await ann.final(register)).status, 403);
  });

  it('calls an old nonce and a replayed count stale, and takes the same password with a new nonce', async () => {
    const ann = await bed.connect('ann');
    const register = await ann.start('REGISTER', 'ann');
    assert.equal((await ann.final(register)).status, 200);
    const again = ann.build('REGISTER', 'ann');
    const replay = withHeader(again, 'Authorization', header(register, 'Authorization') ?? '');
    ann.send(replay);
    const replayed = await ann.final(replay);
    assert.equal(replayed.status, 401);
    assert.match(header(replayed, 'WWW-Authenticate') ?? '', /stale=true/);
    clock += 301_000;
    const late = withHeader(ann.build('REGISTER', 'ann'), 'Authorization', header(register, 'Authorization') ?? '');
    ann.send(late);
    assert.match(header(await ann.final(late), 'WWW-Authenticate') ?? '', /stale=true/);
    assert.equal((await ann.register()).status, 200);
  });

  it('refuses an interval that is too brief and names the least', async () => {
    const ann = await bed.connect('ann');
    const response = await ann.register({ expires: 3 });
    assert.equal(response.status, 423);
    assert.equal(header(response, 'Min-Expires'), '10');
  });

  it('forgets a device that unregisters, one by one or all with *', async () => {
    const one = await bed.agent('ann');
    const two = await bed.agent('ann');
    assert.equal(headerLines(await two.register(), 'Contact').length, 2);
    assert.equal((await one.register({ expires: 0 })).status, 200);
    assert.deepEqual(
      bed.server.registrations('ann').map(({ contact }) => contact),
      [two.contact],
    );
    await one.register();
    const all = await two.register({ expires: 0, contact: '*' });
    assert.equal(all.status, 200);
    assert.deepEqual(bed.server.registrations('ann'), []);
    assert.equal((await two.register({ expires: 60, contact: '*' })).status, 400);
  });

  it('lets a registration run out', async () => {
    await bed.agent('ann');
    clock += 600_000;
    assert.deepEqual(bed.server.registrations('ann'), []);
  });

  it('replaces the device of the same instance', async () => {
    for (const name of ['a', 'a', 'b']) {
      const agent = await bed.connect('ann');
      await agent.register({ contact: `<${agent.contact}>;+sip.instance="<urn:uuid:${name}>"` });
    }
    assert.equal(bed.server.registrations('ann').length, 2);
  });

  it('limits the number of devices', async () => {
    const agents = await Promise.all(Array.from({ length: 11 }, () => bed.connect('ann')));
    const statuses: number[] = [];
    for (const agent of agents) statuses.push((await agent.register()).status);
    assert.deepEqual(statuses, [...Array<number>(10).fill(200), 503]);
    assert.equal(bed.server.registrations('ann').length, 10);
  });

  it('refuses a REGISTER older than the last', async () => {
    const ann = await bed.connect('ann');
    const first = await ann.start('REGISTER', 'ann', { callId: 'one' });
    assert.equal((await ann.final(first)).status, 200);
    ann.rewind();
    const older = await ann.start('REGISTER', 'ann', { callId: 'one' });
    assert.equal((await ann.final(older)).status, 400);
  });

  it('forgets the devices of a socket that closes', async () => {
    const ann = await bed.agent('ann');
    assert.equal(bed.server.closeSocketsOf('ann'), 1);
    await ann.closed;
    assert.deepEqual(bed.server.registrations('ann'), []);
  });
});
