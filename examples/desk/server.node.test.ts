import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { audio, eventually, heard, openDeskBed, type DeskBed } from '../testing/desk-bed.ts';
import { deskPage, type DeskPage } from '../testing/desk-page.ts';

let bed: DeskBed;
let desk: DeskPage;
let customer: DeskPage;
const undo: (() => void)[] = [];

before(async () => {
  bed = await openDeskBed();
});
afterEach(async () => {
  for (const restore of undo.splice(0)) restore();
  for (const { page } of [desk, customer]) await page.context().close();
  assert.deepEqual(bed.complaints.splice(0), []);
  bed.sandbox.reset();
});
after(() => bed.stop());

async function open(): Promise<void> {
  desk = deskPage(await bed.desk());
  customer = deskPage(await bed.customer('+14155550101'));
}

/** Ann's socket is cut, she is not let in again, and whatever else she sends gets lost. */
function serverGone(): void {
  const { sip } = bed.sandbox;
  undo.push(
    sip.intercept((message, { user }) => {
      if (user !== 'ann' && user !== undefined) return 'pass';
      return message.kind === 'request' && message.method === 'REGISTER' ? { status: 503 } : 'drop';
    }),
  );
  sip.closeSocketsOf('ann');
}

const serverBack = (): void => {
  for (const restore of undo.splice(0)) restore();
};
/** Whether anything leaves the page: without its microphone's track not a packet does. */
const speak = (page: Page, speaks: boolean): Promise<void> =>
  page.evaluate(async (speaks) => {
    const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] };
    const [track] = speaks ? (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks() : [];
    const senders = peerConnections.flatMap((one) => (one.connectionState === 'connected' ? one.getSenders() : []));
    for (const sender of senders) await sender.replaceTrack(track ?? null);
  }, speaks);
const callAnn = (): Promise<void> => customer.page.getByRole('button', { name: 'Ann (415) 555-0001' }).click();

describe('the phone server', () => {
  it('gone before a call: says so with the time to the next try, keeps lists, and takes calls when it is back', async () => {
    await open();
    serverGone();
    await desk.says('No connection to the phone server.');
    await desk.says(/Trying again/);
    await desk.says('Notes and logs are kept.');
    await desk.field.fill('+14155550101');
    assert.ok(await desk.button('Call').isDisabled());
    serverBack();
    await desk.says('Available');
    await desk.silent('No connection to the phone server.');
    await callAnn();
    await desk.says('Lucy Hall');
    await desk.press('Decline');
    await eventually(bed.tasks, (tasks) => tasks.length === 1);
  });

  it('cut while it rings: the same call rings on and can be answered', async () => {
    await open();
    await callAnn();
    await desk.says('Lucy Hall');
    serverGone();
    await desk.says('No connection to the phone server.');
    serverBack();
    await desk.silent('No connection to the phone server.');
    await desk.press('Answer');
    await desk.says('Call in progress');
    await heard(desk.page);
    await customer.press('Hang up');
    await desk.says('Call ended');
    await eventually(bed.tasks, (tasks) => tasks.length > 0);
    assert.deepEqual(
      bed.tasks().map((task) => task['CallDisposition']),
      ['completed'],
    );
    assert.equal(await desk.recents.getByRole('listitem').count(), 1);
  });

  it('cut in a call: not a packet is lost, and the hang-up comes through afterwards', async () => {
    await open();
    await callAnn();
    await desk.press('Answer');
    await heard(desk.page);
    serverGone();
    await desk.says('No connection to the phone server.');
    await desk.says('Call in progress');
    const { received } = await audio(desk.page);
    // Two seconds of voice, 50 packets each.
    while ((await audio(desk.page)).received < received + 100) await desk.says('Call in progress');
    await desk.says('No connection to the phone server.');
    serverBack();
    await desk.silent('No connection to the phone server.');
    await desk.says('On a call');
    await customer.press('Hang up');
    await desk.says('Call ended');
    await eventually(bed.tasks, (tasks) => tasks.length > 0);
    assert.deepEqual(
      bed.tasks().map((task) => task['CallDisposition']),
      ['completed'],
    );
  });

  it('gone, and the audio with it: the call says so, and goes on when both are back', async () => {
    await open();
    await callAnn();
    await desk.press('Answer');
    await heard(desk.page);
    serverGone();
    await desk.says('No connection to the phone server.');
    await desk.says('Call in progress');
    await speak(customer.page, false);
    await desk.says('Reconnecting…');
    await speak(customer.page, true);
    await desk.says('Call in progress');
    await desk.silent('Reconnecting…');
    serverBack();
    await desk.says('On a call');
    await customer.press('Hang up');
    await desk.says('Call ended');
  });

  it('gone when we hang up: the call ends here at once, there when the server is back, and is logged once', async () => {
    await open();
    await callAnn();
    await desk.press('Answer');
    await desk.says('Call in progress');
    serverGone();
    await desk.says('No connection to the phone server.');
    await desk.press('Hang up');
    await desk.says('Call ended');
    await customer.says('Call in progress');
    serverBack();
    await customer.says('Call ended');
    await eventually(bed.tasks, (tasks) => tasks.length > 0);
    assert.deepEqual(
      bed.tasks().map((task) => task['CallDisposition']),
      ['completed'],
    );
  });

  it('gone while we call: the call ends as failed, in words, and is logged once', async () => {
    await open();
    await desk.field.fill('+14155550101');
    await desk.press('Call');
    await customer.says('Incoming call');
    serverGone();
    await desk.says('failed');
    await customer.says('missed');
    await eventually(bed.tasks, (tasks) => tasks.length > 0);
    assert.deepEqual(
      bed.tasks().map((task) => task['CallDisposition']),
      ['failed'],
    );
  });

  it('that refuses the password is said so, and is not asked again and again', async () => {
    let registers = 0;
    undo.push(
      bed.sandbox.sip.intercept((message, { user }) => {
        if (message.kind !== 'request' || message.method !== 'REGISTER' || user === '+14155550101') return 'pass';
        registers++;
        return { status: 403, reason: 'Forbidden' };
      }),
    );
    desk = deskPage(await bed.open('/desk/'));
    await desk.says('Not signed in');
    await desk.says('The server refused the sign-in.');
    await desk.says('Check user and password, or sign in again.');
    assert.ok(registers <= 2, `${registers} attempts`);
    serverBack();
    customer = deskPage(await bed.customer('+14155550101'));
    assert.ok(registers <= 2, `${registers} attempts`);
    await desk.press('Try again');
    await desk.says('Available');
  });
});
