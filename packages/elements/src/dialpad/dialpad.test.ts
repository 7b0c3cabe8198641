import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { manualClock } from '@multiline/testing';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlDialpad } from './dialpad.ts';
import './dialpad.ts';

const show = (workspace: StillWorkspace, callId = ''): Promise<MlDialpad> =>
  fixture<MlDialpad>(html`<ml-dialpad .workspace=${workspace} .callId=${callId}></ml-dialpad>`);
const key = (el: MlDialpad, value: string): HTMLButtonElement =>
  [...el.renderRoot.querySelectorAll<HTMLButtonElement>('.key')].find((one) => one.value === value)!;

describe('ml-dialpad', () => {
  it('is accessible', async () => {
    const el = await show(new StillWorkspace());
    await expect(el).to.be.accessible();
    expect(key(el, '#').ariaLabel).to.equal('Hash');
  });

  it('[MV-25] types into the number field when idle and sends tones into a call', async () => {
    const workspace = new StillWorkspace();
    const el = await show(workspace);
    for (const digit of ['4', '1', '5']) key(el, digit).click();
    expect(workspace.$dialField.get().text).to.equal('415');
    el.callId = 'call-1';
    await el.updateComplete;
    key(el, '*').click();
    expect(workspace.commands).to.deep.equal([['sendDigits', 'call-1', '*']]);
    expect(workspace.$dialField.get().text).to.equal('415');
    expect(el.matches(':state(in-call)')).to.equal(true);
  });

  it('takes digits and Backspace from the keyboard, and leaves shortcuts alone', async () => {
    const workspace = new StillWorkspace();
    const el = await show(workspace);
    el.focus();
    await sendKeys({ type: '+1415' });
    await sendKeys({ press: 'Backspace' });
    expect(workspace.$dialField.get().text).to.equal('+141');
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: '1' });
    await sendKeys({ up: 'Control' });
    expect(workspace.$dialField.get().text).to.equal('+141');
  });

  it('[MV-25] takes digits that were copied, with pauses, and no other text', async () => {
    const workspace = new StillWorkspace();
    const el = await show(workspace, 'call-1');
    const paste = (text: string): void => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      key(el, '1').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    };
    paste(' 12 34;p 5-6# ');
    paste('call me');
    expect(workspace.commands).to.deep.equal([['sendDigits', 'call-1', '1234,,56#']]);
    el.callId = '';
    await el.updateComplete;
    paste('+1 (415) 555-0199');
    expect(workspace.$dialField.get().text).to.equal('+14155550199');
  });

  it('types a plus when 0 is held, once', async () => {
    const clock = manualClock();
    const workspace = new StillWorkspace({ clock });
    const el = await show(workspace);
    const zero = key(el, '0');
    zero.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    clock.advance(500);
    zero.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, composed: true }));
    zero.click();
    expect(workspace.$dialField.get().text).to.equal('+');
    zero.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    zero.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, composed: true }));
    zero.click();
    expect(workspace.$dialField.get().text).to.equal('+0');
    expect(clock.waiting).to.equal(0);
  });

  it('is one tab stop; arrows move by row and column, which no language mirrors', async () => {
    const el = await show(new StillWorkspace());
    const focused = (): string => ((el.renderRoot as ShadowRoot).activeElement as HTMLButtonElement).value;
    el.focus();
    await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ press: 'ArrowDown' });
    expect(focused()).to.equal('5');
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'ArrowLeft' });
    expect(focused()).to.equal('1');
    el.dir = 'rtl';
    await sendKeys({ press: 'ArrowRight' });
    expect(focused()).to.equal('2');
    expect(key(el, '1').offsetLeft).to.be.below(key(el, '3').offsetLeft);
    expect([...el.renderRoot.querySelectorAll<HTMLElement>('.key')].filter((one) => one.tabIndex === 0)).to.have.length(
      1,
    );
  });

  it('has its empty shape without a workspace', async () => {
    const el = await fixture<MlDialpad>(html`<ml-dialpad></ml-dialpad>`);
    expect(el.matches(':state(unwired)')).to.equal(true);
    expect(el.renderRoot.querySelector('button') === null).to.equal(true);
  });
});
