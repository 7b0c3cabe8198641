import { expect } from '@open-wc/testing';
import { MultiLineError, type Line } from '@multiline/core';
import { lineSignals, manualClock, nextIncoming, wire, type SipMessage, type Wire } from '@multiline/testing';
import { Core } from 'sip.js';
import { callStats } from './index.ts';
import { phone, runUntil, stopPhones, valueOf } from './testing/phones.ts';
import { scriptedMedia } from './testing/scripted-media.ts';

/** The party calls and is answered. */
async function conversation(network: Wire, line: Line) {
  const party = network.party('bob');
  const theirs = scriptedMedia();
  const coming = nextIncoming(line);
  const invite = party.request('INVITE', 'ann', { body: await theirs.offer() });
  const call = await coming;
  const signals = lineSignals(call);
  const answered = call.answer();
  const ok = await party.next(
    (message) => message.start.startsWith('SIP/2.0 200') && valueOf(message, 'CSeq').endsWith('INVITE'),
  );
  await answered;
  return { party, theirs, invite, call, signals, ok };
}

/** A microphone that opens when the test says so. */
function slowMicrophone() {
  let open: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    options.openMicrophone = async () => {
      resolve();
      await new Promise<void>((go) => (open = go));
      return (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks()[0]!;
    };
  });
  return { options, asked, open: () => open() };
}
const options: { openMicrophone?: (signal: AbortSignal) => Promise<MediaStreamTrack> } = {};

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof MultiLineError ? error.code : String(error)),
  );
}

