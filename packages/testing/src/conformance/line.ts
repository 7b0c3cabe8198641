import { lineSignals } from '../line-signals.ts';
import { expectCode, expectEqual, expectThat, type It } from './expectation.ts';
import { inward, outward, ring, talking, type LineUnderTest } from './line-case.ts';
import { lineControlCases } from './line-control.ts';

export type { LineUnderTest } from './line-case.ts';

export interface LineConformanceOptions {
  readonly it: It;
  readonly make: () => Promise<LineUnderTest> | LineUnderTest;
}

/**
 * What every telephone line must hold to, as cases of your test framework.
 *
 * ```ts
 * describe('my line', () => lineConformance({ it, make: async () => ({ line, number, other, otherNumber, absentNumber }) }));
 * ```
 */
export function lineConformance({ it, make }: LineConformanceOptions): void {
  function test(title: string, run: (subject: LineUnderTest) => Promise<void>): void {
    it(title, async () => {
      const subject = await make();
      try {
        await Promise.all([subject.line.start(), subject.other.start(), subject.third?.start()]);
        await run(subject);
      } finally {
        await Promise.all([subject.line.stop(), subject.other.stop(), subject.third?.stop()]);
        await subject.stop?.();
      }
    });
  }

  test('is registered after the start and off after the stop', async ({ line }) => {
    expectEqual(line.$status.get(), { state: 'registered' }, 'the status after the start');
    await line.stop();
    expectEqual(line.$status.get(), { state: 'off' }, 'the status after the stop');
  });

  test('starts again after a stop', async (subject) => {
    await subject.line.stop();
    await subject.line.start();
    const { ours, we } = await inward(subject);
    await ours.answer();
    await we.next('answered');
  });

  test('reaches nobody before the start', async (subject) => {
    await subject.line.stop();
    await expectCode(subject.line.dial(subject.otherNumber), 'not-registered', 'the dial');
  });

  test('a call we make rings, is answered and is ended by us', async (subject) => {
    const { ours, theirs, we, they } = await outward(subject);
    expectEqual(ours.direction, 'outbound', 'our direction');
    expectEqual(theirs.direction, 'inbound', 'their direction');
    await we.next('ringing');
    await theirs.answer();
    await Promise.all([we.next('answered'), they.next('answered')]);
    await ours.hangUp();
    expectEqual(await we.next('ended'), { type: 'ended', reason: 'completed', by: 'us' }, 'our end');
    expectEqual(await they.next('ended'), { type: 'ended', reason: 'completed', by: 'them' }, 'their end');
    expectEqual(
      we.shown.map(({ type }) => type).filter((type) => type !== 'media'),
      ['ringing', 'answered', 'ended'],
      'our signals',
    );
  });

  test('a call to us names the caller, is answered and is ended by them', async (subject) => {
    const { ours, theirs, we } = await inward(subject);
    expectEqual(ours.direction, 'inbound', 'our direction');
    expectThat(ours.remote.address !== '', 'The caller has no address.');
    await ours.answer();
    await we.next('answered');
    await theirs.hangUp();
    expectEqual(await we.next('ended'), { type: 'ended', reason: 'completed', by: 'them' }, 'our end');
  });

  test('both sides know a call by the same correlation, each by an id of its own', async (subject) => {
    const { ours, theirs } = await outward(subject);
    expectThat(ours.correlation !== '', 'There is no correlation.');
    expectEqual(ours.correlation, theirs.correlation, 'the correlation');
    expectThat(ours.id !== theirs.id, 'The ids are the same.');
  });

  test('a call we take back is cancelled here and missed there', async (subject) => {
    const { ours, we, they } = await outward(subject);
    await we.next('ringing');
    await ours.hangUp();
    expectEqual(await we.next('ended'), { type: 'ended', reason: 'cancelled', by: 'us' }, 'our end');
    expectEqual(await they.next('ended'), { type: 'ended', reason: 'missed', by: 'them' }, 'their end');
  });

  test('a call they take back is missed', async (subject) => {
    const { theirs, we, they } = await inward(subject);
    await they.next('ringing');
    await theirs.hangUp();
    expectEqual(await we.next('ended'), { type: 'ended', reason: 'missed', by: 'them' }, 'our end');
  });

  test('a call they decline is declined by them', async (subject) => {
    const { theirs, we } = await outward(subject);
    await theirs.decline();
    expectEqual(await we.next('ended'), { type: 'ended', reason: 'declined', by: 'them' }, 'our end');
  });

  test('a call we decline is declined by us', async (subject) => {
    const { ours, we, they } = await inward(subject);
    await ours.decline();
    expectEqual(await we.next('ended'), { type: 'ended', reason: 'declined', by: 'us' }, 'our end');
    expectEqual((await they.next('ended')).by, 'them', 'who ended it, there');
  });

  test('a call to a number nobody has fails, and says why', async ({ line, absentNumber }) => {
    const signals = lineSignals(await line.dial(absentNumber));
    const { reason, by, failure } = await signals.next('ended');
    expectEqual([reason, by, failure?.code], ['failed', 'them', 'invalid-number'], 'the end');
  });

  test('refuses what is no number', async ({ line }) => {
    for (const target of ['', '   ', 'two words!', 'sip:', '<script>', `+${'9'.repeat(400)}`]) {
      await expectCode(line.dial(target), 'invalid-number', `the dial of ${JSON.stringify(target.slice(0, 20))}`);
    }
  });

  test('is free again after a call', async (subject) => {
    const first = await outward(subject);
    await first.ours.hangUp();
    await Promise.all([first.we.next('ended'), first.they.next('ended')]);
    const second = await talking(subject);
    await second.theirs.hangUp();
    expectEqual((await second.we.next('ended')).reason, 'completed', 'the end of the second');
  });

  test('says what came before anybody listened', async (subject) => {
    const { ours, we } = await talking(subject);
    await ours.hangUp();
    await we.next('ended');
    const { caller, callee } = await ring(subject.line, subject.other, subject.otherNumber);
    const ended = lineSignals(callee).next('ended');
    await caller.hangUp();
    await ended;
    await lineSignals(caller).next('ended');
  });

  test('mutes and unmutes', async (subject) => {
    const { ours, we } = await talking(subject);
    ours.mute(true);
    expectEqual(await we.next('muted'), { type: 'muted', muted: true }, 'the first signal');
    ours.mute(false);
    expectEqual(await we.next('muted'), { type: 'muted', muted: false }, 'the second signal');
  });

  test('sends digits, and nothing that is none', async (subject) => {
    const { ours, we } = await talking(subject);
    if (!ours.sendDigits) return;
    await ours.sendDigits('1#');
    expectEqual(await we.next('digits-sent'), { type: 'digits-sent', digits: '1#' }, 'the signal');
    await expectCode(ours.sendDigits('x'), 'invalid-number', 'digits that are none');
  });

  test('an ended call stays ended', async (subject) => {
    const { ours, theirs, we, they } = await inward(subject);
    await theirs.hangUp();
    await Promise.all([we.next('ended'), they.next('ended')]);
    await expectCode(ours.answer(), 'no-such-call', 'the answer');
    await ours.hangUp();
    await ours.decline();
    ours.mute(true);
    expectEqual(we.shown.length, 1, 'how many signals');
  });

  test('stopping ends the call', async (subject) => {
    const { we, they } = await talking(subject);
    await subject.line.stop();
    expectEqual((await we.next('ended')).by, 'us', 'who ended it');
    expectEqual((await they.next('ended')).by, 'them', 'who ended it, there');
  });

  lineControlCases(test);
}
