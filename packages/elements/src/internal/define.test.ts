import { expect, fixture, html } from '@open-wc/testing';
import { define } from './define.ts';

describe('define', () => {
  it('upgrades what stands in the page already', async () => {
    const early = await fixture<HTMLElement>(html`<ml-test-early></ml-test-early>`);
    class Early extends HTMLElement {}
    define('ml-test-early', Early);
    expect(early).to.be.instanceOf(Early);
  });

  it('leaves a name to whoever has taken it', () => {
    class First extends HTMLElement {}
    define('ml-test-taken', First);
    define('ml-test-taken', class extends HTMLElement {});
    expect(customElements.get('ml-test-taken') === First).to.equal(true);
  });

  it('has made one of the name last when the page upgrades, as Lightning Web Security wants it', async () => {
    await fixture<HTMLElement>(html`<ml-test-marked></ml-test-marked>`);
    let made = '';
    let upgraded = '';
    const create = (name: string): Element => document.createElementNS('http://www.w3.org/1999/xhtml', (made = name));
    Object.defineProperty(document, 'createElement', { value: create, configurable: true });
    try {
      define(
        'ml-test-marked',
        class extends HTMLElement {
          constructor() {
            super();
            upgraded = made;
          }
        },
      );
    } finally {
      Reflect.deleteProperty(document, 'createElement');
    }
    expect(upgraded).to.equal('ml-test-marked');
  });
});
