import { expect } from '@open-wc/testing';
import { lineSignals, nextIncoming } from '@multiline/testing';
import { dialed, keyedPhone, people, service } from './testing/keyed-phone.ts';
import { audible, phone, server, silent, spoken, until } from './testing/phones.ts';
import { heardIn, recordingsMade } from './testing/recordings.ts';

describe(`a call by keyboard alone on ${server.name}`, () => {
  it('is dialed on the pad, muted and not, and hung up', async () => {
    const [ann, bob] = await people('bob');
    const coming = nextIncoming(bob);
    for (const digit of '1002') await ann.press(`[value="${digit}"]`);
    await ann.press('button[part="call"]');
    const theirs = await coming;
    const they = lineSignals(theirs);
    await theirs.answer();
    await ann.talks(0, theirs);
    await ann.press('#mute');
    await Promise.all([silent(theirs), audible(ann.calls[0]!)]);
    await ann.press('#mute');
    await ann.talks(0, theirs);
    await ann.press('#hang-up');
    expect(await they.next('ended')).to.include({ reason: 'completed', by: 'them' });
  });

  it('is answered, held and resumed', async () => {
    const [ann, bob] = await people('bob');
    const theirs = await bob.dial('1001');
    const they = lineSignals(theirs);
    await ann.press('#answer');
    await they.next('answered');
    await ann.talks(0, theirs);
    await ann.press('#hold');
    await until(ann.workspace.$calls, ([call]) => call?.hold === 'us');
    // A server between the two plays music; without one nobody is heard.
    await (server.pbx ? audible(theirs) : they.next('held'));
    await ann.press('#hold');
    await until(ann.workspace.$calls, ([call]) => call?.hold === undefined);
    await ann.talks(0, theirs);
  });

  it('goes out with the number that was chosen', async () => {
    const [ann, bob] = await people('bob');
    const coming = nextIncoming(bob);
    await ann.goTo('[type="search"]');
    await ann.type('1002');
    await ann.goTo('[part="caller-id"]');
    await ann.key('End');
    await ann.press('button[part="call"]');
    const theirs = await coming;
    expect(theirs.remote.address).to.equal('+14155550001');
    await theirs.answer();
    await ann.talks(0, theirs);
  });

  it('takes digits of its keypad', async () => {
    const [ann, bob] = await people('bob');
    const pad = async (digits: string): Promise<void> => {
      await ann.press('#keypad');
      await ann.goTo('[value="1"]');
      for (const digit of digits) await ann.key(digit);
    };
    if (server.pbx) {
      // The attendant connects whose extension was typed.
      await ann.dial('1000');
      await until(ann.workspace.$calls, ([call]) => call?.phase === 'active');
      await spoken(ann.calls[0]!, 1);
      const coming = nextIncoming(bob);
      await pad('1002');
      const theirs = await coming;
      await theirs.answer();
      await ann.talks(0, theirs);
      return;
    }
    const theirs = await dialed(ann, bob, '1002');
    await ann.talks(0, theirs);
    const sent = lineSignals(ann.calls[0]!);
    await pad('12#');
    for (const digits of '12#') expect((await sent.next('digits-sent')).digits).to.equal(digits);
    await ann.talks(0, theirs);
  });

  it(`${server.pbx || server.relay ? 'is' : 'cannot be'} recorded`, async () => {
    const bob = phone('bob');
    await bob.start();
    const ann = await keyedPhone({}, server.relay ? { recorder: 'info' } : {});
    // The phone asks as soon as it is registered; until it is told otherwise it takes it that there is a recorder.
    if (service) await service.records?.();
    const theirs = await dialed(ann, bob, '1002');
    await ann.talks(0, theirs);
    if (!server.pbx && !server.relay) {
      expect(ann.workspace.$capabilities.get().record).to.equal(false);
      return;
    }
    const made = await recordingsMade();
    const state = (wanted: 'on' | 'paused' | 'done') =>
      until(ann.workspace.$calls, ([call]) => call?.recording?.state === wanted);
    await ann.press('#record');
    await state('on');
    await spoken(ann.calls[0]!, 2);
    if (server.pbx) {
      await ann.press('[part="recording-pause"]');
      await state('paused');
      await ann.talks(0, theirs);
      await ann.press('[part="recording-pause"]');
      await state('on');
    }
    await ann.press('#record');
    await state('done');
    await ann.talks(0, theirs);
    await ann.press('#hang-up');
    await until(ann.workspace.$calls, ([call]) => call?.phase === 'ended');
    const files = await made();
    expect(files.length).to.be.greaterThan(0);
    for (const file of files) expect(await heardIn(file)).to.include(true);
  });
});
