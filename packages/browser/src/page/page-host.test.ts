import type { DialClick, Host } from '@multiline/core';
import { expect, fixture, html } from '@open-wc/testing';
import { type PageOptions, page } from './page-host.ts';

/** Idle time that a test hands out. */
function handedIdle() {
  const works = new Set<(deadline: { timeRemaining(): number }) => void>();
  return {
    idle: (work: (deadline: { timeRemaining(): number }) => void) => {
      works.add(work);
      return () => void works.delete(work);
    },
    /** Lets what waits run; answers whether there was anything. `ms` is what `timeRemaining` says at each look. */
    run(ms = 50): boolean {
      const [work] = works;
      if (!work) return false;
      works.delete(work);
      work({ timeRemaining: () => ms });
      return true;
    },
  };
}

/** The texts that are underlined at the moment. */
function marked(): string[] {
  const highlights = CSS.highlights as unknown as Map<string, Set<Range>>;
  return [...(highlights.get('multiline-number') ?? [])].map((range) => range.toString());
}

/** Clicks the middle of a text as a mouse does. */
function clickText(root: Element, text: string, init: MouseEventInit = {}): MouseEvent {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const start = node.data.indexOf(text);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + text.length);
    const { left, top, width, height } = range.getBoundingClientRect();
    const point = { clientX: left + width / 2, clientY: top + height / 2 };
    return click(node.parentElement ?? root, { ...point, ...init });
  }
  throw new Error(`No text holds ${text}.`);
}

function click(target: Element, init: MouseEventInit = {}): MouseEvent {
  const event = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, button: 0, ...init });
  target.dispatchEvent(event);
  return event;
}

