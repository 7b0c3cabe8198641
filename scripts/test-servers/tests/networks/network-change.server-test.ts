import { expect } from '@open-wc/testing';
import type { Line, LineCall } from '@multiline/core';
import { callStats } from '@multiline/sip';
import { networkLink } from '../testing/links.ts';
import { audible, phone, reached, server, talking, until, type Conversation } from '../testing/phones.ts';
import { figure } from '../testing/sipp.ts';

/** Audio is back by then (R4), where the browser knows the address it goes by. */
const BACK_MS = 2_000;
/** Chromium looks for new addresses two seconds after a change: nobody can use one sooner. */
const FOUND_MS = 2_000;
/**
 * Both phones move, in the same moment. A server that stands between answers each by itself; where one passes requests on, they
 * meet on their way, and one of the two is asked again (491).
 */
const MET_MS = server.pbx ? 0 : 1_000;
/** However late a machine or a server is: a call that is silent for longer has ended (R4). */
const AT_LAST_MS = 30_000;
/** So much later than the browser asks its way the server may hear of it: by TCP that begins slowly, over a proxy, under load. */
const LATE_MS = 200;
/** Two goes, and the second may begin late. */
const TEST_MS = 90_000;

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Listens to a call until told to stop: the longest it was silent, in ms. */
function silence(call: LineCall): () => Promise<number> {
  let over = false;
  const heard = (async () => {
    let [packets, at, longest] = [-1, performance.now(), 0];
    while (!over) {
      const now = (await callStats(call))?.received.packets ?? 0;
      if (packets >= 0) longest = Math.max(longest, performance.now() - at);
      if (now !== packets) [packets, at] = [now, performance.now()];
      await frame();
    }
    return longest;
  })();
  return () => {
    over = true;
    return heard;
  };
}

/** Until both calls say that audio flows, or that it does not. */
async function both({ we, they }: Conversation, flowing: boolean): Promise<void> {
  for (const signals of [we, they]) while ((await signals.next('media')).flowing !== flowing);
}

/** Until the browser has found an address that begins so. */
async function found(start: string): Promise<void> {
  for (let text = ''; !text.includes(` ${start}`);) {
    const connection = new RTCPeerConnection();
    connection.createDataChannel('');
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete') await frame();
    text = connection.localDescription?.sdp ?? '';
    connection.close();
  }
}

/** Requests for a change of a call leave late. Answers how to stop. */
function lateRequests(): () => void {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    const late = typeof data === 'string' && data.startsWith('INVITE ') && /^To:.*;tag=/im.test(data);
    if (late) setTimeout(() => send.call(this, data), LATE_MS);
    else send.call(this, data);
  };
  return () => {
    WebSocket.prototype.send = send;
  };
}

