import { expect } from '@open-wc/testing';
import type { LineCall } from '@multiline/core';
import { phoneService } from '@multiline/sip';
import { lineSignals, type LineSignals } from '@multiline/testing';
import { mortalPage, takenBack, token } from './testing/mortal-page.ts';
import { phone, registered, server, spoken, talking } from './testing/phones.ts';
import { heardIn, recordingsMade, wholeRecording } from './testing/recordings.ts';

/** How long the longest silence between two sounds is, in tenths of a second. The microphone of the tests beeps every second. */
const longestPause = (heard: readonly boolean[]): number => {
  const sounds = heard.flatMap((sound, at) => (sound ? [at] : []));
  return Math.max(0, ...sounds.slice(1).map((at, index) => at - sounds[index]! - 1));
};

/** Tells the server's recorder what to do, and waits until the call says that it does. */
async function record(
  call: LineCall,
  signals: LineSignals,
  action: 'start' | 'pause' | 'stop',
): Promise<string | undefined> {
  await call.record?.(action);
  const { state, url } = await signals.next('recording');
  expect(state).to.equal({ start: 'on', pause: 'paused', stop: 'off' }[action]);
  return url;
}

describe(`recording on ${server.name}`, () => {
  it('is not offered where the line has no recorder', async () => {
    const [ann, bob] = await registered('ann', 'bob');
    expect((await talking(ann, bob, '1002')).ours.record).to.equal(undefined);
  });

  it('starts and stops by INFO: what both have said until then is in it, and nothing of what came after', async () => {
    const [ann, bob] = [phone('ann', {}, { recorder: 'info' }), phone('bob')];
    await Promise.all([ann.start(), bob.start()]);
    const { ours, we } = await talking(ann, bob, '1002');
    const made = await recordingsMade();
    const since = performance.now();
    await record(ours, we, 'start');
    await spoken(ours, 2);
    await record(ours, we, 'stop');
    const onTenths = (performance.now() - since) / 100;
    await spoken(ours, 3);
    await ours.hangUp();
    await we.next('ended');
    const audio = await made();
    // Asterisk has mixed them.
    expect(audio).to.have.length(server.pbx ? 1 : 2);
    for (const file of audio) {
      const heard = await heardIn(file);
      expect(heard).to.include(true);
      expect(heard.length, 'tenths of a second').to.be.within(15, onTenths + 10);
    }
  });

  const url = server.service;
  if (url === undefined) return;

  for (const who of ['caller', 'called'] as const)
    it(`starts, pauses, goes on and stops for the ${who}; the file has what was said, and silence for the pause`, async () => {
      const service = (user: string) => ({
        service: phoneService({ url, user, credentials: () => ({ password: user }) }),
      });
      const [ann, bob] = [phone('ann', {}, service('ann')), phone('bob', {}, service('bob'))];
      await Promise.all([ann.start(), bob.start()]);
      const { ours, theirs, we, they } = await talking(ann, bob, '1002');
      const [call, signals] = who === 'caller' ? [ours, we] : [theirs, they];
      const since = performance.now();
      const address = await record(call, signals, 'start');
      await spoken(call, 3);
      await record(call, signals, 'pause');
      await spoken(call, 3);
      await record(call, signals, 'start');
      await spoken(call, 2);
      expect(await record(call, signals, 'stop')).to.equal(address);
      const tookTenths = (performance.now() - since) / 100;
      // As the service was told by its BASE, whatever name it was asked by.
      expect(new URL(address!).hostname).to.equal('localhost');
      const heard = await heardIn(await wholeRecording(address!));
      expect(heard.length, 'tenths of a second').to.be.within(60, tookTenths + 10);
      // Three seconds, between what was said before and after it.
      expect(longestPause(heard), 'tenths of a second of silence').to.be.at.least(25);
    });

  it('begins anew in the page that takes the call back: it has a file of each', async () => {
    const service = phoneService({ url, user: 'ann', credentials: () => ({ password: 'ann' }) });
    const page = await mortalPage('ann', { service });
    const bob = phone('bob');
    await bob.start();
    const { ours, we } = await talking(page.line, bob, '1002');
    const before = await record(ours, we, 'start');
    await spoken(ours, 2);
    const text = await token(we, 'remoteTag');
    await page.die();
    const call = await takenBack(await page.next(), text);
    const signals = lineSignals(call);
    const after = await record(call, signals, 'start');
    expect(after).not.to.equal(before);
    await spoken(call, 2);
    await record(call, signals, 'stop');
    for (const address of [before, after]) {
      expect(await heardIn(await wholeRecording(address!)), address).to.include(true);
    }
    await call.hangUp();
  });

  it('goes on by itself to the end of the call', async () => {
    const service = phoneService({ url, user: 'ann', credentials: () => ({ password: 'ann' }) });
    const [ann, bob] = [phone('ann', {}, { service }), phone('bob')];
    await Promise.all([ann.start(), bob.start()]);
    const { ours, theirs, we } = await talking(ann, bob, '1002');
    const address = await record(ours, we, 'start');
    await spoken(theirs, 2);
    await theirs.hangUp();
    await we.next('ended');
    const heard = await heardIn(await wholeRecording(address!));
    expect(heard).to.include(true);
  });
});
