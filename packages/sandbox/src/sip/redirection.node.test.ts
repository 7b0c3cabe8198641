import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { header } from './message.ts';
import type { ScriptedAgent } from './testing/scripted-agent.ts';
import { openSipBed, type SipBed } from './testing/sip-bed.ts';

describe('a call that is not taken', () => {
  let bed: SipBed;
  let lucy: ScriptedAgent;
  let ann: ScriptedAgent;
  let bob: ScriptedAgent;
  beforeEach(async () => {
    bed = await openSipBed({ noAnswerMs: 150, graceMs: 100 });
    lucy = await bed.agent('+14155550101');
    ann = await bed.agent('ann');
    bob = await bed.agent('bob');
  });
  afterEach(() => bed.end());

  const to = (...users: string[]) => ({
    headers: users.map((user) => ({ name: 'Contact', value: `<sip:${user}@sandbox.test>` })),
  });

  it('goes where the callee redirects it', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    ann.reply(await ann.request('INVITE'), 302, to('1002'));
    bob.reply(await bob.request('INVITE'), 200);
    assert.equal((await lucy.final(invite)).status, 200);
  });

  it('stops ringing at the other devices of somebody who redirects it', async () => {
    const laptop = await bed.agent('ann');
    await lucy.start('INVITE', 'ann');
    const ringing = await laptop.request('INVITE');
    ann.reply(await ann.request('INVITE'), 302, to('bob'));
    assert.match(header(await laptop.request('CANCEL'), 'Reason') ?? '', /cause=302/);
    laptop.reply(ringing, 487);
    assert.equal((await bob.request('INVITE')).uri, bob.contact);
  });

  it('goes to the device a redirection names', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    ann.reply(await ann.request('INVITE'), 302, { headers: [{ name: 'Contact', value: `<${bob.contact}>` }] });
    bob.reply(await bob.request('INVITE'), 486);
    assert.equal((await lucy.final(invite)).status, 486);
  });

  it('ends when redirections go round', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    ann.reply(await ann.request('INVITE'), 302, to('bob'));
    bob.reply(await bob.request('INVITE'), 302, to('ann'));
    assert.equal((await lucy.final(invite)).status, 480);
  });

  it('ends when a redirection leads nowhere', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    ann.reply(await ann.request('INVITE'), 302, to('nobody'));
    assert.equal((await lucy.final(invite)).status, 404);
  });

  it('ends with 480 when it rang long enough', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    ann.reply(await ann.request('INVITE'), 180);
    assert.equal((await lucy.final(invite)).status, 480);
    await ann.request('CANCEL');
  });

  it('is ended by reset, which leaves the devices registered', async () => {
    const invite = await lucy.start('INVITE', 'ann');
    await ann.request('INVITE');
    bed.server.reset();
    assert.equal((await lucy.final(invite)).status, 480);
    await ann.request('CANCEL');
    assert.equal(bed.server.registrations().length, 3);
  });
});
