import { expect } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { links, texts, wrap } from '../testing/shown-links.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';

describe('the content around the numbers', () => {
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
});