// All phones are in this browser, and move in the same moment.
describe(`a call on ${server.name} whose network changes`, function () {
  this.timeout(TEST_MS);
  const [wifi, mobile] = [networkLink('wifi'), networkLink('mobile')];
  let [ann, bob]: Line[] = [];

  async function reset(): Promise<void> {
    await wifi.move(2);
    await wifi.be({ loss: 0 });
    await mobile.unplug();
  }
  beforeEach(reset);
  after(async () => {
    await wifi.move(2);
    await wifi.be({ loss: 0 });
    // Down first: it may go before the other.
    await mobile.unplug();
    await mobile.plugIn();
  });

  async function call(): Promise<Conversation> {
    [ann, bob] = [phone('ann'), phone('bob')];
    await Promise.all([ann.start(), bob.start()]);
    const conversation = await talking(ann, bob, '1002');
    await Promise.all([audible(conversation.ours), audible(conversation.theirs)]);
    return conversation;
  }

  /** The line and the audio are there again, both ways, and the other side can end the call. Answers the longest silence. */
  async function survived({ ours, theirs, we }: Conversation, lost: Promise<unknown>, change: () => Promise<void>) {
    const silences = [silence(ours), silence(theirs)];
    await change();
    await lost;
    await until(ann!.$status, ({ state }) => state === 'registered');
    await Promise.all([audible(ours), audible(theirs)]);
    const longest = Math.max(...(await Promise.all(silences.map((stop) => stop()))));
    await theirs.hangUp();
    const { reason, by } = await we.next('ended');
    // Interrupted where the server asks for us where we were, and our own next request hears that the call is gone.
    expect(server.pbx ? ['completed', 'interrupted'] : ['completed']).to.include(reason);
    expect(by).to.equal('them');
    await figure(`another network in a call, silent for ${String(Math.round(longest))} ms`);
    return longest;
  }

  /** Ann's phone moves; what gives back her audio stays where it is. Answers the longest silence. */
  async function movedAlone(change: () => Promise<void>): Promise<number> {
    ann = phone('ann');
    await ann.start();
    const { call: ours, signals } = await reached(ann, server.echo ?? '');
    await audible(ours);
    const silent = silence(ours);
    const gone = lost(ann);
    await change();
    await gone;
    await until(ann.$status, ({ state }) => state === 'registered');
    await audible(ours);
    const longest = await silent();
    await ours.hangUp();
    expect(await signals.next('ended')).to.include({ reason: 'completed', by: 'us' });
    await figure(`another network for one of the two, silent for ${String(Math.round(longest))} ms`);
    return longest;
  }

  /** The silence of one go, or of another where the first was too late: on a busy machine. */
  async function within(goalMs: number, go: () => Promise<number>): Promise<void> {
    const first = await go();
    expect(first).to.be.lessThan(AT_LAST_MS);
    if (first < goalMs) return;
    await Promise.all([ann?.stop(), bob?.stop()]);
    await reset();
    expect(await go()).to.be.lessThan(goalMs);
  }

  const lost = (line: Line) => until(line.$status, ({ state }) => state === 'reconnecting');

  it('by another address on the same network goes on', async () => {
    await within(FOUND_MS + BACK_MS + MET_MS, async () => {
      const conversation = await call();
      return survived(conversation, lost(ann!), () => wifi.move(9));
    });
  });

  it('by one that was gone for a while says that it is reconnecting, and goes on', async () => {
    await within(BACK_MS + MET_MS, async () => {
      const conversation = await call();
      let backMs = 0;
      await survived(conversation, lost(ann!), async () => {
        await wifi.unplug();
        await both(conversation, false);
        await wifi.plugIn();
        const at = performance.now();
        await both(conversation, true);
        backMs = performance.now() - at;
      });
      return backMs;
    });
  });

  it('from Wi-Fi to a mobile network that was there before goes on', async () => {
    await within(BACK_MS + MET_MS, async () => {
      const conversation = await call();
      await mobile.plugIn();
      await found('10.64.2.');
      return survived(conversation, lost(ann!), () => wifi.unplug());
    });
  });

  it('from Wi-Fi to a mobile network that comes only then goes on', async () => {
    await within(FOUND_MS + BACK_MS + MET_MS, async () => {
      const conversation = await call();
      return survived(conversation, lost(ann!), async () => {
        await wifi.unplug();
        await mobile.plugIn();
      });
    });
  });

  it('through a VPN that comes up, beside which nothing gets through, goes on', async () => {
    await within(FOUND_MS + BACK_MS + MET_MS, async () => {
      const conversation = await call();
      return survived(conversation, lost(ann!), async () => {
        await mobile.prefer();
        await wifi.be({ loss: 1 });
      });
    });
  });

  it('goes on where the server hears later of a new way than it is asked for it', async () => {
    const inTime = lateRequests();
    try {
      // Requests that meet are asked again, and are late again.
      await within(BACK_MS + 5 * LATE_MS + 2 * MET_MS, async () => {
        const conversation = await call();
        await mobile.plugIn();
        await found('10.64.2.');
        return survived(conversation, lost(ann!), () => wifi.unplug());
      });
    } finally {
      inTime();
    }
  });

  it('for one of the two, by another address on the same network, goes on', async () => {
    await within(FOUND_MS + BACK_MS, () => movedAlone(() => wifi.move(9)));
  });
});
