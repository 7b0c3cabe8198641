import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import type { Line, LineCall } from '@multiline/core';
import { lineSignals, nextIncoming } from '@multiline/testing';
import { phoneService, remoteLine, sipAccount, sipLine, type SipAccount } from './index.ts';

describe('watching on the sandbox', () => {
  let id: string;
  let url: string;
  const started: Line[] = [];

  before(async () => {
    const sandbox = await executeServerCommand<{ id: string; url: string }, undefined>('sandbox:start');
    ({ id, url } = sandbox);
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((line) => line.stop()));
  });

  after(async () => {
    await executeServerCommand('sandbox:stop', id);
  });

  const account = (user: string, password = user): SipAccount =>
    sipAccount({
      servers: [`${url.replace('http', 'ws')}sip`],
      uri: `sip:${user}@sandbox.test`,
      credentials: () => ({ password }),
    });

  async function start(line: Line): Promise<Line> {
    started.push(line);
    await line.start();
    expect(line.$status.get().state).to.equal('registered');
    return line;
  }

  const nextWatched = (line: Line): Promise<LineCall> =>
    new Promise((resolve) => {
      const stop = line.onWatched!((call) => {
        queueMicrotask(() => stop());
        resolve(call);
      });
    });

  it('[ML-36] a call that another device answers goes on there, under the same correlation', async () => {
    const ann = sipLine(account('ann'));
    const seen: LineCall[] = [];
    ann.onWatched!((call) => seen.push(call));
    const [, desk, lucy] = [
      await start(ann),
      await start(sipLine(account('ann'))),
      await start(sipLine(account('+14155550101', 'sandbox'))),
    ];
    const [coming, there] = [nextIncoming(ann), nextIncoming(desk)];
    const out = await lucy.dial('1001');
    const [here, elsewhere] = [await coming, await there];
    const [ours, theirs] = [lineSignals(here), lineSignals(out)];
    const watched = nextWatched(ann);
    await elsewhere.answer();
    await theirs.next('answered');
    expect((await ours.next('ended')).reason).to.equal('answered-elsewhere');
    const call = await watched;
    expect(call).to.deep.include({ direction: 'inbound', device: 'elsewhere', correlation: here.correlation });
    const signals = lineSignals(call);
    await signals.next('answered');
    await out.hangUp();
    expect((await signals.next('ended')).reason).to.equal('completed');
    expect(seen).to.have.length(1);
  });

  it('a line of another device shows what rings and talks there, and rings nowhere itself', async () => {
    const remote = remoteLine(account('ann'));
    // Somebody listens all the time, as a workspace does.
    remote.onWatched!(() => undefined);
    const coming = nextIncoming(remote);
    await start(remote);
    const desk = await start(sipLine(account('ann')));
    const lucy = await start(sipLine(account('+14155550101', 'sandbox')));
    const there = nextIncoming(desk);
    const out = await lucy.dial('1001');
    const call = await coming;
    expect(call.remote.address).to.equal('+14155550101');
    const signals = lineSignals(call);
    await (await there).answer();
    await signals.next('answered');
    await out.hangUp();
    expect(await signals.next('ended')).to.deep.include({ reason: 'completed' });
    const made = nextWatched(remote);
    const dialed = await desk.dial('+14155550101');
    const watched = lineSignals(await made);
    await dialed.hangUp();
    expect((await watched.next('ended')).reason).to.equal('cancelled');
  });

  it('counts and lists the mailbox, and publishes presence', async () => {
    const service = phoneService({ url: `${url}phone`, user: 'carol', credentials: () => ({ password: 'carol' }) });
    const carol = sipLine(account('carol'), { service });
    const counted = new Promise((resolve) => {
      carol.$messageWaiting!.listen((waiting) => {
        if (waiting) resolve(waiting);
      });
    });
    await start(carol);
    expect(await counted).to.have.keys('fresh', 'heard');
    expect(await carol.voicemail!.list()).to.be.an('array');
    await carol.publish!({ open: true, activity: 'busy', note: 'Lunch' });
  });

  it('a callback without any other device is refused in words', async () => {
    const service = phoneService({ url: `${url}phone`, user: 'dave', credentials: () => ({ password: 'dave' }) });
    const dave = await start(remoteLine(account('dave'), { service }));
    const refused: unknown = await dave.dial('+14155550101').catch((thrown: unknown) => thrown);
    expect(refused).to.have.property('message', 'None of your other phones is connected.');
  });
});
