import type { Call } from '@multiline/core';
import { expect, fixture, html } from '@open-wc/testing';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import { lucysCall, pastCall } from '../testing/story-calls.ts';
import { weak } from '../testing/story-stages.ts';
import { scriptedDesk } from '../testing/scripted-desk.ts';
import type { MlCallDetails } from './call-details.ts';
import type { MlRecentCalls } from './recent-calls.ts';
import './recent-calls.ts';

const words = (element: Element | null | undefined): string => element?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const still = (...calls: readonly Call[]): StillWorkspace =>
  new StillWorkspace({ recentCalls: { state: 'ready', calls } });

async function fieldsOf(call: Call): Promise<[Record<string, string>, MlCallDetails]> {
  const el = await fixture<MlCallDetails>(
    html`<ml-call-details .workspace=${still(call)} call-id=${call.id}></ml-call-details>`,
  );
  const labels = [...el.renderRoot.querySelectorAll('dt')];
  return [Object.fromEntries(labels.map((dt) => [words(dt), words(dt.nextElementSibling)])), el];
}

describe('what the lists tell of a call', () => {
  it('tells calls of other phones, sent on, transferred and answered elsewhere apart, by own icons and words, none of them missed', async () => {
    const workspace = still(
      pastCall('there', 1000, 5, { device: 'elsewhere' }),
      pastCall('made there', 1500, 5, { device: 'elsewhere', direction: 'outbound' }),
      pastCall('elsewhere', 2000, 0, { reason: 'answered-elsewhere' }),
      pastCall('redirected', 3000, 0, { reason: 'redirected' }),
      pastCall('transferred', 4000, 60, { reason: 'transferred' }),
      pastCall('missed', 5000, 0),
    );
    const el = await fixture<MlRecentCalls>(html`<ml-recent-calls .workspace=${workspace}></ml-recent-calls>`);
    const rows = [...el.renderRoot.querySelectorAll('.row')];
    expect(rows.map(({ id, className }) => `${id} ${className}`)).to.deep.equal([
      'there row received',
      'made there row dialed',
      'elsewhere row received',
      'redirected row received',
      'transferred row received',
      'missed row missed',
    ]);
    expect(rows.map((row) => words(row.querySelector('.word')))).to.deep.equal([
      'Answered elsewhere',
      'On another phone',
      'Answered elsewhere',
      'Redirected',
      'Transferred',
      'Missed',
    ]);
    const icons = rows.map((row) => row.querySelector('.way')!.innerHTML);
    expect(new Set(icons).size).to.equal(3);
    await expect(el).to.be.accessible();
    el.filter = 'missed';
    await el.updateComplete;
    expect([...el.renderRoot.querySelectorAll('.row')].map(({ id }) => id)).to.deep.equal(['missed']);
  });

  it('tells by which rule a call was refused before it could ring', async () => {
    const workspace = still(
      pastCall('dnd', 1000, 0, { refused: { code: 'dnd', values: {} } }),
      pastCall('busy', 2000, 0, { refused: { code: 'busy', values: {} } }),
      pastCall('other', 3000, 0, { refused: { code: 'of-tomorrow', values: {} } }),
    );
    const el = await fixture<MlRecentCalls>(html`<ml-recent-calls .workspace=${workspace}></ml-recent-calls>`);
    const rows = [...el.renderRoot.querySelectorAll('.row')];
    expect(rows.map((row) => words(row.querySelector('.word')))).to.deep.equal([
      'Refused: Do Not Disturb',
      'Refused: busy',
      'Refused',
    ]);
    // Nobody could take it, so it stands among the missed ones.
    expect(rows.every(({ className }) => className === 'row missed')).to.equal(true);
    const [fields] = await fieldsOf(pastCall('dnd', 1000, 0, { refused: { code: 'dnd', values: {} } }));
    expect(fields['Ended']).to.equal('Refused: Do Not Disturb');
  });

  it('shows digits, legs, sound and the recording in the details', async () => {
    const [fields, el] = await fieldsOf({
      ...lucysCall,
      collectedDigits: '4711',
      redirectedBy: '+14155550003',
      legs: [
        { kind: 'consulted', number: '1002', name: 'Bob Marsh', at: 1 },
        { kind: 'transferred-to', number: '+14155550131', at: 2 },
      ],
      quality: weak,
      recording: { state: 'done', url: 'https://pbx.example/1.wav', earlier: ['https://pbx.example/0.wav'] },
    });
    expect(fields).to.include({
      Entered: '4711',
      'Sent on by': '(415) 555-0003',
      Asked: 'Bob Marsh 1002',
      'Transferred to': '(415) 555-0131',
      Sound: '2.4 of 4.5, 9 % lost, 410 ms round trip',
      Recording: 'Open the recording',
    });
    const [before, audio] = [...el.renderRoot.querySelectorAll('audio')] as [HTMLAudioElement, HTMLAudioElement];
    expect(before.src).to.equal('https://pbx.example/0.wav');
    expect([audio.src, audio.preload, audio.controls]).to.deep.equal(['https://pbx.example/1.wav', 'none', true]);
    const links = [...el.renderRoot.querySelectorAll<HTMLAnchorElement>('dd a:not(.activity)')];
    expect(links.map(({ href }) => href)).to.deep.equal([before.src, audio.src]);
    await expect(el).to.be.accessible();
  });

  it('neither plays nor links what is no web address', async () => {
    const url = 'javascript:alert(1)'; // a stranger's text
    const [fields, el] = await fieldsOf({ ...lucysCall, recording: { state: 'done', url } });
    expect(fields['Recording']).to.equal(url);
    expect(el.renderRoot.querySelector('audio, dd a:not(.activity)')).to.equal(null);
  });

  it('gives the number of a call to what waits for a target, from the list and from the details', async () => {
    const targeting = { callId: 'call-1', purpose: 'transfer', text: '', record: null, clicks: 0 } as const;
    const workspace = new StillWorkspace({
      calls: [stillCall()],
      recentCalls: { state: 'ready', calls: [lucysCall] },
      targeting,
    });
    const list = await fixture<MlRecentCalls>(html`<ml-recent-calls .workspace=${workspace}></ml-recent-calls>`);
    const details = await fixture<MlCallDetails>(
      html`<ml-call-details .workspace=${workspace} call-id=${lucysCall.id}></ml-call-details>`,
    );
    for (const el of [list, details]) el.renderRoot.querySelector<HTMLElement>('[part="call"]')!.click();
    const picked = ['pickNumber', lucysCall.number, lucysCall.match.record];
    expect(workspace.commands).to.deep.equal([picked, picked]);
  });

  it('[MV-09] has the lists in every state: idle, ringing, in a call and after it', async () => {
    const desk = await scriptedDesk();
    await desk.receive('+14155550102', 0);
    const el = await fixture<MlRecentCalls>(html`<ml-recent-calls .workspace=${desk.workspace}></ml-recent-calls>`);
    const shown = async (): Promise<number> => {
      await desk.clock.run(10);
      await el.updateComplete;
      return el.renderRoot.querySelectorAll('.row').length;
    };
    const counts = [await shown()];
    const call = desk.line.ring({ address: '+14155550101' });
    counts.push(await shown());
    await desk.workspace.answer(call.id);
    counts.push(await shown());
    call.signal({ type: 'ended', reason: 'completed', by: 'them' });
    counts.push(await shown());
    expect(counts).to.deep.equal([1, 2, 2, 2]);
    await desk.workspace.stop();
  });
});
