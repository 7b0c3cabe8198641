import { MultiLineError } from '@multiline/core';
import { memoryStorage } from '@multiline/testing';
import type { MemoryStorage } from '@multiline/testing';
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { OWNER, drawn, scriptedDesk } from '../testing/scripted-desk.ts';
import type { ScriptedDesk } from '../testing/scripted-desk.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlRecentCalls } from './recent-calls.ts';
import { callsOfADesk, pastCall } from '../testing/story-calls.ts';
import './recent-calls.ts';

/** A desk with so many calls in storage, a minute apart; every fiftieth was missed. */
async function deskOf(count: number): Promise<ScriptedDesk> {
  const storage: MemoryStorage = memoryStorage();
  await storage.open(OWNER);
  await storage.write(
    Array.from({ length: count }, (_, index) => {
      const call = pastCall(`old-${index}`, index * 60_000, index % 50 ? 5 : 0);
      return { table: 'calls' as const, key: call.id, at: call.startedAt, value: { call, aliveAt: call.startedAt } };
    }),
  );
  return scriptedDesk({ storage, start: pastCall('now', 0, 0).startedAt });
}

/** In a panel that scrolls: the end is far below. */
const show = async (workspace: object, filter = 'all'): Promise<MlRecentCalls> => {
  const box = await fixture<HTMLElement>(
    html`<div><ml-recent-calls .workspace=${workspace} filter=${filter}></ml-recent-calls></div>`,
  );
  box.style.cssText = 'block-size: 400px; display: grid; grid-template-rows: minmax(0, 1fr)';
  return box.querySelector('ml-recent-calls')!;
};
const rows = (el: MlRecentCalls): Element[] => [...el.renderRoot.querySelectorAll('.row')];

describe('ml-recent-calls with many calls', () => {
  it('draws a page, and older ones on End, each with its place in the whole', async () => {
    const desk = await deskOf(250);
    const el = await show(desk.workspace);
    expect(rows(el)).to.have.length(100);
    expect(rows(el)[99]!.ariaPosInSet).to.equal('100');
    expect(rows(el)[99]!.ariaSetSize).to.equal('-1');
    rows(el)[0]!.querySelector<HTMLElement>('.open')!.focus();
    for (const reached of [
      () => rows(el).length >= 200,
      () => rows(el).length === 250,
      // Only the attempt that finds nothing tells that this was all.
      () => !el.renderRoot.querySelector('.older'),
    ]) {
      await sendKeys({ press: 'End' });
      await drawn(el, reached);
    }
    await drawn(el, () => (el.renderRoot as ShadowRoot).activeElement?.closest('.row')?.id === 'old-249');
    expect(rows(el)[0]!.ariaSetSize).to.equal('250');
    await desk.workspace.stop();
  });

  it('goes on by scrolling', async () => {
    const desk = await deskOf(250);
    const el = await show(desk.workspace);
    const scroll = el.renderRoot.querySelector('.scroll')!;
    expect(scroll.clientHeight).to.be.lessThan(400);
    scroll.scrollTop = scroll.scrollHeight;
    expect(await drawn(el, () => rows(el).length > 100 && rows(el).length)).to.equal(200);
    await desk.workspace.stop();
  });

  it('looks on in storage for a filter that leaves little of what is there', async () => {
    const desk = await deskOf(250);
    const el = await show(desk.workspace, 'missed');
    await drawn(el, () => !el.renderRoot.querySelector('.older'));
    expect(rows(el).map(({ id }) => id)).to.deep.equal(['old-0', 'old-50', 'old-100', 'old-150', 'old-200']);
    await desk.workspace.stop();
  });

  it('does not read on when a rule limits the list anyway', async () => {
    const desk = await deskOf(150);
    const el = await show(desk.workspace);
    el.limit = 20;
    await el.updateComplete;
    expect(rows(el)).to.have.length(20);
    expect(rows(el)[0]!.ariaSetSize).to.equal('20');
    expect(el.renderRoot.querySelector('.older')).to.equal(null);
    await desk.workspace.stop();
  });

  it('reads on past what was the end once new calls have pushed that out', async () => {
    const workspace = new StillWorkspace({ recentCalls: { state: 'ready', calls: callsOfADesk } });
    const el = await show(workspace);
    el.renderRoot.querySelector<HTMLElement>('.older button')!.click();
    await drawn(el, () => !el.renderRoot.querySelector('.older'));
    workspace.$recentCalls.set({ state: 'ready', calls: callsOfADesk.slice(0, -1) });
    await drawn(el, () => el.renderRoot.querySelector('.older'));
    expect(rows(el)).to.have.length(callsOfADesk.length - 1);
  });

  it('says that older ones could not be loaded, and tries again', async () => {
    const workspace = new StillWorkspace({
      recentCalls: { state: 'ready', calls: callsOfADesk },
      refuse: { loadOlder: new MultiLineError('storage-lost') },
    });
    let failing = true;
    const asked: string[] = [];
    Object.assign(workspace, {
      loadOlder: () => {
        asked.push('older');
        return failing ? Promise.reject(new MultiLineError('storage-lost')) : Promise.resolve(false);
      },
    });
    const el = await show(workspace);
    el.renderRoot.querySelector<HTMLElement>('.older button')!.click();
    const again = await drawn(el, () => el.renderRoot.querySelector<HTMLButtonElement>('.notice button'));
    expect(rows(el)).to.have.length(callsOfADesk.length);
    failing = false;
    again.click();
    await drawn(el, () => !el.renderRoot.querySelector('.notice'));
    expect(asked).to.deep.equal(['older', 'older']);
  });
});
