import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { eventually, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;
let desk: DeskPage;
let customer: DeskPage;

before(async () => {
  bed = await openDeskBed();
  customer = deskPage(await bed.customer('+14155550101'));
});
afterEach(async () => {
  assert.equal(await desk.page.evaluate(() => 'harmed' in globalThis), false, 'text from outside never runs');
  await desk.page.context().close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

const MARKUP = '<img src=x onerror="globalThis.harmed=1"><script>globalThis.harmed=1</script>';

/** An INVITE straight to Ann's phone, as a stranger's server would send it; the result sends its CANCEL. */
function invite(from: string, branch: string): () => void {
  const [device] = bed.sandbox.sip.registrations('ann');
  assert.ok(device);
  const request = (method: string): string =>
    [
      `${method} ${device.contact} SIP/2.0`,
      `Via: SIP/2.0/WS sandbox.test;branch=z9hG4bK${branch}`,
      'Max-Forwards: 70',
      `From: ${from};tag=${branch}`,
      'To: <sip:ann@sandbox.test>',
      `Call-ID: ${branch}@stranger.example`,
      `CSeq: 1 ${method}`,
      'Contact: <sip:stranger@stranger.example>',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');
  bed.sandbox.sip.inject('ann', request('INVITE'));
  return () => void bed.sandbox.sip.inject('ann', request('CANCEL'));
}

describe('text from outside', () => {
  it('a caller whose name is markup is shown as written, everywhere', async () => {
    desk = deskPage(await bed.desk());
    const name = MARKUP.replaceAll('"', '\\"');
    const cancel = invite(`"${name}" <sip:+14155550198@stranger.example>`, 'markup');
    await desk.says('(415) 555-0198');
    await desk.says(MARKUP);
    cancel();
    await desk.says('missed');
    await desk.waits(MARKUP);
    await desk.firstRow(MARKUP);
    await desk.recents.getByRole('button', { name: /details of the call with/ }).click();
    await desk.page.reload();
    await desk.firstRow(MARKUP);
  });

  it('a caller without a number, one with a name of 5,000 letters, and one who writes from right to left', async () => {
    desk = deskPage(await bed.desk());
    const callers: [from: string, branch: string, shown: string][] = [
      ['"Anonymous" <sip:anonymous@anonymous.invalid>', 'nobody', 'Number withheld'],
      [`"${'long '.repeat(1_000)}" <sip:+14155550197@stranger.example>`, 'long', '(415) 555-0197'],
      ['"\u202eמתקשר\u202d" <sip:+14155550196@stranger.example>', 'rtl', '(415) 555-0196'],
    ];
    for (const [from, branch, shown] of callers) {
      const cancel = invite(from, branch);
      await desk.says(shown);
      const width = await desk.phone.evaluate((phone) => phone.scrollWidth - phone.clientWidth);
      assert.ok(width <= 0, `${branch} does not widen the phone`);
      cancel();
      await desk.says('missed');
    }
    assert.equal(await desk.recents.getByRole('listitem').count(), 3);
  });

  it('notes of 33,000 characters with emoji and markup: whole here, cut with a mark in the CRM', async () => {
    desk = deskPage(await bed.desk());
    await customer.page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
    await desk.says('Lucy Hall');
    await desk.press('Answer');
    await desk.says('Call in progress');
    const notes = `${MARKUP} ${'👩‍👩‍👧‍👦 naïve '.repeat(3_000)}`.slice(0, 33_000);
    await desk.notes.fill(notes);
    await desk.press('Save notes');
    await desk.phone.locator('[part=saved]').filter({ hasText: 'Saved' }).waitFor();
    await desk.press('Hang up');
    const [task] = await eventually(bed.tasks, (tasks) => tasks.length > 0);
    const written = String(task?.['Description']);
    assert.ok(written.length <= 32_000, String(written.length));
    assert.doesNotMatch(written, /\p{Surrogate}/u, 'no emoji is cut in two');
    assert.ok(written.startsWith(MARKUP));
    assert.notEqual(written, notes.slice(0, written.length), 'the cut is marked');
    assert.equal(await desk.notes.inputValue(), notes);
    await desk.waits('Every call and text is logged');

    await desk.page.reload();
    await desk.recents
      .getByRole('button', { name: /details of the call with/ })
      .first()
      .click();
    await desk.recents.getByRole('button', { name: 'Edit the call notes' }).click();
    const field = desk.recents.getByRole('textbox', { name: 'Call notes' });
    assert.equal(await field.inputValue(), notes);
    await field.fill('Short.');
    await desk.recents.getByRole('button', { name: 'Save notes' }).click();
    await eventually(bed.tasks, ([row]) => row?.['Description'] === 'Short.');
  });
});

describe('what is typed or pasted into the dial field', () => {
  it('is called as people write it, or refused in words', async () => {
    desk = deskPage(await bed.desk());
    const targets: string[] = [];
    const stop = bed.sandbox.sip.intercept((message, { user }) => {
      if (user !== 'ann' || message.kind !== 'request' || message.method !== 'INVITE') return 'pass';
      targets.push(message.uri);
      return { status: 486, reason: 'Busy Here' };
    });
    const dialed: [text: string, user: string][] = [
      ['(415) 555-0101', '+14155550101'],
      ['\u202d+1 415\u00a0555\u20110101\u202c\u200f', '+14155550101'],
      ['tel:+1-415-555-0101;ext=12', '+14155550101'],
      ['911', '911'],
      ['112', '112'],
      ['1002', '1002'],
      ['sip:bob@sandbox.test', 'bob'],
    ];
    for (const [text, user] of dialed) {
      await desk.field.fill(text);
      await desk.field.press('Enter');
      await eventually(
        () => targets.length,
        (count) => count > 0,
      );
      const [target = ''] = targets.splice(0);
      assert.equal(decodeURIComponent(/^sips?:([^@]*)@/.exec(target)?.[1] ?? ''), user, text);
      await desk.says('busy');
      await desk.press('Wrap up');
    }
    for (const text of ['12345678901234567890'.repeat(2), '()-', '+', 'tel:', 'sip:']) {
      await desk.field.fill(text);
      await desk.field.press('Enter');
      await desk.says('This is not a number that can be dialed.');
      await desk.says('Correct the number.');
      assert.equal(await desk.field.inputValue(), text);
      await desk.phone.getByRole('button', { name: 'Clear' }).click();
      await desk.silent('This is not a number that can be dialed.');
    }
    await desk.field.fill('Nobody by this name');
    await desk.says('Nobody found');
    await desk.field.press('Enter');
    assert.deepEqual(targets, [], 'a name is not a number');
    stop();
  });
});
