import { expect, fixture } from '@open-wc/testing';
import { html, render } from 'lit';
import { repeat } from './repeat.ts';

describe('repeat', () => {
  const show = (list: HTMLElement, keys: readonly string[]): unknown =>
    render(
      repeat(
        keys,
        (key) => key,
        (key, index) => html`<li>${key} ${index}</li>`,
      ),
      list,
    );
  const texts = (list: HTMLElement): string[] => [...list.children].map(({ textContent }) => textContent);

  it('leaves nothing of the rows that go, whichever they are', async () => {
    const list = await fixture<HTMLElement>('<ul></ul>');
    show(list, ['a', 'b', 'c']);
    const { length } = list.childNodes;
    for (const keys of [['b', 'c', 'd'], ['d', 'b', 'e'], ['f', 'g', 'h'], ['a'], [], ['c', 'b', 'a']]) {
      show(list, keys);
      expect(texts(list)).to.deep.equal(keys.map((key, index) => `${key} ${index}`));
    }
    expect(list.childNodes).to.have.length(length);
  });

  it('keeps the element of a row that stays', async () => {
    const list = await fixture<HTMLElement>('<ul></ul>');
    show(list, ['a', 'b', 'c']);
    const [, second] = list.children;
    show(list, ['new', 'b', 'a']);
    expect(list.children[1]).to.equal(second);
  });
});
