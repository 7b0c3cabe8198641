import { type Workspace, createWorkspace } from '@multiline/core';
import { memoryCrm, scriptedLine } from '@multiline/testing';
import { expect, fixture, html } from '@open-wc/testing';
import { browserAttention } from './attention/browser-attention.ts';
import { page } from './page/page-host.ts';
import { browserStorage } from './storage/browser-storage.ts';
import { browserTabs } from './tabs.ts';

let users = 0;

/** Resolves with the first value of a store that fits. */
function value<Value>(
  store: { subscribe(listener: (value: Value) => void): () => void },
  fits: (value: Value) => boolean,
): Promise<Value> {
  return new Promise((resolve) => {
    const stop = store.subscribe((now) => {
      if (!fits(now)) return;
      resolve(now);
      queueMicrotask(() => stop());
    });
  });
}

/** A desk with everything that a browser gives it; the line and the CRM do what the test says. */
function desk(name: string, root: Element = document.body) {
  const line = scriptedLine({ identity: { uri: `sip:${name}@sandbox.test` } });
  const crm = memoryCrm();
  let ringing = 0;
  const attention = browserAttention({
    ringtone: () => {
      ringing++;
      return () => ringing--;
    },
  });
  const workspace = createWorkspace({
    line,
    crm,
    attention,
    storage: browserStorage(),
    tabs: browserTabs(),
    host: page({ root, open: () => null }),
  });
  return { line, crm, workspace, ringing: () => ringing };
}

describe('a desk in a browser', () => {
  const title = document.title;
  let name: string;
  const running: Workspace[] = [];
  async function started(root?: Element) {
    const made = desk(name, root);
    running.push(made.workspace);
    await made.workspace.start();
    return made;
  }
  beforeEach(() => {
    name = `desk-${Date.now()}-${users++}`;
  });
  afterEach(async () => {
    for (const workspace of running.splice(0)) await workspace.stop();
    document.title = title;
  });

  it('rings and marks the title while a call comes in, and stops when it is answered', async () => {
    const { line, workspace, ringing } = await started();
    const call = line.ring({ address: '+14155550101' });
    await value(workspace.$calls, ([first]) => first?.match.record?.name === 'Lucy Hall');
    expect(ringing()).to.equal(1);
    expect(document.title).to.contain('Lucy Hall');
    await workspace.answer(call.id);
    expect(ringing()).to.equal(0);
    expect(document.title).to.equal(title);
  });

  it('has its calls and notes again after the page was loaded anew', async () => {
    const { line, workspace } = await started();
    const call = line.ring({ address: '+14155550101' });
    await workspace.answer(call.id);
    await workspace.saveNotes(call.id, 'Wants the renewal.');
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await value(workspace.$calls, ([first]) => first?.phase === 'ended');
    await workspace.stop();

    const again = await started();
    const { calls } = await value(again.workspace.$recentCalls, ({ state }) => state === 'ready');
    expect(calls.map(({ notes, reason }) => ({ notes: notes.text, reason }))).to.deep.equal([
      { notes: 'Wants the renewal.', reason: 'completed' },
    ]);
  });

  it('leads in one tab only, and the next one takes over', async () => {
    const first = await started();
    const second = await started();
    expect(first.workspace.$phone.get().here).to.equal(true);
    expect(second.workspace.$phone.get().here).to.equal(false);
    await first.workspace.stop();
    await value(second.workspace.$phone, ({ here }) => here);
  });

  it('puts a clicked number into the dial field', async () => {
    const root = await fixture(html`<p><a href="tel:+1-415-555-0101">Lucy</a></p>`);
    const { workspace } = await started(root);
    root.querySelector('a')!.click();
    const field = await value(workspace.$dialField, ({ clicks }) => clicks > 0);
    expect(field.text.replace(/\D/g, '')).to.match(/^1?4155550101$/);
  });

  it('keeps nothing of a user who has signed out, not even the name of a database', async () => {
    const { line, workspace } = await started();
    const other = await started();
    const call = line.ring({ address: '+14155550101' });
    await workspace.answer(call.id);
    await workspace.saveNotes(call.id, 'Wants the renewal.');
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    await value(workspace.$recentCalls, ({ calls }) => calls[0]?.log.state === 'delivered');
    const databases = async (): Promise<string[]> =>
      (await indexedDB.databases()).flatMap((one) => (one.name?.includes(name) ? one.name : []));
    expect(await databases()).to.have.length(2);
    await other.workspace.signOut();
    for (const one of [workspace, other.workspace]) await value(one.$phone, ({ signedOut }) => signedOut === true);
    expect(await databases()).to.deep.equal([]);
    await workspace.start();
    expect(workspace.$recentCalls.get().calls).to.deep.equal([]);
    expect(workspace.$storageFailure.get()).to.equal(null);
  });
});
