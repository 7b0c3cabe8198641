import { MultiLineError } from '@multiline/core';
import type { Voicemail } from '@multiline/core';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { drawn } from '../testing/scripted-desk.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { Stillness } from '../testing/still-workspace.ts';
import type { MlVoicemail } from './voicemail.ts';
import './voicemail.ts';

const at = Date.UTC(2026, 10, 12, 14, 59);
const messages = [
  { id: '1', from: '+14155550102', name: 'Larry Thomas', at, durationMs: 31_000, heard: false },
  { id: '2', from: '+14155550199', at: at - 26 * 60 * 60_000, durationMs: 8_000, heard: true },
];
const ready: Voicemail = { state: 'ready', fresh: 1, messages };

/** Half a second of a tone as a WAV file: 8 kHz, 16 bit, mono. */
function tone(): ArrayBuffer {
  const samples = 4000;
  const view = new DataView(new ArrayBuffer(44 + samples * 2));
  const text = (offset: number, word: string): void => {
    for (const [index, letter] of [...word].entries()) view.setUint8(offset + index, letter.charCodeAt(0));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 8000, true);
  view.setUint32(28, 16_000, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples * 2, true);
  for (let index = 0; index < samples; index++) {
    view.setInt16(44 + index * 2, 8000 * Math.sin((index / 8000) * 2 * Math.PI * 440), true);
  }
  return view.buffer;
}

async function show(
  voicemail: Voicemail,
  more: Stillness = {},
): Promise<{ el: MlVoicemail; workspace: StillWorkspace }> {
  const workspace = new StillWorkspace({ voicemail, capabilities: { voicemail: true }, ...more });
  workspace.voicemailAudio = async (id) => {
    workspace.commands.push(['voicemailAudio', id]);
    await Promise.resolve();
    return { type: 'audio/wav', bytes: tone() };
  };
  return { el: await fixture<MlVoicemail>(html`<ml-voicemail .workspace=${workspace}></ml-voicemail>`), workspace };
}
const words = (element: Element | null | undefined): string => element?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const rows = (el: MlVoicemail): HTMLElement[] => [...el.renderRoot.querySelectorAll<HTMLElement>('.message')];
const play = (el: MlVoicemail, row = 0): HTMLButtonElement => rows(el)[row]!.querySelector('.play')!;
const slider = (el: MlVoicemail): HTMLInputElement => rows(el)[0]!.querySelector('input')!;
const remove = (el: MlVoicemail): HTMLButtonElement => [...rows(el)[0]!.querySelectorAll('button')].at(-1)!;

