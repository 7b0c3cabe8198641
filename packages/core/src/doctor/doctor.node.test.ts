import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryCrm, scriptedLine, silentAttention } from '@multiline/testing';
import { MultiLineError, presets, type Crm, type ErrorCode, type Finding } from '../index.ts';
import type { LineCheck } from '../ports/line.ts';
import { browser, desk, lucy } from '../../test/desk.ts';

const check = (name: LineCheck['name'], run: LineCheck['run']): LineCheck => ({ name, run });
const never = (): Promise<never> => new Promise(() => undefined);
const withChecks = (...checks: LineCheck[]) => Object.assign(scriptedLine(), { checks });
const words = ({ check: name, state, finding }: Finding): string => `${name} ${state} ${finding}`;

describe('the self-test', () => {
  it('[MV-44] tells each step as it begins and what it found, and all of them at the end', async () => {
    const line = withChecks(
      check('microphone', async () => ({ state: 'failed', finding: 'mic-denied' })),
      check('round-trip', async () => ({ state: 'warning', finding: 'round-trip-slow', values: { ms: 320 } })),
    );
    const here = await desk(browser(), { line });
    const told: string[] = [];
    const found = await here.workspace.diagnose((finding) => told.push(words(finding)));
    const results = [
      'microphone failed mic-denied',
      'round-trip warning round-trip-slow',
      'crm ok crm-ok',
      'storage ok storage-ok',
      'notifications ok notifications-plain',
    ];
    assert.deepEqual(found.map(words), results);
    assert.deepEqual(
      told,
      results.flatMap((result) => [`${result.split(' ')[0] ?? ''} running running`, result]),
    );
    assert.deepEqual([found[1]?.values, found[2]?.values?.['crm']], [{ ms: 320 }, here.crm.name]);
    await here.workspace.stop();
  });

  it('a step that fails or stays silent is a finding; whoever listens may fail too', async () => {
    const line = withChecks(
      check('server', () => {
        throw new Error('broken');
      }),
      check('turn', never),
    );
    const here = await desk(browser(), { line });
    const diagnosis = here.workspace.diagnose(() => {
      throw new Error('listener');
    });
    await here.clock.run(20_000);
    assert.deepEqual((await diagnosis).slice(0, 2).map(words), ['server failed unexpected', 'turn failed timeout']);
    await here.workspace.stop();
  });

  it('[ML-49] asks for the recorder only where every call is to be recorded', async () => {
    const line = withChecks(check('recorder', async () => ({ state: 'warning', finding: 'recorder-none' })));
    const found = async (recording: 'always' | 'on-demand'): Promise<string | undefined> => {
      const here = await desk(browser(), { line, policy: presets.default({ calls: { recording } }) });
      const [first] = await here.workspace.diagnose(() => undefined);
      await here.workspace.stop();
      return first && words(first);
    };
    assert.equal(await found('always'), 'recorder warning recorder-none');
    assert.equal(await found('on-demand'), 'crm ok crm-ok');
  });

  it('can be stopped', async () => {
    let aborted = false;
    const line = withChecks(
      check('stun', async (signal) => {
        signal.addEventListener('abort', () => (aborted = true));
        return never();
      }),
    );
    const here = await desk(browser(), { line });
    const stop = new AbortController();
    const diagnosis = here.workspace.diagnose(() => undefined, stop.signal);
    await here.clock.run(0);
    stop.abort();
    assert.deepEqual([(await diagnosis).map(words), aborted], [['stun skipped stopped'], true]);
    assert.deepEqual(await here.workspace.diagnose(() => undefined, stop.signal), []);
    await here.workspace.stop();
  });

  it('says how the CRM session is', async () => {
    const answers: [ErrorCode | 'silent', string][] = [
      ['auth-failed', 'crm failed crm-auth'],
      ['forbidden', 'crm failed crm-forbidden'],
      ['network', 'crm failed crm-unreachable'],
      ['limit', 'crm failed crm-limit'],
      ['silent', 'crm failed crm-unreachable'],
    ];
    const inside = browser();
    let answer: () => Promise<never> = never;
    const crm: Crm = { ...memoryCrm({ clock: inside.clock }), me: () => answer() };
    answer = () => Promise.reject(new MultiLineError('forbidden'));
    const here = await desk(inside, { crm });
    for (const [code, expected] of answers) {
      answer = code === 'silent' ? never : () => Promise.reject(new MultiLineError(code));
      const diagnosis = here.workspace.diagnose(() => undefined);
      await here.clock.run(8_000);
      assert.equal((await diagnosis).map(words)[0], expected);
    }
    await here.workspace.stop();
    const { crm: _, ...none } = { crm: null };
    const without = await desk(browser(), { ...none, crm: undefined as never });
    assert.equal((await without.workspace.diagnose(() => undefined)).map(words)[0], 'crm skipped crm-none');
    await without.workspace.stop();
  });

  it('says whether calls are kept, and how they can be answered outside the page', async () => {
    const denied = await desk(browser(), { attention: silentAttention({ permission: 'denied' }) });
    denied.storage.fail('storage-full');
    assert.deepEqual((await denied.workspace.diagnose(() => undefined)).map(words).slice(1), [
      'storage warning storage-full',
      'notifications warning notifications-blocked',
    ]);
    await denied.workspace.stop();
    const cases = [
      [{ ...silentAttention(), notifications: () => 'actions' as const }, 'notifications ok notifications-actions'],
      [silentAttention({ permission: 'default' }), 'notifications warning notifications-unasked'],
      [{ ...silentAttention(), notifications: () => 'none' as const }, 'notifications warning notifications-none'],
      [{ ring: () => () => undefined }, 'notifications warning notifications-none'],
    ] as const;
    for (const [attention, expected] of cases) {
      const here = await desk(browser(), { attention });
      assert.equal((await here.workspace.diagnose(() => undefined)).map(words).at(-1), expected);
      await here.workspace.stop();
    }
  });

  it('in a tab beside the one with the phone it tells that one’s registration', async () => {
    const inside = browser();
    const resting = withChecks(check('registration', async () => ({ state: 'failed', finding: 'not-registered' })));
    const first = await desk(inside);
    const other = await desk(inside, { line: resting });
    assert.equal(
      (await other.workspace.diagnose(() => undefined)).map(words)[0],
      'registration ok registered-elsewhere',
    );
    await other.workspace.stop();
    await first.workspace.stop();
  });
});

