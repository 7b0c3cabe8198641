import { manualClock } from '@multiline/testing';
import { expect } from '@open-wc/testing';
import { insertDigitsWhenReady } from './dtmf.ts';
import type { SessionMediaOptions } from './session-description.ts';
import { direction, endSessions, heard, media, micOf, renegotiate, talk } from './session-pair.test.ts';

const HOLD: SessionMediaOptions = { hold: true };

describe('a session in mid-call', () => {
  afterEach(endSessions);

  it('holds and takes back, and sends nothing of the microphone meanwhile', async () => {
    const [caller, callee] = [media(), media()];
    await talk(caller, callee);
    await Promise.all([caller.openMicrophone(), callee.openMicrophone()]);
    await renegotiate(caller, callee, { hold: true });
    expect([direction(caller), direction(callee)]).to.deep.equal(['sendonly', 'recvonly']);
    expect(micOf(caller)?.enabled).to.equal(false);
    // Both may hold at once.
    await renegotiate(callee, caller, { hold: true }, { hold: true });
    expect([direction(caller), direction(callee)]).to.deep.equal(['inactive', 'inactive']);
    await renegotiate(callee, caller, {}, { hold: true });
    await renegotiate(caller, callee, {});
    expect([direction(caller), direction(callee)]).to.deep.equal(['sendrecv', 'sendrecv']);
    expect(micOf(caller)?.enabled).to.equal(true);
    await Promise.all([heard(caller), heard(callee)]);
  });

  it('makes no offer of its own while it answers one: the answer stays an answer', async () => {
    const [caller, callee] = [media(), media()];
    await talk(caller, callee);
    const offer = await caller.getDescription(HOLD);
    const refused = (): Promise<string> =>
      callee.getDescription(HOLD).then(
        () => 'made',
        (error: unknown) => (error as Error).message,
      );
    const taking = callee.setDescription(offer.body);
    expect(await refused()).to.contain('is being answered');
    await taking;
    const answering = callee.getDescription();
    expect(await refused()).to.contain('is being answered');
    const answer = await answering;
    expect(answer.body).to.match(/^a=setup:(active|passive)/m);
    await caller.setDescription(answer.body);
    expect([direction(caller), direction(callee)]).to.deep.equal(['sendonly', 'recvonly']);
    await renegotiate(callee, caller, { hold: true }, { hold: true });
    expect([direction(caller), direction(callee)]).to.deep.equal(['inactive', 'inactive']);
  });

  it('steps back with an offer that has not left when one of the other side comes', async () => {
    const [caller, callee] = [media(), media()];
    await talk(caller, callee);
    const wishes: SessionMediaOptions[] = [HOLD, { ...HOLD, offerOptions: { iceRestart: true } }];
    for (const options of wishes) {
      const theirs = await callee.getDescription(HOLD);
      const ours = caller.getDescription(options).then(
        () => 'made',
        (error: unknown) => (error as Error).message,
      );
      await caller.setDescription(theirs.body);
      const answer = await caller.getDescription();
      expect(await ours).to.match(/is being answered|have-remote-offer|state other than stable/);
      expect(answer.body).to.match(/^a=setup:(active|passive)/m);
      await callee.setDescription(answer.body);
      expect([direction(callee), direction(caller)]).to.deep.equal(['sendonly', 'recvonly']);
      await renegotiate(caller, callee, {}, { hold: true });
      await renegotiate(callee, caller, {});
    }
    await Promise.all([heard(caller), heard(callee)]);
  });

  it('goes back to what was when a re-INVITE is refused', async () => {
    const [caller, callee] = [media(), media()];
    await talk(caller, callee);
    await caller.openMicrophone();
    await caller.getDescription(HOLD);
    await caller.rollbackDescription?.();
    expect(caller.connection?.signalingState).to.equal('stable');
    expect(micOf(caller)?.enabled).to.equal(true);
    await renegotiate(caller, callee, {});
    expect(direction(caller)).to.equal('sendrecv');
  });

  it('answers an offer of the other side that comes while a refused one of ours is taken back', async () => {
    const [caller, callee] = [media(), media()];
    await talk(caller, callee);
    const theirs = await callee.getDescription(HOLD);
    await caller.getDescription(HOLD);
    const back = caller.rollbackDescription?.();
    await caller.setDescription(theirs.body);
    const answer = await caller.getDescription();
    await back;
    expect(answer.body).to.match(/^a=setup:(active|passive)/m);
    await callee.setDescription(answer.body);
    expect([direction(caller), direction(callee)]).to.deep.equal(['recvonly', 'sendonly']);
  });

  it('restarts ICE on request, with candidates, and the audio goes on', async () => {
    const [caller, callee] = [media(), media()];
    await talk(caller, callee);
    await heard(callee);
    const user = (sdp = ''): string | undefined => /a=ice-ufrag:(\S+)/.exec(sdp)?.[1];
    const before = user(caller.connection?.localDescription?.sdp);
    await renegotiate(caller, callee, { offerOptions: { iceRestart: true } });
    const after = caller.connection?.localDescription?.sdp ?? '';
    expect(user(after)).not.to.equal(before);
    expect(after).to.contain('a=candidate:');
    await Promise.all([heard(caller), heard(callee)]);
  });

  it('mutes, also a microphone that is not open yet', async () => {
    const [caller, callee] = [media(), media()];
    caller.mute(true);
    await talk(caller, callee);
    await caller.openMicrophone();
    expect(caller.muted).to.equal(true);
    expect(micOf(caller)?.enabled).to.equal(false);
    caller.mute(false);
    expect(micOf(caller)?.enabled).to.equal(true);
  });

  it('sends digits by RFC 4733 as soon as it can, and queues them', async () => {
    const [caller, callee] = [media(), media()];
    expect(caller.sendDtmf('1')).to.equal(false);
    expect(await caller.sendDigits('1')).to.equal(false);
    await talk(caller, callee);
    const dtmf = caller.connection?.getSenders()[0]?.dtmf;
    const tones: string[] = [];
    const sent = new Promise<void>((resolve) =>
      dtmf?.addEventListener('tonechange', ({ tone }) => (tone ? tones.push(tone) : resolve())),
    );
    expect(await caller.sendDigits('12', { duration: 40, interToneGap: 30 })).to.equal(true);
    expect(caller.sendDtmf('#', { duration: 40, interToneGap: 30 })).to.equal(true);
    expect(caller.sendDtmf('no digits')).to.equal(false);
    await sent;
    expect(tones.join('')).to.equal('12#');
  });

  it('sends no digits to who takes none, and waits for nothing then', async () => {
    const [caller, callee] = [media(), media()];
    await callee.ring((await caller.getDescription()).body);
    const answer = await callee.getDescription();
    await caller.setDescription(answer.body.replaceAll('telephone-event', 'unknown-event'));
    expect(await caller.sendDigits('1')).to.equal(false);
  });
});

describe('insertDigitsWhenReady', () => {
  it('tries until it works', async () => {
    const clock = manualClock();
    let attempts = 0;
    const outcome = insertDigitsWhenReady(() => ++attempts === 4, clock, new AbortController().signal);
    await clock.run(60);
    expect([await outcome, attempts, clock.waiting]).to.deep.equal([true, 4, 0]);
  });

  it('gives up after half a second, and with the call', async () => {
    const clock = manualClock();
    const outcome = insertDigitsWhenReady(() => false, clock, new AbortController().signal);
    await clock.run(500);
    expect([await outcome, clock.waiting]).to.deep.equal([false, 0]);
    const ending = new AbortController();
    const ended = insertDigitsWhenReady(() => false, clock, ending.signal);
    ending.abort();
    await clock.run(20);
    expect(await ended).to.equal(false);
  });
});
