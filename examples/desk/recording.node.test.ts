import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;
const pages: Page[] = [];
before(async () => {
  bed = await openDeskBed();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

/** What the phone system in front of the browser was asked to do with its recorder. */
type Asked = string[];

/** A second of a tone, as a recorder writes it. */
function recording(): Buffer {
  const [rate, samples] = [8_000, 8_000];
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    wav.writeUInt16LE(value, at);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 2, 28);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let n = 0; n < samples; n++) wav.writeInt16LE(Math.round(8_000 * Math.sin(n / 4)), 44 + n * 2);
  return wav;
}

/** Ann's desk behind a phone service with a recorder; the sandbox's own has none, since calls go from browser to browser. */
async function desk(path: string): Promise<{ ann: DeskPage; asked: Asked }> {
  const asked: Asked = [];
  const context = await bed.profile();
  await context.route('**/phone/recordings', async (route) => {
    const request = route.request();
    if (request.method() === 'GET') return route.fulfill({ json: { recorder: true } });
    const { call, action } = request.postDataJSON() as { call: string; action: string };
    asked.push(action);
    const state = { start: 'on', pause: 'paused', stop: 'off' }[action];
    return route.fulfill({ json: { state, url: `${bed.sandbox.url}phone/recordings/${call}.wav` } });
  });
  await context.route('**/phone/recordings/*.wav', (route) =>
    route.fulfill({ contentType: 'audio/wav', body: recording() }),
  );
  const page = await bed.open(path, context);
  pages.push(page);
  await page.getByText('Available').first().waitFor();
  return { ann: deskPage(page), asked };
}

async function calledByLucy(ann: DeskPage): Promise<DeskPage> {
  const page = await bed.customer();
  pages.push(page);
  await page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();
  await ann.press('Answer');
  await ann.says('Call in progress');
  return deskPage(page);
}

/** What a screen reader has been told so far. */
const told = async ({ page }: DeskPage): Promise<void> => {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.defineProperty(globalThis, 'said', { value: said });
    const watch = (root: Document | ShadowRoot): void => {
      new MutationObserver(() => {
        for (const region of root.querySelectorAll('[aria-live], [role=status], [role=alert]')) {
          const text = region.textContent?.trim();
          if (text) said.push(text);
        }
      }).observe(root, { subtree: true, childList: true, characterData: true });
      for (const element of root.querySelectorAll('*')) if (element.shadowRoot) watch(element.shadowRoot);
    };
    watch(document);
  });
};
const said = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => (globalThis as unknown as { said: string[] }).said.some((one) => one.includes(wanted)),
    text,
  );

async function hasRecording(ann: DeskPage): Promise<void> {
  const [task] = await eventually(
    () => bed.tasks(),
    ([one]) => one !== undefined,
  );
  const address = /Recording: (\S+\/phone\/recordings\/\S+\.wav)/.exec(String(task?.['Description']))?.[1];
  assert.ok(address, String(task?.['Description']));
  await ann.recents
    .getByRole('button', { name: /details of the call with Lucy Hall/ })
    .first()
    .click();
  const link = ann.recents.getByRole('link', { name: 'Open the recording' });
  assert.equal(await link.getAttribute('href'), address);
  const heard = await ann.recents.locator('audio').evaluate(async (audio: HTMLAudioElement) => {
    await audio.play();
    return audio.duration;
  });
  assert.equal(Math.round(heard), 1);
}

describe('the recorder, through the desk', () => {
  it('has no button where the phone system has no recorder', async () => {
    const page = await bed.desk();
    pages.push(page);
    const ann = deskPage(page);
    const lucy = await calledByLucy(ann);
    assert.equal(await ann.button('Hold').count(), 1);
    assert.equal(await ann.button('Record').count(), 0);
    await lucy.press('Hang up');
    await ann.says('Call ended');
  });

  it('[ML-49] says so once, and in the connection test, where every call is to be recorded and nobody records', async () => {
    const page = await bed.open('/desk/?recording=always');
    pages.push(page);
    const ann = deskPage(page);
    const missing = 'This call is to be recorded, but no recorder could be started.';
    let lucy = await calledByLucy(ann);
    await ann.says(missing);
    await lucy.press('Hang up');
    await ann.says('Call ended');
    lucy = await calledByLucy(ann);
    assert.equal(await ann.phone.getByText(missing).count(), 0);
    await lucy.press('Hang up');
    await ann.says('Call ended');
    await ann.press('Settings');
    await page.getByRole('button', { name: 'Run the test' }).click();
    await page.getByText('Every call is to be recorded, and no recorder can be started from here.').waitFor();
  });

  it('[ML-49] starts, rests and stops, visibly and told; the recording plays in the details and is linked in the activity', async () => {
    const { ann, asked } = await desk('/desk/');
    const lucy = await calledByLucy(ann);
    await told(ann);
    await ann.press('Record');
    await ann.phone.locator('.tag.recorded', { hasText: 'Recording' }).waitFor();
    await said(ann.page, 'Recording has started');
    await ann.press('Pause');
    await ann.says('Recording paused');
    await said(ann.page, 'Recording is paused');
    await ann.press('Go on');
    await ann.phone.locator('.tag.recorded').waitFor();
    await ann.press('Stop recording');
    await said(ann.page, 'Recording has stopped');
    await ann.button('Record').waitFor();
    assert.deepEqual(asked, ['start', 'pause', 'start', 'stop']);
    await lucy.press('Hang up');
    await ann.says('Call ended');
    await hasRecording(ann);
  });

  it('[ML-49] records every call from its answer on where the policy says so, and then is not to be stopped', async () => {
    const { ann, asked } = await desk('/desk/?recording=always');
    const lucy = await calledByLucy(ann);
    await ann.phone.locator('.tag.recorded', { hasText: 'Recording' }).waitFor();
    assert.equal(await ann.button('Stop recording').count(), 0);
    assert.deepEqual(asked, ['start']);
    await lucy.press('Hang up');
    await ann.says('Call ended');
    await hasRecording(ann);
  });
});
