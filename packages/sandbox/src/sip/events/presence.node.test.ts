import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { header, type Header, type SipResponse } from '../message.ts';
import type { ScriptedAgent } from '../testing/scripted-agent.ts';
import { openSipBed, type SipBed } from '../testing/sip-bed.ts';

const pidf = (note: string) =>
  `<presence xmlns="urn:ietf:params:xml:ns:pidf" entity="sip:ann@sandbox.test"><tuple id="t"><status><basic>open</basic>` +
  `</status><note>${note}</note></tuple></presence>`;

describe('presence', () => {
  let bed: SipBed;
  let ann: ScriptedAgent;
  let bob: ScriptedAgent;
  beforeEach(async () => {
    bed = await openSipBed();
    ann = await bed.agent('ann');
    bob = await bed.agent('bob');
  });
  afterEach(() => bed.end());

  const publish = async (body: string, extra: readonly Header[] = [], user = 'ann'): Promise<SipResponse> => {
    const type = body === '' ? [] : [{ name: 'Content-Type', value: 'application/pidf+xml' }];
    const headers = [{ name: 'Event', value: 'presence' }, ...type, ...extra];
    return ann.final(await ann.start('PUBLISH', user, { body, headers }));
  };
  const tagOf = (response: SipResponse): Header => ({
    name: 'SIP-If-Match',
    value: header(response, 'SIP-ETag') ?? '',
  });
  const watch = async (whom: string) => {
    const headers = [{ name: 'Event', value: 'presence' }];
    await bob.final(await bob.start('SUBSCRIBE', whom, { headers }));
  };
  const seen = async () => {
    const notify = await bob.request('NOTIFY');
    bob.reply(notify, 200);
    return notify.body;
  };

  it('goes from who publishes to who watches, changes by its tag, and ends', async () => {
    await watch('ann');
    assert.match(await seen(), /<basic>open<\/basic>/);
    const first = await publish(pidf('lunch'));
    assert.equal(first.status, 200);
    assert.equal(header(first, 'Expires'), '600');
    assert.equal(await seen(), pidf('lunch'));
    const second = await publish(pidf('meeting'), [tagOf(first)]);
    assert.notEqual(header(second, 'SIP-ETag'), header(first, 'SIP-ETag'));
    assert.equal(await seen(), pidf('meeting'));
    const refreshed = await publish('', [tagOf(second)]);
    assert.equal(refreshed.status, 200);
    assert.equal((await publish('', [tagOf(refreshed), { name: 'Expires', value: '0' }])).status, 200);
    assert.match(await seen(), /<tuple id="device">/);
  });

  it('refuses a tag it does not know, another type, nothing, and other people’s', async () => {
    const first = await publish(pidf('a'));
    await publish(pidf('b'), [tagOf(first)]);
    assert.equal((await publish(pidf('c'), [tagOf(first)])).status, 412);
    assert.equal((await publish('')).status, 400);
    assert.equal((await publish('no document')).status, 400);
    const other = [
      { name: 'Event', value: 'presence' },
      { name: 'Content-Type', value: 'text/plain' },
    ];
    const typed = await ann.final(await ann.start('PUBLISH', 'ann', { body: 'hm', headers: other }));
    assert.equal(typed.status, 415);
    assert.equal(header(typed, 'Accept'), 'application/pidf+xml');
    assert.equal((await publish(pidf('x'), [], 'bob')).status, 403);
    assert.equal((await publish(pidf('x'), [{ name: 'Expires', value: '2' }])).status, 423);
    const weather = await ann.start('PUBLISH', 'ann', { headers: [{ name: 'Event', value: 'weather' }] });
    assert.equal((await ann.final(weather)).status, 489);
  });

  it('says without a publication whether a device is there', async () => {
    await watch('carol');
    assert.match(await seen(), /<basic>closed<\/basic>/);
    const carol = await bed.agent('carol');
    assert.match(await seen(), /<basic>open<\/basic>/);
    carol.cut();
    assert.match(await seen(), /<basic>closed<\/basic>/);
  });

  it('lets guests see nobody', async () => {
    const guest = await bed.agent('guest-1');
    const watching = await guest.start('SUBSCRIBE', 'ann', { headers: [{ name: 'Event', value: 'presence' }] });
    assert.equal((await guest.final(watching)).status, 403);
  });
});
