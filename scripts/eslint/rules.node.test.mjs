import { RuleTester } from 'eslint';
import { after, describe, it } from 'node:test';
import { translatable } from './translatable.mjs';
import { webSecurity } from './web-security.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
RuleTester.afterAll = after;

const tester = new RuleTester();

tester.run('web-security', webSecurity, {
  valid: [
    'html`<button type="button" class="key" .ariaLabel=${label} ?disabled=${off} @click=${onClick}>${text}</button>`',
    'html`<ml-call call-id=${id}></ml-call>`',
    'css`a { color: ${red} }`',
  ],
  invalid: [
    { code: 'html`<button aria-label=${label}></button>`', errors: [{ messageId: 'binding' }] },
    { code: 'html`<a class="x" href="/a/${id}">${name}</a>`', errors: [{ messageId: 'binding' }] },
    { code: 'html`<slot></slot>`', errors: [{ messageId: 'tag' }] },
    { code: 'html`<div style="color: red"></div>`', errors: [{ messageId: 'style' }] },
  ],
});

tester.run('translatable', translatable, {
  valid: ['html`<p>${word("hello")}</p>`', 'html`<p> · ${a} / ${b}</p>`', 'html`<!-- why --><p part="name"></p>`'],
  invalid: [
    { code: 'html`<p>Hello ${name}</p>`', errors: [{ messageId: 'words' }] },
    { code: 'html`<input placeholder="Number or name" />`', errors: [{ messageId: 'words' }] },
  ],
});
