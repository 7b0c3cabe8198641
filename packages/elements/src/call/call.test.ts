import { manualClock } from '@multiline/testing';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { MlAnswerEvent, MlPopEvent } from '../events/intents.ts';
import { scriptedDesk } from '../testing/scripted-desk.ts';
import { larry, matched, stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlCall } from './call.ts';
import './call.ts';

const show = (workspace: StillWorkspace): Promise<MlCall> =>
  fixture<MlCall>(html`<ml-call .workspace=${workspace}></ml-call>`);
const find = <E extends HTMLElement>(el: MlCall, selector: string): E => el.renderRoot.querySelector<E>(selector)!;
const textOf = (el: MlCall, part: string): string =>
  find(el, `[part~="${part}"]`).textContent.replace(/\s+/g, ' ').trim();

const ringing = stillCall({ phase: 'ringing', number: '+14155550102', match: matched(larry) });
const { answeredAt: _, ...unanswered } = ringing;

describe('ml-call', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  it('is accessible in every phase', async () => {
    const workspace = new StillWorkspace({ calls: [unanswered] });
    const el = await show(workspace);
    await expect(el).to.be.accessible();
    for (const phase of ['active', 'ended'] as const) {
      workspace.$calls.set([stillCall({ phase, ...(phase === 'ended' && { reason: 'completed', endedBy: 'us' }) })]);
      await el.updateComplete;
      await expect(el).to.be.accessible();
    }
  });

  it('[ML-43] says the three stages of a call word for word', async () => {
    const workspace = new StillWorkspace({ calls: [unanswered] });
    const el = await show(workspace);
    expect(textOf(el, 'phase')).to.equal('Incoming callCall connecting');
    expect(el.matches(':state(incoming)')).to.equal(true);
    workspace.$calls.set([stillCall()]);
    await el.updateComplete;
    expect(textOf(el, 'phase')).to.equal('Call in progress');
    expect(el.matches(':state(active)')).to.equal(true);
    workspace.$calls.set([stillCall({ phase: 'ended', reason: 'completed', endedBy: 'us' })]);
    await el.updateComplete;
    expect(textOf(el, 'phase')).to.equal('Call ended · you hung up');
    expect(el.matches(':state(ended)')).to.equal(true);
    workspace.$calls.set([{ ...unanswered, direction: 'outbound', phase: 'connecting' }]);
    await el.updateComplete;
    expect(textOf(el, 'phase')).to.equal('Call connecting');
  });

  it('shows name, number, kind and company, with a link to the record', async () => {
    const el = await show(new StillWorkspace({ calls: [stillCall()] }));
    const name = find<HTMLAnchorElement>(el, 'a[part="name"]');
    expect(name.textContent).to.equal('Lucy Hall');
    expect(name.href).to.equal('https://crm.example/Contact/003000000000001');
    expect(find(el, '.second').textContent).to.equal('(415) 555-0101 · Contact, Acme');
    const number = find(el, '.second bdi');
    expect(number.getAttribute('dir')).to.equal('ltr');
  });

  it('[CC-03] shows the kind beneath the name once a record matched, and the name opens the page of the record', async () => {
    const opened: [id: string, url: string | null][] = [];
    const { workspace, line, clock } = await scriptedDesk({
      host: { name: 'test', pop: ({ id }, url) => void opened.push([id, url]) },
    });
    await workspace.changeSettings({ popAt: 'never' });
    const el = await fixture<MlCall>(html`<ml-call .workspace=${workspace}></ml-call>`);
    const stranger = line.ring({ address: '+14155550199' });
    await clock.run(1000);
    await el.updateComplete;
    expect(find(el, '.second').textContent).to.equal('Not in the CRM');
    expect(find(el, 'a') === null).to.equal(true);
    stranger.signal({ type: 'ended', reason: 'missed', by: 'them' });
    await clock.run(0);
    await workspace.wrapUp(stranger.id);
    line.ring({ address: '+14155550102' });
    await clock.run(1000);
    await el.updateComplete;
    const [name, kind] = [find<HTMLAnchorElement>(el, 'a[part="name"]'), find(el, '.second')];
    expect(name.textContent).to.equal('Larry Thomas');
    expect(kind.textContent).to.contain('Lead');
    expect(kind.getBoundingClientRect().top).to.be.at.least(name.getBoundingClientRect().bottom - 1);
    expect(name.href).to.equal('https://crm.example.test/Lead/lead-larry');
    name.click();
    expect(opened).to.deep.equal([['lead-larry', name.href]]);
    await workspace.stop();
  });

  it('opens the record by ml-pop, unless somebody else does', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await show(workspace);
    setTimeout(() => find(el, 'a[part="name"]').click());
    const event = await oneEvent<MlPopEvent>(el, 'ml-pop');
    expect(event.record.name).to.equal('Lucy Hall');
    expect(workspace.commands.map(([verb]) => verb)).to.deep.equal(['pop']);
    el.addEventListener('ml-pop', (again) => again.preventDefault());
    find(el, 'a[part="name"]').click();
    expect(workspace.commands).to.have.length(1);
  });

  it('leaves the record to the link itself, in another tab, where no host opens records', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()], host: null });
    const el = await show(workspace);
    const left: boolean[] = [];
    el.addEventListener('click', (event) => {
      left.push(!event.defaultPrevented);
      event.preventDefault();
    });
    const name = find<HTMLAnchorElement>(el, 'a[part="name"]');
    expect([name.target, name.rel]).to.deep.equal(['_blank', 'noopener']);
    name.click();
    el.addEventListener('ml-pop', (event) => event.preventDefault());
    name.click();
    expect(left).to.deep.equal([true, false]);
    expect(workspace.commands).to.deep.equal([]);
  });

  it('[MV-37] runs the duration by the clock, and never backwards', async () => {
    const clock = manualClock(Date.UTC(2026, 10, 12, 15, 41));
    const workspace = new StillWorkspace({ calls: [stillCall({ answeredAt: clock.now() - 3000 })], clock });
    const el = await show(workspace);
    expect(textOf(el, 'timer')).to.equal('0:03');
    clock.advance(60_000);
    await el.updateComplete;
    expect(textOf(el, 'timer')).to.equal('1:03');
    clock.shift(-3_600_000);
    el.requestUpdate();
    await el.updateComplete;
    expect(textOf(el, 'timer')).to.equal('0:00');
    workspace.change('call-1', { phase: 'ended', reason: 'completed', endedBy: 'them', endedAt: clock.now() });
    await el.updateComplete;
    expect(clock.waiting).to.equal(0);
  });

  it('[MV-11] answers, and moves the focus from Answer to Mute', async () => {
    const workspace = new StillWorkspace({ calls: [unanswered] });
    const el = await show(workspace);
    find(el, '#answer').focus();
    setTimeout(() => find(el, '#answer').click());
    const event = await oneEvent<MlAnswerEvent>(el, 'ml-answer');
    expect(event.callId).to.equal('call-1');
    expect(workspace.commands).to.deep.equal([['answer', 'call-1']]);
    workspace.change('call-1', { phase: 'active', answeredAt: workspace.clock.now() });
    await el.updateComplete;
    expect(el.focusedControl).to.equal('mute');
  });

  it('declines, or leaves it to whoever cancels ml-decline', async () => {
    const workspace = new StillWorkspace({ calls: [unanswered] });
    const el = await show(workspace);
    find(el, '#decline').click();
    expect(workspace.commands).to.deep.equal([['decline', 'call-1']]);
    el.addEventListener('ml-decline', (event) => event.preventDefault());
    find(el, '#decline').click();
    expect(workspace.commands).to.have.length(1);
  });

  it('changes nothing on screen before the line has answered, and asks once', async () => {
    const workspace = new StillWorkspace({ calls: [unanswered] });
    const el = await show(workspace);
    workspace.change('call-1', { pending: 'answer' });
    await el.updateComplete;
    expect(find(el, '#answer').ariaDisabled).to.equal('true');
    expect(textOf(el, 'phase')).to.contain('Incoming call');
    find(el, '#answer').click();
    expect(workspace.commands).to.deep.equal([]);
  });

  it('[ML-34] [MV-68] mutes, says so by word, shape and pressed state, and unmutes', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await show(workspace);
    const mute = find<HTMLButtonElement>(el, '#mute');
    mute.click();
    expect(workspace.commands).to.deep.equal([['mute', 'call-1']]);
    expect(mute.ariaPressed).to.equal('false');
    workspace.change('call-1', { muted: true });
    await el.updateComplete;
    expect(mute.ariaPressed).to.equal('true');
    expect(mute.textContent.trim()).to.equal('Unmute');
    expect(find(el, '.tags').textContent.trim()).to.equal('You are muted');
    expect(el.matches(':state(muted)')).to.equal(true);
    mute.click();
    expect(workspace.commands.at(-1)).to.deep.equal(['unmute', 'call-1']);
  });

  it('[ML-35] sends tones from the keypad and shows what went out, not what was pressed', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await show(workspace);
    find(el, '#keypad').click();
    await el.updateComplete;
    expect(find(el, '#keypad').ariaExpanded).to.equal('true');
    const pad = el.renderRoot.querySelector('ml-dialpad')!;
    await pad.updateComplete;
    pad.focus();
    await sendKeys({ type: '12#' });
    expect(workspace.commands).to.deep.equal([
      ['sendDigits', 'call-1', '1'],
      ['sendDigits', 'call-1', '2'],
      ['sendDigits', 'call-1', '#'],
    ]);
    expect(find(el, '.digits').textContent.trim()).to.equal('');
    workspace.change('call-1', { digits: '12#' });
    await el.updateComplete;
    expect(find(el, '.digits').textContent.trim()).to.equal('12#');
    await expect(el).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await el.updateComplete;
    expect(find(el, 'ml-dialpad') === null).to.equal(true);
    expect(el.focusedControl).to.equal('keypad');
  });

  it('hangs up, also when it has been asked to answer', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall()] });
    const el = await show(workspace);
    find(el, '#hang-up').click();
    expect(workspace.commands).to.deep.equal([['hangUp', 'call-1']]);
  });

  it('has one tab stop among the controls, moved by arrows', async () => {
    const el = await show(new StillWorkspace({ calls: [stillCall()] }));
    find(el, '#mute').focus();
    await sendKeys({ press: 'ArrowRight' });
    expect(el.focusedControl).to.equal('hold');
    await sendKeys({ press: 'End' });
    expect(el.focusedControl).to.equal('hang-up');
    const stops = [...el.renderRoot.querySelectorAll<HTMLElement>('.controls button')].filter((b) => b.tabIndex === 0);
    expect(stops).to.have.length(1);
  });

  it('keeps text of strangers text', async () => {
    const displayName = '<img src=x onerror=alert(1)>🦊';
    const call = stillCall({ displayName, match: { state: 'unknown', record: null, candidates: [], why: null } });
    const el = await show(new StillWorkspace({ calls: [call] }));
    expect(textOf(el, 'name')).to.equal(displayName);
    expect(el.renderRoot.querySelector('img') === null).to.equal(true);
  });

  it('shows a withheld number, an unknown one and several matches in words', async () => {
    const workspace = new StillWorkspace({
      calls: [stillCall({ number: '', match: { state: 'unknown', record: null, candidates: [], why: null } })],
    });
    const el = await show(workspace);
    expect(textOf(el, 'name')).to.equal('Number withheld');
    expect(find(el, '.second').textContent.trim()).to.equal('Not in the CRM');
    workspace.change('call-1', {
      number: '+14155550104',
      match: { state: 'ambiguous', record: null, candidates: [larry, larry, larry], why: null },
    });
    await el.updateComplete;
    expect(textOf(el, 'name')).to.equal('(415) 555-0104');
    expect(find(el, '.second').textContent.trim()).to.equal('3 matches');
  });

  it('tells a blocked microphone with its remedy while it goes on ringing', async () => {
    const failure = { code: 'mic-denied', message: 'blocked', retryable: false } as const;
    const el = await show(new StillWorkspace({ calls: [{ ...unanswered, failure }] }));
    expect(find(el, '.notice').textContent.replace(/\s+/g, ' ').trim()).to.equal(
      'The browser blocks the microphone. Allow it for this site, then call again.',
    );
    expect(find(el, '#answer') === null).to.equal(false);
  });

  it('promises no second try of a call that failed', async () => {
    const failure = { code: 'server', message: '', retryable: true } as const;
    const el = await show(
      new StillWorkspace({ calls: [{ ...unanswered, phase: 'ended', reason: 'failed', endedBy: 'them', failure }] }),
    );
    expect(find(el, '.notice').textContent.trim()).to.equal('The server failed.');
  });

  it('says each change once to a screen reader, however many elements show the call', async () => {
    const workspace = new StillWorkspace();
    const first = await show(workspace);
    const second = await show(workspace);
    workspace.$calls.set([unanswered]);
    await Promise.all([first.updateComplete, second.updateComplete]);
    const said = (el: MlCall, live: string): string => find(el, `[aria-live="${live}"].unseen`).textContent;
    expect(said(first, 'assertive')).to.equal('Incoming call, Larry Thomas, Lead, Globex');
    expect(said(second, 'assertive')).to.equal('');
    workspace.change('call-1', { phase: 'active', answeredAt: workspace.clock.now() });
    expect(said(first, 'polite')).to.equal('Call in progress, Larry Thomas, Lead, Globex');
    first.remove();
    workspace.change('call-1', { phase: 'ended', reason: 'completed', endedBy: 'them' });
    expect(said(second, 'polite')).to.equal('Call ended, they hung up');
  });

  it('shows its empty shape without a workspace and throws nothing', async () => {
    const el = await fixture<MlCall>(html`<ml-call></ml-call>`);
    expect(el.matches(':state(unwired)')).to.equal(true);
    expect(el.renderRoot.textContent).to.contain('No phone here yet');
    await expect(el).to.be.accessible();
  });
});