describe('a call to us', () => {
  afterEach(stopPhones);

  it('may come without a description: ours goes with the answer', async () => {
    const network = wire();
    const line = await phone(network, 'ann');
    const [party, theirs, coming] = [network.party('bob'), scriptedMedia(), nextIncoming(line)];
    const invite = party.request('INVITE', 'ann');
    const call = await coming;
    const signals = lineSignals(call);
    await call.answer();
    const ok = await party.next(200);
    expect(valueOf(ok, 'Content-Type')).to.equal('application/sdp');
    expect(signals.shown).to.deep.equal([]);
    party.within(invite, ok, 'ACK', { body: await theirs.answer(ok.body) });
    await signals.next('answered');
    for (
      let stats = await callStats(call);
      !stats || stats.received.energy === 0 || stats.sent.packets < 5;
      stats = await callStats(call)
    ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    party.within(invite, ok, 'BYE');
    await party.next(200);
    expect((await signals.next('ended')).reason).to.equal('completed');
    await theirs.close();
  });

  it('may be declined after the answer, before the caller has confirmed it: the caller is told once it has', async () => {
    const network = wire();
    const line = await phone(network, 'ann');
    const [party, coming] = [network.party('bob'), nextIncoming(line)];
    const invite = party.request('INVITE', 'ann', { body: await scriptedMedia().offer() });
    const call = await coming;
    const signals = lineSignals(call);
    await call.answer();
    const ok = await party.next(200);
    await call.decline();
    await signals.next('ended');
    party.within(invite, ok, 'ACK');
    await party.next('BYE');
  });

  it('rings on when the microphone fails though it came without a description', async () => {
    const network = wire();
    const line = await phone(network, 'ann', {
      openMicrophone: () => Promise.reject(new MultiLineError('mic-in-use')),
    });
    const [party, coming] = [network.party('bob'), nextIncoming(line)];
    const invite = party.request('INVITE', 'ann');
    const call = await coming;
    const signals = lineSignals(call);
    expect(await codeOf(call.answer())).to.equal('mic-in-use');
    expect(signals.shown).to.deep.equal([]);
    party.cancel(invite);
    expect((await signals.next('ended')).reason).to.equal('missed');
    await party.next(487);
  });

  it('ends when the caller takes it back while the microphone opens', async () => {
    const network = wire();
    const microphone = slowMicrophone();
    const line = await phone(network, 'ann', microphone.options);
    const [party, coming] = [network.party('bob'), nextIncoming(line)];
    const invite = party.request('INVITE', 'ann', { body: await scriptedMedia().offer() });
    const call = await coming;
    const signals = lineSignals(call);
    const answering = codeOf(call.answer());
    await microphone.asked;
    party.cancel(invite);
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'missed', by: 'them' });
    microphone.open();
    expect(await answering).to.equal('no-such-call');
    await party.next(487);
    expect(signals.shown).to.have.length(1);
  });

  it('ends when the caller says BYE while we answer', async () => {
    const network = wire();
    const microphone = slowMicrophone();
    const line = await phone(network, 'ann', microphone.options);
    const [party, coming] = [network.party('bob'), nextIncoming(line)];
    const invite = party.request('INVITE', 'ann', { body: await scriptedMedia().offer() });
    const call = await coming;
    const signals = lineSignals(call);
    const ringing = await party.next(180);
    const answering = codeOf(call.answer());
    await microphone.asked;
    party.within(invite, ringing, 'BYE');
    expect((await signals.next('ended')).reason).to.equal('missed');
    await party.next((message) => message.start.startsWith('SIP/2.0 200') && valueOf(message, 'CSeq').endsWith('BYE'));
    await party.next(487);
    microphone.open();
    expect(await answering).to.equal('no-such-call');
  });

  it('goes on when CANCEL and answer cross', async () => {
    const network = wire();
    const line = await phone(network, 'ann');
    const { party, invite, ok, signals, theirs } = await conversation(network, line);
    party.cancel(invite);
    await party.next((message) => valueOf(message, 'CSeq').endsWith('CANCEL'));
    party.within(invite, ok, 'ACK');
    await theirs.accept(ok.body);
    await signals.next('answered');
    expect(signals.all.map(({ type }) => type)).not.to.include('ended');
    party.within(invite, ok, 'BYE');
    expect((await signals.next('ended')).reason).to.equal('completed');
    await theirs.close();
  });

  it('ends when BYE overtakes the confirmation', async () => {
    const network = wire();
    const line = await phone(network, 'ann');
    const { party, invite, ok, signals } = await conversation(network, line);
    party.within(invite, ok, 'BYE');
    await signals.next('answered');
    expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'completed', by: 'them' });
    await party.next((message) => valueOf(message, 'CSeq').endsWith('BYE'));
  });

  it('has failed, and was not missed, when it was answered and nobody confirms it', async () => {
    const { TIMER_L } = Core.Timers;
    Core.Timers.TIMER_L = 50;
    try {
      const network = wire();
      const line = await phone(network, 'ann');
      const { signals } = await conversation(network, line);
      expect(await signals.next('ended')).to.deep.equal({ type: 'ended', reason: 'failed', by: 'them' });
    } finally {
      Core.Timers.TIMER_L = TIMER_L;
    }
  });

  it('is refused when its description cannot be understood', async () => {
    const network = wire();
    const line = await phone(network, 'ann');
    const [party, coming] = [network.party('bob'), nextIncoming(line)];
    party.request('INVITE', 'ann', { body: 'v=0\r\nm=nonsense\r\n' });
    const ended = await lineSignals(await coming).next('ended');
    expect([ended.reason, ended.failure?.code]).to.deep.equal(['failed', 'refused']);
    await party.next(488);
  });

  it('is refused when it insists on reliable provisional responses: the microphone stays closed while it rings', async () => {
    const network = wire();
    let opened = 0;
    await phone(network, 'ann', {
      openMicrophone: () => {
        opened++;
        return Promise.reject(new MultiLineError('mic-denied'));
      },
    });
    const party = network.party('bob');
    party.request('INVITE', 'ann', { headers: [['Require', '100rel']], body: await scriptedMedia().offer() });
    expect(valueOf(await party.next(420), 'Unsupported')).to.equal('100rel');
    expect(opened).to.equal(0);
  });

  it('shows a long, marked-up or disguised name as text of a bearable length, and refuses what is no UTF-8', async () => {
    const network = wire();
    const line = await phone(network, 'ann');
    const party = network.party('bob');
    for (const [from, check] of [
      [`"${'x'.repeat(3_000)}" <sip:bob@wire.test>;tag=1`, (name: string) => name.length === 256],
      [
        '"<img src=x onerror=alert(1)>" <sip:bob@wire.test>;tag=2',
        (name: string) => name === '<img src=x onerror=alert(1)>',
      ],
      ['"\u202eÄvil 🙂" <sip:bob@wire.test>;tag=3', (name: string) => name === 'Ävil 🙂'],
    ] as const) {
      const coming = nextIncoming(line);
      const invite = party.request('INVITE', 'ann', { headers: [['From', from]] });
      const call = await coming;
      expect(check(call.remote.name ?? ''), call.remote.name).to.equal(true);
      const ended = lineSignals(call).next('ended');
      party.cancel(invite);
      await ended;
    }
    party.request('INVITE', 'ann', { headers: [['From', '<sip:%FF%FE@wire.test>;tag=4']] });
    await party.next(400);
  });

  it('answers whatever else comes in it, and lets nobody send us elsewhere where that is not wanted', async () => {
    const network = wire();
    const line = await phone(network, 'ann', { referrals: 'refuse' });
    const { party, invite, ok, signals, theirs } = await conversation(network, line);
    party.within(invite, ok, 'ACK');
    await theirs.accept(ok.body);
    await signals.next('answered');
    const answerTo = (method: string): Promise<SipMessage> =>
      party.next((message) => valueOf(message, 'CSeq').endsWith(method) && message.start.startsWith('SIP/2.0'));
    party.within(invite, ok, 'INFO', { headers: [['Content-Type', 'application/dtmf-relay']], body: 'Signal=1\r\n' });
    expect((await answerTo('INFO')).start).to.contain('200');
    party.within(invite, ok, 'OPTIONS');
    expect((await answerTo('OPTIONS')).start).to.contain('200');
    party.within(invite, ok, 'REFER', { headers: [['Refer-To', '<sip:premium@wire.test>']] });
    expect((await answerTo('REFER')).start).to.contain('603');
    expect(network.messages.some(({ start }) => start.includes('premium'))).to.equal(false);
    expect(signals.all.map(({ type }) => type)).not.to.include('ended');
    party.within(invite, ok, 'BYE');
    await signals.next('ended');
    await theirs.close();
  });

  it('tells of digits that come by INFO, as phones write them, and of nothing else', async () => {
    const network = wire();
    const line = await phone(network, 'ann');
    const { party, invite, ok, signals, theirs } = await conversation(network, line);
    party.within(invite, ok, 'ACK');
    await theirs.accept(ok.body);
    await signals.next('answered');
    for (const [type, body] of [
      ['application/dtmf-relay', 'Signal=5\r\nDuration=100\r\n'],
      ['application/dtmf-relay', 'Duration=100\r\nsignal = 11\r\n'],
      ['application/dtmf-relay', 'Signal=x\r\n'],
      ['application/dtmf-relay', ''],
      ['application/DTMF; charset=utf-8', '*'],
      ['text/plain', '1'],
      ['application/dtmf', 'd'],
    ] as const) {
      party.within(invite, ok, 'INFO', { headers: [['Content-Type', type]], body });
      const answer = await party.next((message) => valueOf(message, 'CSeq').endsWith('INFO'));
      expect(answer.start).to.contain('200');
    }
    const digits = signals.all.flatMap((signal) => (signal.type === 'digits-received' ? signal.digits : []));
    expect(digits).to.deep.equal(['5', '#', '*', 'D']);
    party.within(invite, ok, 'BYE');
    await signals.next('ended');
    await theirs.close();
  });

  it('tells "Call ended" within two seconds though nobody answers our BYE', async () => {
    const clock = manualClock();
    const network = wire({ clock });
    const line = await phone(network, 'ann', {}, { clock });
    const { party, invite, ok, call, signals, theirs } = await runUntil(clock, conversation(network, line));
    party.within(invite, ok, 'ACK');
    await theirs.accept(ok.body);
    await signals.next('answered');
    const from = clock.now();
    await runUntil(clock, call.hangUp());
    await party.next('BYE');
    expect(await runUntil(clock, signals.next('ended'))).to.deep.equal({
      type: 'ended',
      reason: 'completed',
      by: 'us',
    });
    expect(clock.now() - from).to.be.lessThan(2_000);
    await theirs.close();
  });
});
