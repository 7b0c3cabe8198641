import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { MlCallTarget } from '../call/call-target.ts';
import type { MlCall } from '../call/call.ts';
import { find, press, words } from '../testing/shown-call.ts';
import { scriptedDesk } from '../testing/scripted-desk.ts';
import type { ScriptedDesk } from '../testing/scripted-desk.ts';
import { settled, show } from '../testing/shown-softphone.ts';
import type { MlSoftphone } from './softphone.ts';

const LUCY = '+14155550101';
const stage = (el: MlSoftphone): MlCall => [...el.renderRoot.querySelectorAll<MlCall>('ml-call')].at(-1)!;
const phases = ({ workspace }: ScriptedDesk): string[] =>
  workspace.$calls.get().map(({ phase, hold, reason }) => [phase, hold, reason].filter(Boolean).join(' '));

/** Everything that is due has happened, and is drawn. */
async function quiet(desk: ScriptedDesk, el: MlSoftphone): Promise<void> {
  await desk.clock.run(10);
  await settled(el);
  await stage(el)?.renderRoot.querySelector<MlCallTarget>('ml-call-target')?.updateComplete;
}

async function inCall(): Promise<{ desk: ScriptedDesk; el: MlSoftphone; lucy: ScriptedDesk['line']['calls'][number] }> {
  const desk = await scriptedDesk();
  const el = await show(desk.workspace);
  const lucy = desk.line.ring({ address: LUCY });
  await desk.clock.run(100);
  await desk.workspace.answer(lucy.id);
  await quiet(desk, el);
  return { desk, el, lucy };
}

/** Opens the panel of targets, clicks a number on the page, and does what that button of the panel says. */
async function send(desk: ScriptedDesk, el: MlSoftphone, control: string, way: string): Promise<void> {
  press(stage(el), control);
  await quiet(desk, el);
  await desk.workspace.pickNumber('+14155550103');
  await quiet(desk, el);
  const panel = find<MlCallTarget>(stage(el), 'ml-call-target')!;
  expect(words(find(panel, '.best .who'))).to.equal('(415) 555-0103');
  press(panel, `[part="${way}"]`);
  await quiet(desk, el);
}

describe('what a person does at the phone', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  it('[MV-22] [MV-35] holds, asks the number that was clicked on the page, and completes the transfer', async () => {
    const { desk, el, lucy } = await inCall();
    await send(desk, el, '#transfer', 'ask');
    expect(phases(desk)).to.deep.equal(['active us', 'connecting']);
    expect(desk.workspace.$dialField.get().text).to.equal('');
    const asked = desk.line.dialed[0]!;
    expect(stage(el).callId).to.equal(asked.id);
    asked.signal({ type: 'answered' });
    await quiet(desk, el);
    expect(words(find(stage(el), '.other'))).to.contain('Lucy Hall');
    press(stage(el), '[part="complete-transfer"]');
    await quiet(desk, el);
    expect(lucy.asked.at(-1)).to.match(/^transfer/);
    expect(phases(desk)[0]).to.match(/^ended.*transferred$/);
    await desk.workspace.stop();
  });

  it('[MV-36] sends the caller on at once, and keeps the call with the reason when that fails', async () => {
    const { desk, el, lucy } = await inCall();
    lucy.transfer = (target) => {
      lucy.signal({ type: 'transfer', state: 'trying' });
      return Promise.resolve(void target);
    };
    await send(desk, el, '#transfer', 'now');
    expect(words(find(stage(el), '.tags'))).to.contain('Transferring to');
    lucy.signal({
      type: 'transfer',
      state: 'failed',
      failure: { code: 'refused', message: '486 Busy', retryable: false },
    });
    await quiet(desk, el);
    expect(words(find(stage(el), '.notice'))).to.contain('failed. They did not take the call.');
    expect(find(stage(el), '#hang-up')).not.to.equal(null);
    lucy.signal({ type: 'ended', reason: 'transferred', by: 'them' });
    await quiet(desk, el);
    expect(words(find(stage(el), '.phase'))).to.equal('Call ended · transferred');
    await desk.workspace.stop();
  });

  it('[MV-16] says why a sixth is not taken in', async () => {
    const { desk, el } = await inCall();
    for (let count = 0; count < 3; count++) {
      await send(desk, el, '#add', 'ask');
      desk.line.dialed[count]!.signal({ type: 'answered' });
      await quiet(desk, el);
      press(stage(el), '[part="merge"]');
      await quiet(desk, el);
    }
    const sixth = desk.line.ring({ address: '+14155550199' });
    await quiet(desk, el);
    await desk.workspace.answer(sixth.id);
    await quiet(desk, el);
    press(stage(el), '[part="merge"]');
    await quiet(desk, el);
    expect(words(find(stage(el), '.notice.danger'))).to.contain('The conference has as many parties as it may have.');
    expect(phases(desk)).to.have.length(5);
    await desk.workspace.stop();
  });

  it('[MV-34] redirects a call that rings to the number that was clicked on the page', async () => {
    const desk = await scriptedDesk();
    const el = await show(desk.workspace);
    const lucy = desk.line.ring({ address: LUCY });
    await quiet(desk, el);
    await send(desk, el, '#redirect', 'now');
    expect(lucy.asked.at(-1)).to.equal('redirect +14155550103');
    expect(phases(desk)).to.deep.equal(['ended redirected']);
    await desk.workspace.stop();
  });

  it('[MV-16] [MV-18] adds people one by one, merges, and goes on without one that was removed', async () => {
    const { desk, el } = await inCall();
    for (let count = 0; count < 2; count++) {
      await send(desk, el, '#add', 'ask');
      desk.line.dialed[count]!.signal({ type: 'answered' });
      await quiet(desk, el);
      press(stage(el), '[part="merge"]');
      await quiet(desk, el);
    }
    expect(phases(desk)).to.deep.equal(['active', 'active', 'active']);
    expect(new Set(desk.workspace.$calls.get().map(({ conference }) => conference)).size).to.equal(1);
    expect(stage(el).renderRoot.querySelectorAll('.people > li')).to.have.length(3);
    stage(el).renderRoot.querySelectorAll<HTMLElement>('[part="remove"]')[2]!.click();
    await quiet(desk, el);
    expect(stage(el).renderRoot.querySelectorAll('.people > li')).to.have.length(2);
    await desk.workspace.stop();
  });

  it('says of somebody who could not be added that it was so', async () => {
    const { desk, el } = await inCall();
    await send(desk, el, '#add', 'ask');
    desk.line.dialed[0]!.signal({ type: 'ended', reason: 'busy', by: 'them' });
    await quiet(desk, el);
    expect(words(find(stage(el), '.notice'))).to.match(/could not be added to the call\. /);
    await desk.workspace.stop();
  });

  it('goes back from the one who was asked to the first call', async () => {
    const { desk, el, lucy } = await inCall();
    await send(desk, el, '#transfer', 'ask');
    press(stage(el), '[part="back"]');
    await quiet(desk, el);
    expect(lucy.asked.at(-1)).to.equal('resume');
    expect(stage(el).callId).to.equal(lucy.id);
    expect(words(find(stage(el), '.phase'))).to.equal('Call in progress');
    await desk.workspace.stop();
  });
});