describe('page(): click-to-dial', () => {
  let host: Host;
  let clicks: DialClick[];
  let time: ReturnType<typeof handedIdle>;
  let guard: AbortController;
  const numbers = (): string[] => clicks.map(({ number }) => number);

  function start(root: Element, options: PageOptions = {}): void {
    host = page({ root, idle: time.idle, ...options });
    host.onClickToDial?.((heard) => clicks.push(heard));
    time.run();
  }

  beforeEach(() => {
    clicks = [];
    time = handedIdle();
    guard = new AbortController();
    // No test may follow a link.
    window.addEventListener('click', (event) => event.preventDefault(), { signal: guard.signal });
  });
  afterEach(() => {
    host.stop?.();
    guard.abort();
  });

  it('hears tel:, callto: and sip: links, and keeps the browser from following them', async () => {
    const root = await fixture(html`
      <p>
        <a href="tel:+1-415-555-0101;ext=12"><b>Call Lucy</b></a>
        <a href="callto:+14155550102">Larry</a>
        <a href="sip:bob@sandbox.test">Bob</a>
      </p>
    `);
    start(root);
    click(root.querySelector('b')!);
    root.querySelectorAll('a').forEach((link, index) => index > 0 && link.click());
    expect(numbers()).to.deep.equal(['tel:+1-415-555-0101;ext=12', 'callto:+14155550102', 'sip:bob@sandbox.test']);
  });

  it('leaves other links, other buttons, held keys and taken clicks to the page', async () => {
    const root = await fixture(
      html`<p>
        <a id="web" href="https://example.test/+14155550101">+1 415 555 0101</a>
        <a id="tel" href="tel:+14155550101">Call</a>
      </p>`,
    );
    start(root);
    const tel = root.querySelector('#tel')!;
    click(root.querySelector('#web')!);
    click(tel, { ctrlKey: true });
    click(tel, { button: 1 });
    tel.addEventListener('click', (event) => event.preventDefault(), { once: true });
    click(tel);
    expect(clicks).to.deep.equal([]);
    click(tel);
    expect(clicks).to.have.length(1);
  });

  it('hears links in open shadow roots', async () => {
    const root = await fixture<HTMLElement>(html`<div></div>`);
    const shadow = root.attachShadow({ mode: 'open' });
    const link = shadow.appendChild(document.createElement('a'));
    link.href = 'tel:1002';
    start(root);
    click(link);
    expect(numbers()).to.deep.equal(['tel:1002']);
  });

  it('finds numbers in running text, marks them and hears clicks on them', async () => {
    const root = await fixture(html`<p>Lucy: (415) 555-0101, Petra: +44 20 7946 0105. Order 4711, on 2026-03-02.</p>`);
    const before = root.innerHTML;
    start(root);
    expect(marked()).to.deep.equal(['(415) 555-0101', '+44 20 7946 0105']);
    expect(clickText(root, '555-0101').defaultPrevented).to.equal(true);
    clickText(root, '7946');
    clickText(root, 'Order');
    clickText(root, '4711');
    expect(numbers()).to.deep.equal(['(415) 555-0101', '+44 20 7946 0105']);
    expect(root.innerHTML, 'the document').to.equal(before);
  });

  it('reads national numbers as the country writes them', async () => {
    const root = await fixture(html`<p>Tel. 020 7946 0105</p>`);
    start(root, { country: 'GB' });
    clickText(root, '7946');
    expect(numbers()).to.deep.equal(['020 7946 0105']);
  });

  it('leaves texts alone that are somebody else’s to click, to edit or to read as code', async () => {
    const number = '+1 415 555 0101';
    const root = await fixture(html`
      <div>
        <button>${number}</button><label>${number}</label><code>${number}</code>
        <pre>${number}</pre>
        <span contenteditable="true">${number}</span><span role="link">${number}</span>
        <ml-click-to-dial>${number}</ml-click-to-dial>
        <textarea>+1 415 555 0101</textarea
        ><style>
          /* +1 415 555 0101 */
        </style>
      </div>
    `);
    start(root);
    expect(marked()).to.deep.equal([]);
    clickText(root.querySelector('button')!, '555');
    expect(clicks).to.deep.equal([]);
  });

  it('looks into an ml-workspace that wraps the page', async () => {
    const root = await fixture(
      html`<div>
        <ml-workspace><p>+1 415 555 0101</p></ml-workspace>
      </div>`,
    );
    start(root);
    clickText(root, '555');
    expect(numbers()).to.deep.equal(['+1 415 555 0101']);
  });

  it('does not call what a person has selected', async () => {
    const root = await fixture(html`<p>+1 415 555 0101</p>`);
    start(root);
    document.getSelection()?.selectAllChildren(root);
    clickText(root, '555');
    document.getSelection()?.removeAllRanges();
    expect(clicks).to.deep.equal([]);
  });

  it('follows the page as it changes', async () => {
    const root = await fixture(
      html`<div>
        <p id="stays">+1 415 555 0101</p>
        <p id="goes">+1 415 555 0102</p>
      </div>`,
    );
    start(root);
    expect(marked()).to.have.length(2);
    root.querySelector('#goes')?.remove();
    const added = root.appendChild(document.createElement('section'));
    added.innerHTML = '<i>new: <b>+1 415 555 0103</b></i>';
    const text = root.querySelector('#stays')?.firstChild as Text;
    text.data = 'now +1 415 555 0104';
    await null;
    time.run();
    expect(marked().sort()).to.deep.equal(['+1 415 555 0103', '+1 415 555 0104']);
    clickText(root, '0104');
    expect(numbers()).to.deep.equal(['+1 415 555 0104']);
  });

  it('works in slices: a long page never holds the browser up', async () => {
    const root = await fixture(
      html`<div>${Array.from({ length: 20 }, (_, n) => html`<p>${`+1 415 555 01${10 + n}`}</p>`)}</div>`,
    );
    host = page({ root, idle: time.idle });
    host.onClickToDial?.((heard) => clicks.push(heard));
    let slices = 0;
    while (time.run(0)) slices++;
    expect(slices).to.be.above(20);
    expect(marked()).to.have.length(20);
  });

  it('says whose number it is where the page says so', async () => {
    const root = await fixture(html`
      <div data-ml-record="Contact/0031/x" data-ml-name=" Lucy Hall ">
        <a href="tel:+14155550101">Call</a> <span>+1 415 555 0102</span>
        <i data-ml-record="nonsense">+1 415 555 0103</i>
      </div>
    `);
    start(root);
    click(root.querySelector('a')!);
    clickText(root, '0102');
    clickText(root, '0103');
    const context = { record: { kind: 'Contact', id: '0031/x' }, name: 'Lucy Hall' };
    expect(clicks).to.deep.equal([
      { number: 'tel:+14155550101', ...context },
      { number: '+1 415 555 0102', ...context },
      { number: '+1 415 555 0103', name: 'Lucy Hall' },
    ]);
  });

  it('keeps to links when told so', async () => {
    const root = await fixture(html`<p>+1 415 555 0101 <a href="tel:+14155550102">Call</a></p>`);
    start(root, { numbers: 'links' });
    clickText(root, '0101');
    click(root.querySelector('a')!);
    expect(numbers()).to.deep.equal(['tel:+14155550102']);
  });

  it('leaves nothing behind when the last listener stops', async () => {
    const root = await fixture(html`<p>+1 415 555 0101 <a href="tel:+14155550102">Call</a></p>`);
    const sheets = document.adoptedStyleSheets.length;
    host = page({ root, idle: time.idle });
    const stop = host.onClickToDial?.((heard) => clicks.push(heard));
    time.run();
    expect(marked()).to.have.length(1);
    stop?.();
    click(root.querySelector('a')!);
    clickText(root, '0101');
    root.append('+1 415 555 0103');
    await null;
    expect(time.run()).to.equal(false);
    expect(marked()).to.deep.equal([]);
    expect(clicks).to.deep.equal([]);
    expect(document.adoptedStyleSheets.length).to.equal(sheets);
  });
});
