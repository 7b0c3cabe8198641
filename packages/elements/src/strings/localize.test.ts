import { expect, fixture, html } from '@open-wc/testing';
import { errorText, languageOf, lookUp, registerStrings } from './localize.ts';
import './english-calls.ts';

describe('words', () => {
  it('fills values and chooses the plural form of the language', () => {
    registerStrings('pl', {
      'search.count': { one: '{count} wynik', few: '{count} wyniki', other: '{count} wyników' },
    });
    expect([1, 3, 5].map((count) => lookUp('pl', 'search.count', { count }))).to.deep.equal([
      '1 wynik',
      '3 wyniki',
      '5 wyników',
    ]);
  });

  it('takes the regional table before the general one, and English last', () => {
    registerStrings('fr', { 'action.call': 'Appeler', 'action.mute': 'Muet' });
    registerStrings('fr-CA', { 'action.mute': 'Discrétion' });
    expect(lookUp('fr-CA', 'action.mute')).to.equal('Discrétion');
    expect(lookUp('fr-CA', 'action.call')).to.equal('Appeler');
    expect(lookUp('fr-CA', 'action.answer')).to.equal('Answer');
    expect(lookUp('xx', 'no-such-key')).to.equal(undefined);
  });

  it('never takes a value for a place, nor markup for markup', () => {
    expect(lookUp('en', 'call.log-to', { who: '{who} <b>' })).to.equal('Log to {who} <b>');
  });

  it('keeps numbers and names from left to right in a text from right to left', async () => {
    registerStrings('ar', { 'call.log-to': 'سجل إلى {who} الآن' });
    const number = '+1 (415) 555-0104';
    const text = lookUp('ar', 'call.log-to', { who: number })!;
    expect(text).to.equal(`سجل إلى \u2068${number}\u2069 الآن`);
    const line = await fixture<HTMLElement>(html`<p dir="rtl">${text}</p>`);
    const leftOf = (character: string): number => {
      const range = document.createRange();
      const node = [...line.childNodes].find((one) => one instanceof Text && one.data === text)!;
      range.setStart(node, text.indexOf(character));
      range.setEnd(node, text.indexOf(character) + 1);
      return range.getBoundingClientRect().left;
    };
    expect(leftOf('+')).to.be.lessThan(leftOf('5'));
    expect(lookUp('en', 'call.log-to', { who: number })).to.equal(`Log to ${number}`);
  });

  it('says errors in a language that has them, else in core’s words', () => {
    registerStrings('de', { 'error.mic-denied.cause': 'Der Browser sperrt das Mikrofon.' });
    expect(errorText('de', 'mic-denied').cause).to.equal('Der Browser sperrt das Mikrofon.');
    expect(errorText('de', 'mic-denied').remedy).to.equal('Allow it for this site, then call again.');
  });

  it('finds the nearest lang through shadow roots', async () => {
    const outer = await fixture<HTMLElement>(html`<div lang="nl"><i></i></div>`);
    // eslint-disable-next-line wc/no-closed-shadow-root -- they are what is tested
    const root = outer.querySelector('i')!.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' });
    const inner = root.appendChild(document.createElement('span'));
    expect(languageOf(inner)).to.equal('nl');
  });
});
