import { lineSignals, nextIncoming } from '../line-signals.ts';
import { expectCode, expectEqual, expectThat } from './expectation.ts';
import { inward, ring, talking, type LineTest } from './line-case.ts';

/** What a line must hold to that does more than one plain call; what it has no method for is not tried. */
export function lineControlCases(test: LineTest): void {
  test('refuses as busy or as declined, as it is told', async (subject) => {
    for (const [how, reason] of [
      ['busy', 'busy'],
      ['declined', 'declined'],
    ] as const) {
      const { ours, theirs, we, they } = await inward(subject);
      await ours.decline(how);
      expectEqual((await we.next('ended')).reason, 'declined', `our end of ${how}`);
      // Somebody in between may let other phones ring on, or say it in words of its own.
      if (subject.backToBack) await theirs.hangUp();
      const theirEnd = await they.next('ended');
      if (!subject.backToBack) expectEqual(theirEnd.reason, reason, `their end of ${how}`);
    }
  });

  test('lets the other side wait and takes it back, and both sides are told', async (subject) => {
    const { ours, we, they } = await talking(subject);
    if (!ours.hold) return;
    for (const held of [true, false]) {
      await ours.hold(held);
      expectEqual(await we.next('held'), { type: 'held', by: 'us', held }, 'our signal');
      if (!subject.backToBack) expectEqual(await they.next('held'), { type: 'held', by: 'them', held }, 'their signal');
    }
  });

  test('is told when the other side lets it wait', async (subject) => {
    const { theirs, we } = await talking(subject);
    if (!theirs.hold || subject.backToBack) return;
    await theirs.hold(true);
    expectEqual(await we.next('held'), { type: 'held', by: 'them', held: true }, 'the signal');
    await theirs.hold(false);
    expectEqual(await we.next('held'), { type: 'held', by: 'them', held: false }, 'the signal');
  });

  test('carries a second call while the first waits; each ends by itself', async (subject) => {
    const { line, third, thirdNumber } = subject;
    const { ours, we } = await talking(subject);
    if (!ours.hold || !third || !thirdNumber) return;
    await ours.hold(true);
    const { caller, callee } = await ring(line, third, thirdNumber);
    const second = lineSignals(caller);
    await callee.answer();
    await second.next('answered');
    await caller.hangUp();
    expectEqual((await second.next('ended')).reason, 'completed', 'the end of the second');
    expectThat(!we.all.some(({ type }) => type === 'ended'), 'The first ended too.');
    await ours.hold(false);
    await ours.hangUp();
    expectEqual((await we.next('ended')).reason, 'completed', 'the end of the first');
  });

  test('a second call may ring while one is spoken', async ({ third, number, ...subject }) => {
    const { we } = await talking({ ...subject, number });
    if (!third) return;
    const { caller, callee } = await ring(third, subject.line, number);
    const coming = lineSignals(callee);
    await caller.hangUp();
    expectEqual((await coming.next('ended')).reason, 'missed', 'the end of the second');
    expectThat(!we.all.some(({ type }) => type === 'ended'), 'The first ended too.');
  });

  test('sends the other side on to a target that answers', async (subject) => {
    const { third, thirdNumber } = subject;
    const { ours, we } = await talking(subject);
    if (!ours.transfer || !third || !thirdNumber) return;
    const coming = nextIncoming(third);
    await ours.transfer(thirdNumber);
    const arrived = await coming;
    const there = lineSignals(arrived);
    await arrived.answer();
    await there.next('answered');
    expectEqual((await we.next('ended')).reason, 'transferred', 'our end');
  });

  test('takes the other side back from a target that refuses, and says why', async (subject) => {
    const { third, thirdNumber } = subject;
    const { ours, we } = await talking(subject);
    if (!ours.transfer || !third || !thirdNumber) return;
    const coming = nextIncoming(third);
    await ours.transfer(thirdNumber);
    await (await coming).decline('declined');
    let how = await we.next('transfer');
    while (how.state !== 'failed') how = await we.next('transfer');
    expectThat(how.failure !== undefined, 'There is no reason.');
    expectThat(!we.all.some(({ type }) => type === 'ended'), 'The call ended.');
    await ours.hangUp();
    expectEqual((await we.next('ended')).reason, 'completed', 'our end');
  });

  test('connects two it speaks with', async (subject) => {
    const { line, third, thirdNumber } = subject;
    const { ours, we } = await talking(subject);
    if (!ours.transferTo || !ours.hold || !third || !thirdNumber) return;
    await ours.hold(true);
    const { caller, callee } = await ring(line, third, thirdNumber);
    const second = lineSignals(caller);
    await callee.answer();
    await second.next('answered');
    // Whom it does not know for the one it replaces, a phone lets ring.
    third.onIncoming((call) => void call.answer());
    await ours.transferTo(caller);
    expectEqual((await we.next('ended')).reason, 'transferred', 'the end of the first');
    await caller.hangUp();
    await second.next('ended');
  });

  test('sends a ringing call on', async (subject) => {
    const { third, thirdNumber } = subject;
    const { ours, we, they } = await inward(subject);
    if (!ours.redirect || !third || !thirdNumber) return;
    const coming = nextIncoming(third);
    await ours.redirect(thirdNumber);
    expectEqual(await we.next('ended'), { type: 'ended', reason: 'redirected', by: 'us' }, 'our end');
    await (await coming).answer();
    await they.next('answered');
  });

  test('refuses to send anybody to what is no number', async (subject) => {
    const { ours } = await talking(subject);
    for (const target of ['', 'two words!', '<script>'])
      if (ours.transfer) await expectCode(ours.transfer(target), 'invalid-number', `the transfer to ${target}`);
  });
}
