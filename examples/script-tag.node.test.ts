import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ensureDropIn } from '../scripts/drop-in.mjs';
import { openDeskBed, type DeskBed } from './testing/desk-bed.ts';
import { deskPage } from './testing/desk-page.ts';

let bed: DeskBed;

before(async () => {
  await ensureDropIn();
  bed = await openDeskBed();
});
after(() => bed.stop());

interface Heard {
  readonly text: string;
  /** Milliseconds since the page began. */
  readonly at: number;
}

/** Runs in the page before anything of ours: what the live regions say, and when the phone first shows each phase. */
function listen(): void {
  const heard: Heard[] = [];
  const shown: Heard[] = [];
  Object.assign(globalThis, { heard, shown });
  const note = (list: Heard[], text: string): void => void list.push({ text, at: performance.now() });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        const spoken = target instanceof Element && target.matches('[aria-live].unseen');
        if (spoken) for (const node of addedNodes) note(heard, node.textContent?.trim() ?? '');
      }
      const phase = root.querySelector('.stage .phase')?.textContent?.trim();
      if (phase && phase !== shown.at(-1)?.text) note(shown, phase);
    }).observe(root, { subtree: true, childList: true, characterData: true });
    return root;
  };
}

describe('the phone of one script tag, which brings its words when they are needed', () => {
  it('says each change of a call once, in words, not later than 200 ms after it is shown', async () => {
    const phone = deskPage(await bed.open('/script-tag/', await bed.profile(listen)));
    await phone.says('Available');
    const customer = deskPage(await bed.customer());
    await customer.field.fill('+14155550002');
    await customer.press('Call');
    await phone.says('Incoming call');
    await phone.press('Answer');
    await phone.says('Call in progress');
    await phone.press('Hold');
    await phone.says('On hold');
    await phone.press('Resume');
    await phone.says('Call in progress');
    await phone.press('Mute');
    await phone.says('You are muted');
    await phone.press('Hang up');
    await phone.says('Call ended');

    const { heard, shown } = await phone.page.evaluate(() => {
      const { heard, shown } = globalThis as unknown as { heard: Heard[]; shown: Heard[] };
      return { heard, shown };
    });
    // Whom the number belongs to is known at once or a moment later.
    const said = heard.map(({ text }) => text).filter((text) => !text.endsWith(' is calling'));
    assert.deepEqual(
      said.map((text) => text.replace(/, (Lucy|\(415\)).*/u, '')),
      [
        'The phone is connected',
        'Incoming call',
        'Call in progress',
        'On hold',
        'The call goes on',
        'You are muted',
        'Call ended, you hung up',
      ],
    );
    for (const phase of ['Incoming call', 'Call in progress', 'On hold', 'Call ended']) {
      const told = heard.find(({ text }) => text.startsWith(phase))!;
      const seen = shown.find(({ text }) => text.startsWith(phase))!;
      assert.ok(told.at - seen.at <= 200, `${phase}: ${String(told.at - seen.at)} ms after it is shown`);
    }
    assert.deepEqual(bed.complaints, []);
  });
});
