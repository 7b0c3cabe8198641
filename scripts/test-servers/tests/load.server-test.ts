import { expect } from '@open-wc/testing';
import type { LineCall } from '@multiline/core';
import { lineSignals } from '@multiline/testing';
import { desk } from './testing/desk.ts';
import { pageHealth } from './testing/page-health.ts';
import { audible, phone, server, talking, until } from './testing/phones.ts';
import { figure, sippCalls, type SippCaller, type SippCalls } from './testing/sipp.ts';

/** What becomes of the calls that SIPp makes: real signalling and a real connection for the audio, but SIPp sends no audio. */
const reasons = { completed: 'completed', 'hung-up': 'completed', refused: 'declined', cancelled: 'missed' };
type Scenario = keyof typeof reasons;
const scenarios = Object.keys(reasons) as Scenario[];
const scenarioOf = ({ correlation }: { readonly correlation: string }): Scenario | undefined =>
  scenarios.find((name) => correlation.startsWith(`${name}-`));

const health = pageHealth();

describe(`many calls from ${server.name}`, () => {
  it('takes ten calls a second: none is lost, none is counted twice, nothing is left over', async function () {
    this.timeout(60_000);
    // Not watched, here and below: Kamailio tells of all dialogs at once (RFC 4235), and loses the connection of a phone with so many.
    const line = phone('bob', {}, { maxCalls: 20, watch: false });
    const { workspace, crm, logged } = await desk(line, { calls: { max: 20, decline: 'busy' } });
    const answer = async (call: LineCall, scenario: Scenario): Promise<void> => {
      if (scenario === 'refused') await workspace.decline(call.id);
      // By the line: a person would talk to one at a time.
      if (scenario !== 'completed' && scenario !== 'hung-up') return;
      const signals = lineSignals(call);
      await call.answer();
      await signals.next('answered');
      if (scenario === 'hung-up') await workspace.hangUp(call.id);
    };
    const answers: Promise<void>[] = [];
    line.onIncoming((call) => {
      const scenario = scenarioOf(call);
      if (scenario) answers.push(answer(call, scenario));
    });
    health.longestTaskMs();
    const plan: SippCaller[] = [
      { scenario: 'completed', to: '1002', calls: 60, rate: 4 },
      { scenario: 'hung-up', to: '1002', calls: 30, rate: 2 },
      { scenario: 'refused', to: '1002', calls: 30, rate: 2 },
      { scenario: 'cancelled', to: '1002', calls: 30, rate: 2 },
    ];
    const counted = await Promise.all(plan.map(sippCalls));
    for (const [index, { scenario, calls }] of plan.entries()) {
      expect(counted[index], `${scenario}: ${counted[index]?.errors ?? ''}`).to.include({
        created: calls,
        successful: calls,
        failed: 0,
      });
    }
    await Promise.all(answers);
    const rows = await logged(150);
    expect(new Set(rows.map(({ correlation }) => correlation)).size).to.equal(150);
    expect(rows.map((row) => [scenarioOf(row), row.reason])).to.have.deep.members(
      plan.flatMap(({ scenario, calls }) => Array.from({ length: calls }, () => [scenario, reasons[scenario]])),
    );
    expect(crm.activitiesWritten).to.have.lengthOf(150);
    expect(new Set(crm.activitiesWritten.map(({ key }) => key)).size).to.equal(150);
    expect(workspace.$calls.get().filter(({ phase }) => phase !== 'ended')).to.deep.equal([]);
    await workspace.stop();
    expect(health.openConnections()).to.equal(0);
    expect(health.uncaught()).to.deep.equal([]);
    const answered = plan.map(({ scenario }, index) => `${scenario} ${told(counted[index])}`).join('; ');
    await figure(`10 calls a second, 150 calls, longest task ${health.longestTaskMs()} ms; ${answered}`);
  });

  it('takes two hundred invitations at once into a call: a few ring, the others hear at once that it is busy', async function () {
    this.timeout(60_000);
    const [ann, bob] = [phone('ann'), phone('bob', {}, { watch: false })];
    const { workspace, crm, logged } = await desk(bob, { calls: { max: 6, decline: 'busy' } });
    await ann.start();
    const { ours, theirs } = await talking(ann, bob, '1002');
    await audible(theirs);
    const rang: string[] = [];
    let most = 0;
    workspace.addEventListener('ml-call-incoming', () => {
      const ringing = workspace.$calls.get().filter(({ phase, refused }) => phase === 'ringing' && !refused);
      most = Math.max(most, ringing.length);
      for (const { id } of ringing) if (!rang.includes(id)) rang.push(id);
    });
    health.longestTaskMs();
    const flood = sippCalls({ scenario: 'refused', to: '1002', calls: 200, rate: 1_000 });
    const all = 1 + 200;
    // Whoever rings does so until the others have been refused.
    await until(workspace.$recentCalls, ({ calls }) => calls.length === all);
    const longest = health.longestTaskMs();
    await Promise.all([audible(ours), audible(theirs)]);
    for (const id of rang) await workspace.decline(id).catch(() => undefined);
    const calls = await flood;
    expect(calls, calls.errors).to.include({ created: 200, successful: 200, failed: 0 });
    // The figures below are what counts; these bounds leave room for a busy machine.
    expect(calls.responseMs.longest).to.be.lessThan(15_000);
    expect(longest).to.be.lessThan(3_000);
    await ours.hangUp();
    const rows = await logged(all);
    const came = rows.filter((row) => scenarioOf(row) === 'refused');
    expect(new Set(came.map(({ correlation }) => correlation)).size).to.equal(200);
    expect(came).to.have.lengthOf(200);
    // Five beside the call that lives: they rang, and we declined them; nobody could take the others.
    expect(most).to.equal(5);
    expect(came.filter(({ reason, refused }) => reason === 'declined' && !refused)).to.have.lengthOf(5);
    expect(came.filter(({ reason, refused }) => reason === 'missed' && refused?.code === 'busy')).to.have.lengthOf(195);
    const lucys = crm.activitiesWritten.filter(({ record }) => record?.id === 'contact-lucy');
    expect(lucys).to.have.lengthOf(200);
    expect(new Set(lucys.map(({ key }) => key)).size).to.equal(200);
    await workspace.stop();
    expect(health.uncaught()).to.deep.equal([]);
    await figure(`200 at once, longest task ${longest} ms, ${String(rang.length)} rang; ${told(calls)}`);
  });
});

const told = (calls: SippCalls | undefined): string =>
  `${String(calls?.successful)} of ${String(calls?.created)}, ${Object.entries(calls?.responseMs ?? {})
    .map(([name, ms]) => `${name} ${String(ms)} ms`)
    .join(', ')}`;
