import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import type { LineCall } from '@multiline/core';
import { lineSignals, nextIncoming } from '@multiline/testing';
import { callStats, phoneService, sipAccount, sipLine, type PhoneService } from './index.ts';

/** What the sandbox itself says and hears, in real audio. */
describe('the services of the sandbox', () => {
  let id: string;
  let url: string;
  let server: string;

  const start = async (sip: object = {}) => {
    ({ id, url } = await executeServerCommand<{ id: string; url: string }, object>('sandbox:start', { sip }));
    server = `${url.replace('http', 'ws')}sip`;
  };
  afterEach(() => executeServerCommand('sandbox:stop', id));

  const phone = (user: string, password: string, service?: PhoneService) =>
    sipLine(sipAccount({ servers: [server], uri: `sip:${user}@sandbox.test`, credentials: () => ({ password }) }), {
      watch: true,
      ...(service && { service }),
    });
  const lucy = () => phone('+14155550101', 'sandbox');
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${url}phone/${path}`, {
      method,
      headers: { Authorization: 'Bearer sandbox-carol', 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  async function audible(call: LineCall): Promise<void> {
    for (;;) {
      const stats = await callStats(call);
      if (stats && stats.received.packets > 20 && stats.received.energy > 0) return;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }

  it('keep what a caller says, as a WAV the browser plays', async () => {
    await start({ maxRecordingMs: 400 });
    const line = lucy();
    await line.start();
    const signals = lineSignals(await line.dial('1003'));
    await signals.next('answered');
    await signals.next('ended');
    const { messages } = (await (await ask('GET', 'messages')).json()) as { messages: { id: string; from: string }[] };
    expect(messages.map(({ from }) => from)).to.deep.equal(['+14155550101']);
    const audio = await ask('GET', `messages/${messages[0]?.id ?? ''}/audio`);
    const context = new OfflineAudioContext(1, 1, 8000);
    const heard = await context.decodeAudioData(await audio.arrayBuffer());
    expect(heard.duration).to.be.closeTo(0.4, 0.05);
    // The fake microphone beeps and hums.
    expect(heard.getChannelData(0).some((sample) => Math.abs(sample) > 0.001)).to.equal(true);
    await line.stop();
  });

  it('hear a key pressed as RFC 4733', async () => {
    await start();
    const line = lucy();
    await line.start();
    const call = await line.dial('1003');
    const signals = lineSignals(call);
    await signals.next('answered');
    await call.sendDigits?.('#');
    await signals.next('ended');
    await line.stop();
  });

  it('show a call that another device of the user’s takes, until its end', async () => {
    await start();
    const [line, bob] = [lucy(), phone('bob', 'bob')];
    await Promise.all([line.start(), bob.start()]);
    await executeServerCommand('sandbox:desk-phone', { server, user: 'bob', script: { press: '1' } });
    const watched = new Promise<LineCall>((resolve) => bob.onWatched?.(resolve));
    const out = await line.dial('1002');
    const call = await watched;
    expect([call.direction, call.remote.address]).to.deep.equal(['inbound', '+14155550101']);
    const signals = lineSignals(call);
    await signals.next('answered');
    await out.hangUp();
    expect((await signals.next('ended')).reason).to.equal('completed');
    await Promise.all([line.stop(), bob.stop()]);
  });

  it('count the messages and list them, and the count follows what is heard', async () => {
    await start();
    const service = phoneService({ url: `${url}phone`, user: 'ann', credentials: () => ({ password: 'ann' }) });
    const ann = phone('ann', 'ann', service);
    await ann.start();
    const counted = (fresh: number, heard: number) =>
      new Promise<void>((resolve) => {
        ann.$messageWaiting?.subscribe((now) => {
          if (now?.fresh === fresh && now.heard === heard) resolve();
        });
      });
    await counted(1, 1);
    const [message] = (await ann.voicemail?.list()) ?? [];
    await ann.voicemail?.mark?.(message?.id ?? '', true);
    await counted(0, 2);
    await ann.voicemail?.remove?.(message?.id ?? '');
    await counted(0, 1);
    await ann.stop();
  });

  it('connect a desk phone with a browser after a key was pressed, with audio', async () => {
    await start();
    const line = lucy();
    await line.start();
    const coming = nextIncoming(line);
    await executeServerCommand('sandbox:desk-phone', { server, user: 'carol', script: { press: '1' } });
    const started = await ask('POST', 'calls', { to: '+14155550101', alsoRing: ['desk'] });
    const { id: callback } = (await started.json()) as { id: string };
    const call = await coming;
    expect(call.remote.address).to.equal('+14155550003');
    const signals = lineSignals(call);
    await call.answer();
    await signals.next('answered');
    await audible(call);
    await ask('DELETE', `calls/${callback}`);
    await signals.next('ended');
    await line.stop();
  });
});