describe('ml-voicemail', () => {
  it('is accessible', async () => {
    const { el } = await show(ready);
    await expect(el).to.be.accessible();
  });

  it('asks for the messages once, and shows who left them, when and how long', async () => {
    const { el, workspace } = await show(ready);
    await el.updateComplete;
    expect(workspace.commands).to.deep.equal([['loadVoicemail']]);
    expect(rows(el).map((row) => words(row).replace(/\u202f/gu, ' '))).to.deep.equal([
      'LT Larry Thomas, new 9:59 AM 0:31',
      '? (415) 555-0199 Wed 7:59 AM 0:08',
    ]);
    expect(words(el.renderRoot.querySelector('[part="count"]'))).to.equal('1');
  });

  it('plays a message to its end by a press, marks it heard, and plays it again', async () => {
    const { el, workspace } = await show(ready);
    play(el).click();
    await drawn(el, () => play(el).ariaLabel === 'Pause');
    await drawn(el, () => play(el).ariaLabel !== 'Pause');
    expect(Number(slider(el).value)).to.equal(500);
    expect(workspace.commands.slice(1)).to.deep.equal([
      ['voicemailAudio', '1'],
      ['markVoicemail', '1', true],
    ]);
    play(el).click();
    await drawn(el, () => play(el).ariaLabel === 'Pause');
    expect(workspace.commands).to.have.length(3);
  });

  it('pauses where it is, goes on elsewhere when asked to, and makes room for another message', async () => {
    const { el } = await show(ready);
    play(el).click();
    await drawn(el, () => play(el).ariaLabel === 'Pause');
    play(el).click();
    await drawn(el, () => play(el).ariaLabel !== 'Pause');
    slider(el).value = '300';
    slider(el).dispatchEvent(new Event('input'));
    await el.updateComplete;
    expect(slider(el).ariaValueText).to.equal('0:00 / 0:00');
    expect(Number(slider(el).value)).to.equal(300);
    play(el, 1).click();
    await drawn(el, () => play(el, 1).ariaLabel === 'Pause');
    expect(slider(el).disabled).to.equal(true);
  });

  it('says that a message cannot be played, and leaves it new', async () => {
    const { el, workspace } = await show(ready);
    workspace.voicemailAudio = () => Promise.reject(new MultiLineError('network'));
    play(el).click();
    const notice = await drawn(el, () => rows(el)[0]!.querySelector('.notice'));
    expect(words(notice)).to.equal('This message could not be played. The server cannot be reached.');
    workspace.voicemailAudio = () => Promise.resolve({ type: 'text/html', bytes: new ArrayBuffer(10) });
    play(el, 1).click();
    await drawn(el, () => rows(el)[1]!.querySelector('.notice'));
    expect(workspace.commands.some(([verb]) => verb === 'markVoicemail')).to.equal(false);
  });

  it('deletes a message and gives the focus to the next; says when it could not', async () => {
    const { el, workspace } = await show(ready);
    workspace.deleteVoicemail = (id) => {
      workspace.$voicemail.set({ ...ready, messages: messages.filter((message) => message.id !== id) });
      return Promise.resolve();
    };
    setTimeout(() => remove(el).click());
    await oneEvent(el.renderRoot, 'focusin');
    expect((el.renderRoot as ShadowRoot).activeElement).to.equal(play(el));
    expect(rows(el)).to.have.length(1);
    workspace.deleteVoicemail = () => Promise.reject(new MultiLineError('forbidden'));
    remove(el).click();
    const notice = await drawn(el, () => rows(el)[0]!.querySelector('.notice'));
    expect(words(notice)).to.contain('could not be deleted');
  });

  it('calls who left a message', async () => {
    const { el, workspace } = await show(ready);
    rows(el)[1]!.querySelector<HTMLElement>('[aria-label^="Call"]')!.click();
    expect(workspace.commands.at(-1)).to.deep.equal(['dial', '+14155550199', {}]);
  });

  it('says what stands in the way, and keeps what was loaded', async () => {
    const failure = { code: 'network', message: 'The server cannot be reached.', retryable: true } as const;
    const { el, workspace } = await show({ ...ready, state: 'failed', failure });
    expect(words(el.renderRoot.querySelector('.notice'))).to.contain('Messages could not be loaded.');
    expect(rows(el)).to.have.length(2);
    el.renderRoot.querySelector<HTMLElement>('.notice button')!.click();
    expect(workspace.commands).to.deep.equal([['loadVoicemail'], ['loadVoicemail']]);
  });

  it('only counts where the server only counts, and says so where there is no mailbox', async () => {
    const capabilities = { voicemail: false };
    const counted = await show({ state: 'count', fresh: 3, messages: [] }, { capabilities });
    expect(words(counted.el.renderRoot.querySelector('.empty'))).to.contain('3 new messages');
    expect(counted.workspace.commands).to.deep.equal([]);
    const none = await show({ state: 'none', fresh: 0, messages: [] }, { capabilities });
    expect(words(none.el.renderRoot.querySelector('.empty'))).to.contain('No voicemail here');
  });

  it('has its empty shape without a workspace', async () => {
    const el = await fixture<MlVoicemail>(html`<ml-voicemail></ml-voicemail>`);
    expect(el.matches(':state(unwired)')).to.equal(true);
  });
});