describe('the log for support', () => {
  it('[MV-53] tells what happened, without secrets, notes, names or whole numbers', async () => {
    const line = Object.assign(scriptedLine(), {
      log: () => [
        '2026-03-02T17:00:00.500Z sent INVITE sip:+14155550101@example.com',
        '2026-03-02T17:00:00.600Z sent INVITE sip:1415…01@example.com:5060',
        '2026-03-02T17:00:00.700Z got Authorization: Digest response="abcdef"',
        '2026-03-02T17:00:00.800Z got 486 Busy Here to INVITE',
      ],
    });
    const here = await desk(browser(), { line });
    const call = here.line.ring({ address: lucy, name: 'Lucy' });
    await here.clock.run(1_000);
    await here.workspace.answer(call.id);
    await here.workspace.saveNotes(call.id, 'The code is 4711.');
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await here.clock.run(0);
    const log = here.workspace.troubleshootingLog();
    for (const part of [
      'line registered',
      'ml-call-incoming',
      '…01',
      'ml-call-logged',
      '486 Busy Here',
      'policy: default, regular',
    ])
      assert.ok(log.includes(part), `${part} is missing in\n${log}`);
    for (const part of ['5550101', '1415', '4711', 'Lucy', 'abcdef'])
      assert.ok(!log.includes(part), `${part} stands in\n${log}`);
    const times = log
      .split('\n')
      .filter((one) => one.startsWith('2026'))
      .map((one) => one.slice(0, 24));
    assert.deepEqual(times, [...times].sort());
    await here.workspace.stop();
  });

  it('keeps what happened last, not everything', async () => {
    const here = await desk(browser(), { line: Object.assign(scriptedLine(), { log: () => [] }) });
    for (let count = 0; count < 400; count++) here.line.status({ state: count % 2 ? 'registered' : 'connecting' });
    const lines = here.workspace.troubleshootingLog().split('\n').length;
    assert.ok(lines < 320, `${lines} lines`);
    await here.workspace.stop();
  });
});
