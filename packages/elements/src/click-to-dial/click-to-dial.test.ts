import { presets } from '@multiline/core';
import { expect, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MlDialEvent } from '../events/intents.ts';
import { scriptedDesk } from '../testing/scripted-desk.ts';
import { lucy } from '../testing/still-calls.ts';
import { links, texts, wrap } from '../testing/shown-links.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';

describe('ml-click-to-dial', () => {
  it('is accessible', async () => {
    await expect(await wrap(html`<p>Call Lucy at (415) 555-0101.</p>`)).to.be.accessible();
  });

  it('[ML-11] puts a clicked number into the dial field, where Call and Message wait, and dials nothing by itself', async () => {
    const desk = await scriptedDesk();
    const el = await wrap(html`<p>Call Lucy at (415) 555-0101 today.</p>`, desk.workspace);
    links(el)[0]!.click();
    await desk.clock.run(0);
    expect(desk.workspace.$dialField.get()).to.deep.include({ text: '(415) 555-0101', clicks: 1 });
    expect(desk.line.dialed).to.have.length(0);
    await desk.workspace.changeSettings({ dialMode: 'immediate' });
    links(el)[0]!.click();
    await desk.clock.run(0);
    expect(desk.line.dialed.map(({ remote }) => remote.address)).to.deep.equal(['+14155550101']);
    await desk.workspace.stop();
  });

  it('[MV-13] dials by the number and by a handset icon, idle, in a call and after it, where the administrator has it enabled', async () => {
    const desk = await scriptedDesk();
    const content = html`<p>Lucy: (415) 555-0101 <a href="tel:+14155550102" aria-label="Call Larry">☎</a></p>`;
    const el = await wrap(content, desk.workspace);
    const states: Record<string, string[]> = {};
    const clickBoth = async (state: string): Promise<void> => {
      const filled: string[] = [];
      for (const link of el.querySelectorAll('a')) {
        link.click();
        await desk.clock.run(0);
        filled.push(desk.workspace.$dialField.get().text);
      }
      states[state] = filled;
      desk.workspace.setDialField('');
    };
    await clickBoth('idle');
    const { id } = await desk.workspace.dial('+14155550103');
    desk.line.dialed[0]!.signal({ type: 'answered' });
    await clickBoth('call');
    await desk.workspace.hangUp(id);
    await desk.clock.run(0);
    expect(desk.workspace.$calls.get()[0]?.phase).to.equal('ended');
    await clickBoth('post call');
    const both = ['(415) 555-0101', '(415) 555-0102'];
    expect(states).to.deep.equal({ idle: both, call: both, 'post call': both });
    await desk.workspace.stop();

    const policy = presets.default({ dialing: { clickToDial: false } });
    const heard: unknown[] = [];
    const host = { name: 'test', onClickToDial: (listener: unknown) => (heard.push(listener), () => undefined) };
    const without = await scriptedDesk({ policy, host });
    const plain = await wrap(content, without.workspace);
    expect(links(plain)).to.have.length(0);
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    // The system's own handler of tel: is not for a test.
    document.addEventListener('click', (event) => event.preventDefault(), { once: true });
    plain.querySelector('a')!.dispatchEvent(click);
    expect([without.workspace.$dialField.get().text, heard.length]).to.deep.equal(['', 0]);
    await without.workspace.stop();
  });

  it('[ML-19] makes every number of the page clickable, whatever it is written as and whenever it comes, and opens the phone', async () => {
    const shown: boolean[] = [];
    const desk = await scriptedDesk({ host: { name: 'test', show: (open) => void shown.push(open) } });
    const el = await wrap(
      html`<table>
          <tr>
            <th>Phone</th>
            <td>+1 415 555 0102</td>
          </tr>
          <tr>
            <th>Mobile</th>
            <td>415.555.0104, or (415) 555-0106 x12</td>
          </tr>
        </table>
        <a href="tel:+442079460105">London</a> <a href="sip:bob@sandbox.test">Bob</a>
        <div id="late"></div>`,
      desk.workspace,
    );
    expect(texts(el)).to.deep.equal(['+1 415 555 0102', '415.555.0104', '(415) 555-0106 x12']);
    const late = document.createElement('p');
    late.textContent = 'New: (415) 555-0101';
    el.querySelector('#late')!.append(late);
    await el.updateComplete;
    const dialed: string[] = [];
    el.addEventListener('ml-dial', (event) => dialed.push(event.number));
    for (const link of el.querySelectorAll('a')) link.click();
    expect(dialed).to.deep.equal([
      '+1 415 555 0102',
      '415.555.0104',
      '(415) 555-0106 x12',
      'tel:+442079460105',
      'sip:bob@sandbox.test',
      '(415) 555-0101',
    ]);
    expect(shown).to.deep.equal(Array(6).fill(true));
    expect(links(el).map(({ href }) => href)).to.include('tel:+14155550106;ext=12');
    await desk.workspace.stop();
  });

  it('is reached by the keyboard, and the line gets ready', async () => {
    const workspace = new StillWorkspace();
    const el = await wrap(
      html`<button>Before</button>
        <p>(415) 555-0101</p>`,
      workspace,
    );
    el.querySelector('button')!.focus();
    await sendKeys({ press: 'Tab' });
    expect(document.activeElement === links(el)[0]).to.equal(true);
    expect(links(el)[0]!.ariaLabel).to.equal('Call (415) 555-0101');
    await sendKeys({ press: 'Enter' });
    expect(workspace.commands).to.deep.equal([['prepareDial'], ['pickNumber', '(415) 555-0101', null]]);
  });

  it('says whom the numbers belong to, and lets a page place the call itself', async () => {
    const workspace = new StillWorkspace();
    const el = await wrap(html`(415) 555-0101`, workspace);
    el.record = lucy;
    setTimeout(() => links(el)[0]!.click());
    const event = await oneEvent<MlDialEvent>(el, 'ml-dial');
    expect([event.number, event.record]).to.deep.equal(['(415) 555-0101', lucy]);
    expect(workspace.commands).to.deep.equal([['pickNumber', '(415) 555-0101', lucy]]);
    el.addEventListener('ml-dial', (one) => one.preventDefault());
    links(el)[0]!.click();
    expect(workspace.commands).to.have.length(1);
  });

  it('reads numbers as the policy’s country writes them', async () => {
    const policy = { ...presets.default(), country: 'GB' };
    const el = await wrap(html`<p>Ring 020 7946 0105</p>`, new StillWorkspace({ policy }));
    expect(links(el)[0]!.href).to.equal('tel:+442079460105');
  });

  it('is inert without a workspace', async () => {
    const el = await wrap(html`<p>(415) 555-0101</p>`, null);
    expect(links(el)).to.have.length(0);
    expect(el.matches(':state(unwired)')).to.equal(true);
    expect(el.querySelector('p')!.checkVisibility()).to.equal(true);
  });
});
