import { expect } from '@open-wc/testing';
import type { SessionMediaOptions } from './session-media.ts';
import { endSessions, heard, media, renegotiate, talk } from './session-pair.test.ts';

const RESTART: SessionMediaOptions = { offerOptions: { iceRestart: true } };

interface Pair {
  readonly ufrag: string;
  readonly state: string;
  readonly asked: number;
  readonly selected: boolean;
}

/** The ways that the browser knows of, and what our end of each is called. */
async function pairs(connection: RTCPeerConnection): Promise<readonly Pair[]> {
  const all = new Map([...(await connection.getStats())] as [string, Record<string, unknown>][]);
  const transport = [...all.values()].find(({ type }) => type === 'transport');
  return [...all.values()]
    .filter(({ type }) => type === 'candidate-pair')
    .map(({ id, localCandidateId, state, requestsSent }) => ({
      ufrag: all.get(localCandidateId as string)?.['usernameFragment'] as string,
      state: state as string,
      asked: requestsSent as number,
      selected: transport?.['selectedCandidatePairId'] === id,
    }));
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

describe('an ICE restart', () => {
  afterEach(endSessions);

  it('finds no way by the credentials of before, and keeps the one there is until the other side has answered', async () => {
    const [caller, callee] = [media(), media()];
    await talk(caller, callee);
    await Promise.all([caller.openMicrophone(), callee.openMicrophone()]);
    const connection = caller.connection!;
    const old = /a=ice-ufrag:(\S+)/.exec(connection.localDescription!.sdp)![1];
    const offer = await caller.getDescription(RESTART);
    let now = await pairs(connection);
    // Asked more than once: an answer to the first would have come by then.
    for (; !now.some(({ ufrag, asked }) => ufrag !== old && asked > 2); now = await pairs(connection)) await frame();
    expect(now.filter(({ ufrag, state }) => ufrag !== old && state === 'succeeded')).to.deep.equal([]);
    expect(now.find(({ selected }) => selected)?.ufrag).to.equal(old);
    await heard(callee);

    await callee.setDescription(offer.body);
    await caller.setDescription((await callee.getDescription()).body);
    while (!(await pairs(connection)).some(({ ufrag, selected }) => ufrag !== old && selected)) await frame();
    await Promise.all([heard(caller), heard(callee)]);
  });

  it('whose offer is taken back leaves the way there was', async () => {
    const [caller, callee] = [media(), media()];
    await talk(caller, callee);
    await Promise.all([caller.openMicrophone(), callee.openMicrophone()]);
    await caller.getDescription(RESTART);
    await caller.rollbackDescription?.();
    await Promise.all([heard(caller), heard(callee)]);
    // What is wanted next may be no restart: the other side answers by the credentials it has had all along.
    await renegotiate(caller, callee, { hold: true });
    await renegotiate(caller, callee, {});
    await Promise.all([heard(caller), heard(callee)]);
    await renegotiate(caller, callee, RESTART);
    await Promise.all([heard(caller), heard(callee)]);
  });
});
