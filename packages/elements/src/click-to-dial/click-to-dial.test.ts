import { presets } from '@multiline/core';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { LitElement } from 'lit';
import type { MlDialEvent } from '../events/intents.ts';
import { scriptedDesk } from '../testing/scripted-desk.ts';
import { lucy } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlClickToDial } from './click-to-dial.ts';
import './click-to-dial.ts';

const links = (el: Element): HTMLAnchorElement[] => [...el.querySelectorAll<HTMLAnchorElement>('[data-ml-number]')];
const texts = (el: Element): (string | null)[] => links(el).map((link) => link.textContent);

/** Wraps this markup; resolves when it has been looked through. */
async function wrap(content: unknown, workspace: object | null = new StillWorkspace()): Promise<MlClickToDial> {
  const el = await fixture<MlClickToDial>(
    html`<ml-click-to-dial .workspace=${workspace}>${content}</ml-click-to-dial>`,
  );
  await el.updateComplete;
  return el;
}

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

  it('leaves form fields, editable text, code, buttons and links alone', async () => {
    const el = await wrap(html`
      <input value="(415) 555-0101" /><textarea>(415) 555-0101</textarea>
      <p contenteditable="true">(415) 555-0101 <a href="tel:+14155550101">edit me</a></p>
      <code>(415) 555-0101</code>
      <pre>(415) 555-0101</pre>
      <button>(415) 555-0101</button><a href="/lucy">(415) 555-0101</a>
      <p>2026-11-12, $4,155.50, 10.0.0.1, invoice 4155550101</p>
    `);
    expect(links(el)).to.have.length(0);
    const edited = el.querySelector<HTMLElement>('[contenteditable] a')!;
    edited.addEventListener('click', (event) => event.preventDefault(), { once: true });
    let dialed = 0;
    el.addEventListener('ml-dial', () => dialed++);
    edited.click();
    expect(dialed).to.equal(0);
    const paragraph = el.querySelector('p')!;
    paragraph.contentEditable = 'false';
    await el.updateComplete;
    expect(texts(paragraph)).to.deep.equal(['(415) 555-0101']);
    paragraph.contentEditable = 'true';
    await el.updateComplete;
    expect(links(paragraph)).to.have.length(0);
  });

  it('leaves a click with a modifier, a broken link and an answered click to the page', async () => {
    const workspace = new StillWorkspace();
    const el = await wrap(
      html`<p>(415) 555-0101</p>
        <a href="tel:nobody">Nobody</a>`,
      workspace,
    );
    const stop = (event: Event): void => event.preventDefault();
    addEventListener('click', stop);
    links(el)[0]!.dispatchEvent(
      new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ctrlKey: true }),
    );
    el.querySelector<HTMLElement>('a[href="tel:nobody"]')!.click();
    links(el)[0]!.addEventListener('click', stop, { once: true });
    links(el)[0]!.click();
    removeEventListener('click', stop);
    expect(workspace.commands).to.deep.equal([]);
  });

  it('keeps hostile text text', async () => {
    const evil = '<img src=x onerror="alert(1)"> (415) 555-0101 <script>alert(1)</script>';
    const el = await wrap(html`<p>${evil}</p>`);
    expect(texts(el)).to.deep.equal(['(415) 555-0101']);
    expect(el.querySelector('img, script')).to.equal(null);
    expect(el.querySelector('p')!.textContent).to.equal(evil);
  });

  it('keeps the digits in order in a right-to-left text', async () => {
    const el = await wrap(html`<p dir="rtl" lang="ar">اتصل على +1 415 555 0101 اليوم</p>`);
    const [link] = links(el);
    const range = document.createRange();
    const left = (index: number): number => {
      range.setStart(link!.firstChild!, index);
      range.setEnd(link!.firstChild!, index + 1);
      return range.getBoundingClientRect().left;
    };
    expect(left(0)).to.be.lessThan(left(14));
  });

  it('follows what a framework writes into its own nodes', async () => {
    class Customer extends LitElement {
      static override properties = { phone: {} };
      declare phone: string | null;
      protected override createRenderRoot(): HTMLElement {
        return this;
      }
      protected override render(): unknown {
        return html`<b>Phone: ${this.phone}</b>`;
      }
    }
    if (!customElements.get('test-customer')) customElements.define('test-customer', Customer);
    const el = await wrap(html`<test-customer></test-customer>`);
    const customer = el.querySelector<Customer>('test-customer')!;
    const written = async (phone: string | null): Promise<string | null> => {
      customer.phone = phone;
      await customer.updateComplete;
      await el.updateComplete;
      return customer.textContent;
    };
    expect(await written('(415) 555-0101 at work')).to.equal('Phone: (415) 555-0101 at work');
    expect(texts(el)).to.deep.equal(['(415) 555-0101']);
    expect(await written('+44 20 7946 0105')).to.equal('Phone: +44 20 7946 0105');
    expect(texts(el)).to.deep.equal(['+44 20 7946 0105']);
    expect(await written(null)).to.equal('Phone: ');
    expect(links(el)).to.have.length(0);
    expect(await written('none')).to.equal('Phone: none');
  });

  it('gives a text node that is taken away its whole text back', async () => {
    const el = await wrap(html`<p></p>`);
    const paragraph = el.querySelector('p')!;
    const text = document.createTextNode('Call (415) 555-0101 today');
    paragraph.append(text);
    await el.updateComplete;
    expect(text.data).to.equal('Call ');
    text.remove();
    await el.updateComplete;
    expect(paragraph.textContent).to.equal('');
    expect(text.data).to.equal('Call (415) 555-0101 today');
  });

  it('leaves the content as it was when it is switched off, unwired or taken away', async () => {
    const markup = '<p>Call <b>Lucy</b> at (415) 555-0101, or (415) 555-0102.</p>';
    const el = await wrap(null, null);
    const content = document.createElement('div');
    content.append(document.createElement('p'));
    content.querySelector('p')!.append('Call ', Object.assign(document.createElement('b'), { textContent: 'Lucy' }));
    content.querySelector('p')!.append(' at (415) 555-0101, or (415) 555-0102.');
    el.append(content);
    const nodes = [...content.querySelector('p')!.childNodes];
    const same = (): void => {
      expect(content.innerHTML).to.equal(markup);
      expect([...content.querySelector('p')!.childNodes].every((node, index) => node === nodes[index])).to.equal(true);
    };
    await el.updateComplete;
    same();
    const on = async (change: () => void): Promise<void> => {
      change();
      await el.updateComplete;
      expect(texts(el)).to.deep.equal(['(415) 555-0101', '(415) 555-0102']);
    };
    const workspace = new StillWorkspace();
    await on(() => (el.workspace = workspace));
    el.disabled = true;
    await el.updateComplete;
    same();
    await on(() => (el.disabled = false));
    el.workspace = null;
    await el.updateComplete;
    same();
    await on(() => (el.workspace = workspace));
    const parent = el.parentElement!;
    el.remove();
    same();
    await on(() => parent.append(el));
  });

  it('reads numbers as the policy’s country writes them', async () => {
    const policy = { ...presets.default(), country: 'GB' };
    const el = await wrap(html`<p>Ring 020 7946 0105</p>`, new StillWorkspace({ policy }));
    expect(links(el)[0]!.href).to.equal('tel:+442079460105');
  });

  it('looks through a long page without holding it up, and through a change alone afterwards', async () => {
    const box = document.createElement('div');
    for (let i = 0; i < 3000; i++) {
      const line = document.createElement('p');
      line.textContent = `Row ${i}: (415) 555-${String(1000 + i)}`;
      box.append(line);
    }
    const el = await wrap(box);
    expect(links(el)).to.have.length(3000);
    const first = links(el)[0];
    box.append('and +1 415 555 0101');
    await el.updateComplete;
    expect(links(el)).to.have.length(3001);
    expect(links(el)[0] === first).to.equal(true);
  });

  it('is inert without a workspace', async () => {
    const el = await wrap(html`<p>(415) 555-0101</p>`, null);
    expect(links(el)).to.have.length(0);
    expect(el.matches(':state(unwired)')).to.equal(true);
    expect(el.querySelector('p')!.checkVisibility()).to.equal(true);
  });
});
