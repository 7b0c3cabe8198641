import type { Line, LineCall } from '@multiline/core';
import { lineSignals, nextIncoming, type LineSignals } from '../line-signals.ts';

/** A line on a network of its own, with somebody to talk to. Neither is started yet. */
export interface LineUnderTest {
  readonly line: Line;
  /** What the other dials to reach the line. */
  readonly number: string;
  /** Another line on the same network; it need not be of the same make. */
  readonly other: Line;
  /** What the line dials to reach the other. */
  readonly otherNumber: string;
  /** A number that nobody has. */
  readonly absentNumber: string;
  /** A third line, and what the others dial to reach it: without them nobody is sent on. */
  readonly third?: Line;
  readonly thirdNumber?: string;
  /** The network is a back-to-back user agent: it answers a hold itself, and tells a caller in words of its own why nobody answers. */
  readonly backToBack?: boolean;
  /** Ends the network; the lines are stopped already. */
  stop?(): Promise<void> | void;
}

export interface Conversation {
  readonly ours: LineCall;
  readonly theirs: LineCall;
  readonly we: LineSignals;
  readonly they: LineSignals;
}

/** `from` calls `to`: both sides have the call, nobody has answered. */
export async function ring(from: Line, to: Line, number: string): Promise<{ caller: LineCall; callee: LineCall }> {
  const coming = nextIncoming(to);
  const caller = await from.dial(number);
  return { caller, callee: await coming };
}

export async function outward({ line, other, otherNumber }: LineUnderTest): Promise<Conversation> {
  const { caller, callee } = await ring(line, other, otherNumber);
  return { ours: caller, theirs: callee, we: lineSignals(caller), they: lineSignals(callee) };
}

export async function inward({ line, other, number }: LineUnderTest): Promise<Conversation> {
  const { caller, callee } = await ring(other, line, number);
  return { ours: callee, theirs: caller, we: lineSignals(callee), they: lineSignals(caller) };
}

export async function talking(subject: LineUnderTest): Promise<Conversation> {
  const conversation = await outward(subject);
  await conversation.theirs.answer();
  await Promise.all([conversation.we.next('answered'), conversation.they.next('answered')]);
  return conversation;
}

/** A case by its title. */
export type LineTest = (title: string, run: (subject: LineUnderTest) => Promise<void>) => void;
