import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scriptedLine } from '@multiline/testing';
import { MultiLineError, presets } from '../index.ts';
import type { LineLogin } from '../ports/line.ts';
import { browser, desk, lucy } from '../../test/desk.ts';

const hotDesk = presets.default({ profile: 'hot-desk' });
const ann: LineLogin = { username: 'ann', password: 'open sesame' };

/** A line that is told who signs in, and whose server may refuse it. */
function signedLine() {
  const line = scriptedLine();
  const logins: (string | null)[] = [];
  let refused = false;
  const scripted = line.start;
  const start = async (): Promise<void> => {
    if (refused) line.status({ state: 'failed', failure: { code: 'auth-failed', message: 'No.', retryable: false } });
    else await scripted();
  };
  return Object.assign(line, {
    logins,
    refuse: (on: boolean) => void (refused = on),
    start,
    logIn: async (login: LineLogin | null) => void logins.push(login?.username ?? null),
  });
}

describe('signing in at the phone', () => {
  it('[MV-48] a hot desk registers when somebody logs in, and no longer once they log out', async () => {
    const line = signedLine();
    const here = await desk(browser(), { policy: hotDesk, line });
    const { workspace } = here;
    assert.deepEqual([workspace.$loggedIn.get(), workspace.$phone.get().line.state], [false, 'off']);
    await workspace.logIn(ann);
    assert.deepEqual(
      [workspace.$loggedIn.get(), workspace.$phone.get().line.state, line.logins],
      [true, 'registered', ['ann']],
    );
    const call = here.line.ring({ address: lucy });
    await assert.rejects(workspace.logOut(), { code: 'in-call' });
    call.signal({ type: 'ended', reason: 'missed', by: 'them' });
    await here.clock.run(0);
    await workspace.logOut();
    assert.deepEqual([workspace.$loggedIn.get(), workspace.$phone.get().line.state], [false, 'off']);
    assert.deepEqual(line.logins, ['ann', null]);
    // The lists stay with the user.
    assert.equal(workspace.$recentCalls.get().calls.length, 1);
    await workspace.stop();
  });

  it('a refused log in leaves nobody signed in', async () => {
    const line = signedLine();
    const here = await desk(browser(), { policy: hotDesk, line });
    line.refuse(true);
    await assert.rejects(here.workspace.logIn(ann), { code: 'auth-failed' });
    assert.deepEqual([here.workspace.$loggedIn.get(), here.workspace.$phone.get().line.state], [false, 'off']);
    await assert.rejects(here.workspace.logIn({ username: 'ann', password: '' }), { code: 'refused' });
    line.refuse(false);
    await here.workspace.logIn(ann);
    assert.equal(here.workspace.$loggedIn.get(), true);
    await here.workspace.stop();
  });

  it('[MV-48] everybody else is always signed in and has no log out', async () => {
    const here = await desk();
    assert.equal(here.workspace.$loggedIn.get(), true);
    await assert.rejects(here.workspace.logOut(), { code: 'forbidden' });
    await assert.rejects(here.workspace.logIn(ann), { code: 'forbidden' });
    assert.equal(here.workspace.$phone.get().line.state, 'registered');
    await here.workspace.stop();
  });

  it('a line that knows no log in says so', async () => {
    const { logIn: _, ...line } = scriptedLine();
    const here = await desk(browser(), { policy: hotDesk, line });
    await assert.rejects(here.workspace.logIn(ann), { code: 'unsupported' });
    assert.equal(here.workspace.$loggedIn.get(), false);
    await here.workspace.stop();
  });

  it('the tab that leads next goes on with it; the secret is kept in no row', async () => {
    const inside = browser();
    const first = await desk(inside, { policy: hotDesk, line: signedLine() });
    await first.workspace.logIn(ann);
    const line = signedLine();
    const other = await desk(inside, { policy: hotDesk, line });
    assert.equal(other.workspace.$loggedIn.get(), true);
    first.kill();
    await inside.clock.run(0);
    assert.deepEqual([other.workspace.$phone.get().line.state, line.logins], ['registered', ['ann']]);
    assert.ok(
      !JSON.stringify(
        [...inside.disk.owners.values()].flatMap((tables) =>
          [...tables.values()].flatMap((rows) => [...rows.values()]),
        ),
      ).includes(ann.password),
    );
    await other.workspace.stop();
  });

  it('who leaves for good is logged out as well', async () => {
    const line = signedLine();
    const here = await desk(browser(), { policy: hotDesk, line });
    await here.workspace.logIn(ann);
    await here.workspace.signOut();
    assert.deepEqual(
      [here.workspace.$loggedIn.get(), line.logins.at(-1), line.$status.get().state],
      [false, null, 'off'],
    );
    await here.workspace.start();
    assert.equal(line.$status.get().state, 'off');
    await here.workspace.stop();
  });

  it('an error of the line while signing in is told and undone', async () => {
    const line = Object.assign(signedLine(), { logIn: () => Promise.reject(new MultiLineError('network')) });
    const here = await desk(browser(), { policy: hotDesk, line });
    await assert.rejects(here.workspace.logIn(ann), { code: 'network' });
    assert.equal(here.workspace.$loggedIn.get(), false);
    await here.workspace.stop();
  });
});
