import type { Call } from '@multiline/core';
import { expect } from '@open-wc/testing';
import { showCall } from '../testing/shown-call.ts';
import { stillCall } from '../testing/still-calls.ts';
import { StillWorkspace } from '../testing/still-workspace.ts';
import type { MlCall } from '../call/call.ts';
import { ringing, staged } from '../testing/story-stages.ts';

/** What is said after each change of the call, in order. */
async function saidAfter(first: Call, ...changes: readonly Partial<Call>[]): Promise<string[]> {
  const workspace = new StillWorkspace({ calls: [first] });
  const el = await showCall(workspace);
  return spoken(el, () => {
    for (const change of changes) workspace.change(first.id, change);
  });
}

/** What the live regions say while something happens: every line that comes in, in order. */
async function spoken(el: MlCall, happens: () => void): Promise<string[]> {
  const said: string[] = [];
  const heard = new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) said.push(node.textContent ?? '');
  });
  for (const region of el.renderRoot.querySelectorAll('[aria-live].unseen')) heard.observe(region, { childList: true });
  happens();
  // Observers are called before the next promise: nothing that is said later counts.
  await Promise.resolve();
  heard.disconnect();
  return said;
}

describe('what is said of a call', () => {
  it('tells hold, its end and a hold that lasts too long, each once', async () => {
    const heldAt = Date.UTC(2026, 10, 12, 15, 40);
    expect(
      await saidAfter(
        stillCall(),
        { pending: 'hold' },
        { pending: null, hold: 'us', heldAt },
        { muted: false },
        { recalled: 'hold' },
        { recalled: 'hold', speaking: true },
      ),
    ).to.deep.equal(['On hold', 'Lucy Hall, Contact, Acme has waited long']);
    expect(await saidAfter(stillCall({ hold: 'us' }), { hold: undefined } as never)).to.deep.equal([
      'The call goes on',
    ]);
    expect(await saidAfter(stillCall(), { hold: 'them' })).to.deep.equal(['They put you on hold']);
  });

  it('tells that recording has started, rests and has stopped', async () => {
    expect(
      await saidAfter(
        stillCall(),
        { recording: { state: 'on' } },
        { recording: { state: 'paused' } },
        { recording: { state: 'done', url: 'https://pbx.example/1.wav' } },
      ),
    ).to.deep.equal(['Recording has started', 'Recording is paused', 'Recording has stopped']);
  });

  it('tells a transfer under way and one that failed, with its target', async () => {
    expect(
      await saidAfter(
        stillCall(),
        { transfer: { target: '1002', state: 'asked' } },
        { transfer: { target: '1002', state: 'trying' } },
        { transfer: { target: '1002', state: 'ringing' } },
        { transfer: { target: '1002', state: 'failed' } },
      ),
    ).to.deep.equal(['Transferring to 1002', 'The transfer to 1002 failed']);
  });

  it('tells who joins and who leaves a conference', async () => {
    expect(
      await saidAfter(
        stillCall(),
        { conference: 'c' },
        { speaking: true },
        { phase: 'ended', reason: 'completed', endedBy: 'them' },
      ),
    ).to.deep.equal(['Lucy Hall, Contact, Acme is in the call', 'Lucy Hall, Contact, Acme has left the call']);
  });

  it('tells that the audio is being brought back, and that it is back; what changes at once in one breath', async () => {
    expect(await saidAfter(stillCall(), { reconnecting: true }, { reconnecting: false, muted: true })).to.deep.equal([
      'Reconnecting',
      'The connection is back. You are muted',
    ]);
  });

  it('says once that a call has come back from a transfer, not that it has waited long', async () => {
    const back = { recalled: 'transfer', transfer: { target: '1002', state: 'failed' } } as const;
    expect(
      await saidAfter(stillCall({ hold: 'us', transfer: { target: '1002', state: 'trying' } }), back),
    ).to.deep.equal(['The transfer to 1002 failed']);
  });

  it('tells that a transfer is complete, by the end of the call', async () => {
    expect(
      await saidAfter(
        stillCall({ transfer: { target: '1002', state: 'ringing' } }),
        { phase: 'ended', reason: 'transferred', endedBy: 'them' },
        { log: { state: 'delivered', why: null } },
      ),
    ).to.deep.equal(['Call ended, transferred']);
  });

  it('says what becomes of several calls at once, each, and the same again', async () => {
    const workspace = new StillWorkspace({ calls: [stillCall(), ringing] });
    const el = await showCall(workspace);
    expect(
      await spoken(el, () => {
        workspace.change('call-1', { hold: 'us' });
        workspace.change(ringing.id, { phase: 'active', answeredAt: ringing.startedAt + 1000 });
        workspace.change(ringing.id, { hold: 'us' });
      }),
    ).to.deep.equal(['On hold', 'Call in progress, Larry Thomas, Lead, Globex', 'On hold']);
  });

  it('tells the stages of a call on another phone', async () => {
    expect(
      await saidAfter(
        staged('calling-device'),
        { stage: 'confirming' },
        { stage: 'calling', phase: 'ringing' },
        { phase: 'active', answeredAt: Date.UTC(2026, 10, 12, 15, 41) },
      ),
    ).to.deep.equal([
      'Press any key on your phone, Lucy Hall, Contact, Acme',
      'Calling…, Lucy Hall, Contact, Acme',
      'Call in progress, Lucy Hall, Contact, Acme',
    ]);
  });
});
