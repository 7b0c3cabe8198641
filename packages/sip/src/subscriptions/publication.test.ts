import { expect } from '@open-wc/testing';
import type { Line } from '@multiline/core';
import { manualClock, wire, type ManualClock, type Party, type Wire } from '@multiline/testing';
import { sipAccount, sipLine } from '../index.ts';
import { headerOf } from '../testing/notifier.ts';

describe('our presence', () => {
  let clock: ManualClock;
  let network: Wire;
  let server: Party;
  let line: Line;

  beforeEach(async () => {
    clock = manualClock();
    network = wire({ clock });
    // There before the phone: what goes to the user's own address reaches it.
    server = network.party('ann');
    line = sipLine(
      sipAccount({
        servers: ['ws://a.wire.test'],
        uri: 'sip:ann@wire.test',
        credentials: () => ({ password: 'ann' }),
        transport: network.transport,
        random: () => 1,
        clock,
      }),
    );
    await line.start();
  });

  afterEach(() => line.stop());

  const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'resolved',
      (thrown: unknown) => (thrown as { code: string }).code,
    );

  async function taken(tag: string, expires = '600') {
    const publish = await server.next('PUBLISH');
    server.respond(publish, 200, {
      headers: [
        ['SIP-ETag', tag],
        ['Expires', expires],
      ],
    });
    return publish;
  }

  it('is published, with what one does and why', async () => {
    const published = line.publish!({ open: true, activity: 'busy', note: 'Lunch <&> "tea"' });
    const publish = await taken('e1');
    await published;
    expect(headerOf(publish, 'Event')).to.equal('presence');
    expect(headerOf(publish, 'Content-Type')).to.equal('application/pidf+xml');
    expect(headerOf(publish, 'SIP-If-Match')).to.equal('');
    const { documentElement: root } = new DOMParser().parseFromString(publish.body, 'application/xml');
    expect(root.getAttribute('entity')).to.equal('sip:ann@wire.test');
    expect(root.querySelector('basic')?.textContent).to.equal('open');
    expect(root.getElementsByTagNameNS('urn:ietf:params:xml:ns:pidf:rpid', 'busy')).to.have.length(1);
    expect(root.querySelector('note')?.textContent).to.equal('Lunch <&> "tea"');
  });

  it('is changed and renewed under its tag, and taken back at the end', async () => {
    await Promise.all([line.publish!({ open: true }), taken('e1', '100')]);
    const [, changed] = await Promise.all([line.publish!({ open: false }), taken('e2', '100')]);
    expect(headerOf(changed, 'SIP-If-Match')).to.equal('e1');
    expect(changed.body).to.contain('closed');
    await clock.run(90_000);
    const renewed = await taken('e3', '100');
    expect([headerOf(renewed, 'SIP-If-Match'), renewed.body]).to.deep.equal(['e2', '']);
    await clock.run(0);
    const over = server.next('PUBLISH');
    await line.stop();
    expect([headerOf(await over, 'SIP-If-Match'), headerOf(await over, 'Expires')]).to.deep.equal(['e3', '0']);
  });

  it('is renewed a minute later where the server would not take it just now', async () => {
    await Promise.all([line.publish!({ open: false }), taken('e1', '100')]);
    await clock.run(90_000);
    server.respond(await server.next('PUBLISH'), 503);
    await clock.run(60_000);
    const renewed = await taken('e2', '100');
    expect([headerOf(renewed, 'SIP-If-Match'), renewed.body.includes('closed')]).to.deep.equal(['e1', true]);
  });

  it('is published for the next who signs in, though the server never answered the one before', async () => {
    await Promise.all([line.publish!({ open: true }), taken('e1')]);
    const unanswered = codeOf(line.publish!({ open: false }));
    await server.next('PUBLISH');
    const out = line.logIn!(null);
    await taken('e2');
    await out;
    await clock.run(8_000);
    expect(await unanswered).to.equal('timeout');
    await line.logIn!({ username: 'ann', password: 'ann' });
    await Promise.all([line.publish!({ open: true }), taken('e3')]);
  });

  it('is published anew when the server has forgotten it, and after a cut', async () => {
    await Promise.all([line.publish!({ open: true }), taken('e1')]);
    const again = line.publish!({ open: false });
    server.respond(await server.next('PUBLISH'), 412);
    const anew = await taken('e2');
    await again;
    expect([headerOf(anew, 'SIP-If-Match'), anew.body.includes('closed')]).to.deep.equal(['', true]);
    network.cut();
    const after = server.next('PUBLISH');
    await clock.run(4_000);
    expect((await after).body).to.contain('closed');
  });

  it('asks for longer where the server wants that', async () => {
    const published = line.publish!({ open: true });
    server.respond(await server.next('PUBLISH'), 423, { headers: [['Min-Expires', '1800']] });
    expect(headerOf(await taken('e1'), 'Expires')).to.equal('1800');
    await published;
  });

  it('cannot be published where the server takes none, and is not tried again', async () => {
    const refused = codeOf(line.publish!({ open: true }));
    server.respond(await server.next('PUBLISH'), 489);
    expect(await refused).to.equal('unsupported');
    const sent = network.messages.length;
    expect(await codeOf(line.publish!({ open: false }))).to.equal('unsupported');
    expect(network.messages).to.have.length(sent);
    // It may be another server after a cut.
    network.cut();
    await clock.run(4_000);
    expect((await taken('e1')).body).to.contain('closed');
  });

  it('says why it was not published', async () => {
    const refused = codeOf(line.publish!({ open: true }));
    server.respond(await server.next('PUBLISH'), 403);
    expect(await refused).to.equal('forbidden');
    const silent = codeOf(line.publish!({ open: true }));
    await server.next('PUBLISH');
    await clock.run(8_000);
    expect(await silent).to.equal('timeout');
    await line.stop();
    expect(await codeOf(line.publish!({ open: true }))).to.equal('not-registered');
  });
});
