import { MultiLineError } from '@multiline/core';
import type { Voicemail } from '@multiline/core';
import { expect, fixture, html } from '@open-wc/testing';
import { mailbox, ready } from '../testing/mailbox.ts';
import { drawn } from '../testing/scripted-desk.ts';
import type { StillWorkspace, Stillness } from '../testing/still-workspace.ts';
import type { MlVoicemail } from './voicemail.ts';
import './voicemail.ts';

async function show(
  voicemail: Voicemail,
  more: Stillness = {},
): Promise<{ el: MlVoicemail; workspace: StillWorkspace }> {
  const workspace = mailbox(voicemail, more);
  return { el: await fixture<MlVoicemail>(html`<ml-voicemail .workspace=${workspace}></ml-voicemail>`), workspace };
}
const words = (element: Element | null | undefined): string => element?.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const rows = (el: MlVoicemail): HTMLElement[] => [...el.renderRoot.querySelectorAll<HTMLElement>('.message')];
const play = (el: MlVoicemail, row = 0): HTMLButtonElement => rows(el)[row]!.querySelector('.play')!;
const slider = (el: MlVoicemail): HTMLInputElement => rows(el)[0]!.querySelector('input')!;
/** Delete, and what it asks for. */
const remove = async (el: MlVoicemail): Promise<void> => {
  rows(el)[0]!.querySelector<HTMLElement>('.delete')!.click();
  await el.updateComplete;
  rows(el)[0]!.querySelector<HTMLElement>('.sure button')!.click();
};

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

  it('sounds once, however often Play is pressed before it does', async () => {
    const started: AudioNode[] = [];
    const { createBufferSource } = AudioContext.prototype;
    AudioContext.prototype.createBufferSource = function (this: AudioContext) {
      const source = createBufferSource.call(this);
      started.push(source);
      return source;
    };
    try {
      const { el } = await show(ready);
      play(el).click();
      await drawn(el, () => play(el).ariaLabel === 'Pause');
      play(el).click();
      await drawn(el, () => play(el).ariaLabel !== 'Pause');
      play(el).click();
      play(el).click();
      await drawn(el, () => play(el).ariaLabel === 'Pause');
      expect(started).to.have.length(2);
    } finally {
      AudioContext.prototype.createBufferSource = createBufferSource;
    }
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

  it('deletes a message once it was asked for twice, and gives the focus to the next; says when it could not', async () => {
    const { el, workspace } = await show(ready);
    await remove(el);
    await drawn(el, () => rows(el).length === 1);
    expect((el.renderRoot as ShadowRoot).activeElement).to.equal(play(el));
    expect(workspace.commands.at(-1)).to.deep.equal(['deleteVoicemail', '1']);
    workspace.deleteVoicemail = () => Promise.reject(new MultiLineError('forbidden'));
    await remove(el);
    const notice = await drawn(el, () => rows(el)[0]!.querySelector('.notice'));
    expect(words(notice)).to.contain('could not be deleted');
  });

  it('marks a message as heard or new without playing it, says when it could not, and keeps the focus', async () => {
    const { el, workspace } = await show(ready);
    const mark = (): HTMLElement => rows(el)[0]!.querySelector<HTMLElement>('.mark')!;
    mark().focus();
    mark().click();
    await drawn(el, () => !rows(el)[0]!.matches('.fresh'));
    expect([mark().title, mark().ariaLabel]).to.deep.equal([
      'Mark the message of Larry Thomas as new',
      'Mark the message of Larry Thomas as new',
    ]);
    mark().click();
    await drawn(el, () => rows(el)[0]!.matches('.fresh'));
    expect((el.renderRoot as ShadowRoot).activeElement).to.equal(mark());
    expect(workspace.commands.slice(1)).to.deep.equal([
      ['markVoicemail', '1', true],
      ['markVoicemail', '1', false],
    ]);
    workspace.markVoicemail = () => Promise.reject(new MultiLineError('network'));
    mark().click();
    const notice = await drawn(el, () => rows(el)[0]!.querySelector('.notice'));
    expect(words(notice)).to.equal('This message could not be marked. The server cannot be reached.');
    expect(rows(el)[0]!.matches('.fresh')).to.equal(true);
  });

  it('offers to mark and to delete only where the mailbox can', async () => {
    const capabilities = { voicemail: true, markVoicemail: false, deleteVoicemail: false };
    const { el } = await show(ready, { capabilities });
    expect(rows(el)[0]!.querySelector('.mark, .delete')).to.equal(null);
    expect(play(el).ariaLabel).to.equal('Play the message of Larry Thomas');
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
