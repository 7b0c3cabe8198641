import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { desk, lucy, receiveCall, stranger, type Desk } from '../../test/desk.ts';

/** The match of a call each time the store of calls changes, from its first moment on. */
function matches({ workspace }: Desk, id: () => string | undefined): string[] {
  const seen: string[] = [];
  workspace.$calls.listen((calls) => {
    const call = calls.find((one) => one.id === id());
    if (call) seen.push(call.match.record?.name ?? call.match.state);
  });
  return seen;
}

describe('whom a call belongs to', () => {
  it('is there with the call itself where its number is in memory, and told once', async () => {
    const here = await desk();
    await receiveCall(here, lucy);
    const told = here.facts.length;
    const seen = matches(here, () => here.workspace.$calls.get().at(-1)?.id);
    here.line.ring({ address: lucy });
    assert.deepEqual(new Set(seen), new Set(['Lucy Hall']));
    assert.deepEqual(here.facts.slice(told), ['ml-call-incoming', 'ml-record-matched']);
    await here.clock.run(0);
    assert.equal(here.facts.filter((type) => type === 'ml-record-matched').length, 2);
    await here.workspace.stop();
  });

  it('is there at once where what is in memory is old, and again when the CRM has said something newer', async () => {
    const here = await desk();
    await receiveCall(here, lucy);
    here.crm.put({ kind: 'Contact', id: 'contact-lucy', name: 'Lucy Wed', numbers: [lucy] });
    await here.clock.run(11 * 60_000);
    here.line.ring({ address: lucy });
    assert.equal(here.call().match.record?.name, 'Lucy Hall');
    await here.clock.run(0);
    assert.equal(here.call().match.record?.name, 'Lucy Wed');
    await here.workspace.stop();
  });

  it('is asked for where nobody had the number a while ago', async () => {
    const here = await desk();
    await receiveCall(here, stranger);
    here.line.ring({ address: stranger });
    assert.equal(here.call().match.state, 'unknown');
    await here.clock.run(60_000);
    here.line.ring({ address: stranger });
    assert.equal(here.call().match.state, 'searching');
    await here.workspace.stop();
  });
});
