import { expect } from '@open-wc/testing';
import type { Call, EndReason, Line, LineCall } from '@multiline/core';
import '@multiline/elements';
import { lineSignals } from '@multiline/testing';
import { desk, type Desk } from '../testing/desk.ts';
import { networkLink } from '../testing/links.ts';
import { audible, phone, server, until } from '../testing/phones.ts';
import { echoCalls, figure } from '../testing/sipp.ts';

/** A call of ann's desk to an echo on the other side of the link: what is heard has gone both ways. */
interface Talk extends Desk {
  readonly call: () => Call;
  /** Until the call is as is wanted. Rejects when it has ended instead. */
  readonly becomes: (wanted: (call: Call) => boolean) => Promise<Call>;
  readonly audible: () => Promise<void>;
  /** Ends it, and proves that there was one call, on both sides, with one row and one log. */
  readonly over: () => Promise<void>;
}

interface Attempt {
  readonly call: LineCall;
  /** How it ended, once it has. */
  readonly end: Promise<EndReason>;
}

/** Dials the echo. Answers null for a call that has ended before it was answered, which must have failed. */
async function attempted(line: Line): Promise<Attempt | null> {
  const call = await line.dial(server.echo ?? '');
  const signals = lineSignals(call);
  const end = signals.next('ended').then(({ reason }) => reason);
  const answered = signals.next('answered').then(() => ({ call, end }));
  const failed = end.then((reason) => {
    if (reason !== 'completed') expect(reason).to.equal('failed');
    return null;
  });
  return Promise.race([answered, failed]);
}

describe(`a call on ${server.name} over a bad network`, () => {
  const wifi = networkLink('wifi');

  afterEach(async () => {
    await wifi.be({ loss: 0, delayMs: 0, jitterMs: 0 });
  });

  async function talk(): Promise<Talk> {
    const before = server.pbx ? undefined : await echoCalls();
    const line = phone('ann');
    const dialed: LineCall[] = [];
    const ann = await desk({
      ...line,
      async dial(target, options) {
        const lineCall = await line.dial(target, options);
        dialed.push(lineCall);
        return lineCall;
      },
    });
    const { id } = await ann.workspace.dial(`sip:${server.echo ?? ''}@servers.test`);
    const lineCall = dialed[0]!;
    const call = (): Call => ann.workspace.$calls.get().find((one) => one.id === id)!;
    const becomes = async (wanted: (call: Call) => boolean): Promise<Call> => {
      await until(ann.workspace.$calls, () => call().phase === 'ended' || wanted(call()));
      if (call().phase === 'ended') throw new Error(`It has ended: ${call().reason}.`);
      return call();
    };
    await becomes(({ phase }) => phase === 'active');
    await audible(lineCall);
    return {
      ...ann,
      call,
      becomes,
      audible: () => audible(lineCall),
      async over() {
        expect(call().phase).to.equal('active');
        await ann.workspace.hangUp(id);
        const [row, ...more] = await ann.logged(1);
        expect(row).to.include({ id, reason: 'completed', endedBy: 'us' });
        expect(more).to.deep.equal([]);
        expect(ann.crm.activitiesWritten.length).to.be.most(1);
        // The other side knew the call: else it would say that there is none.
        while (!line.log?.().some((said) => said.endsWith(' to BYE'))) await new Promise(requestAnimationFrame);
        expect(line.log?.().find((said) => said.endsWith(' to BYE'))).to.include('got 200 OK to BYE');
        if (before) {
          let after = before;
          while (after.successful + after.failed === before.successful + before.failed) after = await echoCalls();
          expect(after.successful - before.successful).to.equal(1);
          expect(after.failed).to.equal(before.failed);
        }
        await ann.workspace.stop();
      },
    };
  }

  it('loses three packets of ten each way: it goes on, is heard both ways, and says that the connection is weak until it is not', async function () {
    this.timeout(60_000);
    const { workspace, becomes, audible: heard, over } = await talk();
    const shown = document.createElement('ml-softphone');
    shown.workspace = workspace;
    document.body.append(shown);
    const { lost, carried } = await wifi.be({ loss: 0.3, delayMs: 40, jitterMs: 20, seed: 4 });
    const { quality } = await becomes((call) => call.quality?.problem === 'network');
    expect(quality?.mos).to.be.lessThan(3.1);
    expect(quality?.lossPercent).to.be.within(15, 70);
    expect(text(shown)).to.include('The connection is weak. The other side may hear gaps.');
    await heard();
    const after = await wifi.be({ loss: 0, delayMs: 0, jitterMs: 0 });
    const share = (100 * (after.lost - lost)) / (after.lost - lost + after.carried - carried);
    const good = await becomes((call) => call.quality?.problem === 'none');
    expect(good.quality?.mos).to.be.greaterThan(3.6);
    expect(text(shown)).not.to.include('The connection is weak.');
    await heard();
    await over();
    shown.remove();
    await figure(
      `${share.toFixed(0)} % of packets lost: MOS ${String(quality?.mos)}, ${String(quality?.lossPercent)} % of the audio; ` +
        `afterwards MOS ${String(good.quality?.mos)}`,
    );
  });

  it('loses as many while it is set up: it comes about, and is heard both ways', async function () {
    this.timeout(90_000);
    const line = phone('ann');
    await line.start();
    await wifi.be({ loss: 0.3, delayMs: 40, jitterMs: 20, seed: 7 });
    let since = performance.now();
    let made = await attempted(line);
    // TCP may stall for longer than a link may: then the call has failed at once and in words, and is made once more.
    while (!made) {
      await until(line.$status, ({ state }) => state === 'registered');
      since = performance.now();
      made = await attempted(line);
    }
    const { call, end } = made;
    const answeredMs = performance.now() - since;
    await audible(call);
    const audioMs = performance.now() - since;
    await wifi.be({ loss: 0, delayMs: 0, jitterMs: 0 });
    await call.hangUp();
    expect(await end).to.equal('completed');
    await figure(
      `set up over 30 % loss: answered after ${answeredMs.toFixed(0)} ms, audio after ${audioMs.toFixed(0)} ms`,
    );
  });

  it('loses everything for eight seconds: it goes on, and is heard again', async function () {
    this.timeout(60_000);
    const { workspace, audible: heard, becomes, over } = await talk();
    let noticed = '';
    const stop = workspace.$phone.subscribe(({ line }) => {
      if (line.state !== 'registered') noticed = line.state;
    });
    const outage = wifi.outage(8_000);
    await becomes((call) => call.reconnecting === true);
    await outage;
    const since = performance.now();
    const registered = until(workspace.$phone, ({ line }) => line.state === 'registered').then(
      () => performance.now() - since,
    );
    await heard();
    const audioMs = performance.now() - since;
    const registeredMs = await registered;
    await becomes((call) => !call.reconnecting);
    await heard();
    stop();
    await over();
    await figure(
      `8 s outage (${noticed || 'the socket did not notice'}): registered ${registeredMs.toFixed(0)} ms, audio ${audioMs.toFixed(0)} ms after it`,
    );
  });
});

/** What a person sees, whichever shadow roots it is in. */
function text(root: Node): string {
  if (root instanceof Text) return root.data;
  const inner = root instanceof Element && root.shadowRoot ? [...root.shadowRoot.childNodes] : [];
  return [...inner, ...root.childNodes].map(text).join('');
}
