import { quietly } from '../deadline.ts';
import type { Clock } from '../ports/clock.ts';
import { MultiLineError } from '../ports/errors.ts';
import type { Line } from '../ports/line.ts';
import type { Policy } from '../policy/policy.ts';
import { legOf, type Call } from './call.ts';
import type { Calls } from './calls.ts';
import type { Dialing } from './dialing.ts';
import { waits, type Holding } from './holding.ts';
import type { LineCalls } from './line-calls.ts';
import type { Transferring } from './transferring.ts';

/** Several calls that hear one another: mixed in this browser, or all of them sent to the server's bridge. */
export interface Conference {
  merge(id: string): Promise<void>;
  removeParticipant(id: string): Promise<void>;
  silence(id: string, silenced: boolean): Promise<void>;
  /** A member has gone: the rest go on, the last one as an ordinary call. */
  ended(before: Call): void;
  /** Calls that were taken back hear one another again. */
  restore(): void;
}

export interface ConferenceParts {
  line: Line;
  policy: Policy;
  calls: Calls;
  lineCalls: LineCalls;
  holding: Holding;
  dialing: Dialing;
  transferring: Transferring;
  clock: Clock;
}

export function createConference(parts: ConferenceParts): Conference {
  const { line, policy, calls, lineCalls, holding, dialing, transferring, clock } = parts;
  const { max, bridge } = policy.conference;

  const talking = (): readonly Call[] =>
    calls.$calls.get().filter(({ id, phase, device }) => phase === 'active' && device === 'here' && lineCalls.find(id));

  /** The call and the waiting ones it belongs to, whichever of them was named; else all that are connected. */
  function belonging(id: string): readonly Call[] {
    const call = lineCalls.call(id);
    const asking = call.consultFor ? call : calls.$calls.get().find(({ consultFor }) => consultFor?.callId === id);
    const first = asking?.consultFor && calls.get(asking.consultFor.callId);
    if (!asking || !first) return talking();
    // Nobody is joined to a phone that only rings, or to what answers in somebody's place (MV-19).
    if (asking.phase !== 'active') throw notYet();
    return [...holding.group(first.id), asking];
  }

  async function mix(members: readonly Call[]): Promise<void> {
    if (!line.mix) throw new MultiLineError('unsupported');
    await line.mix(members.map(({ id }) => lineCalls.get(id)));
  }

  /** Shrinks a conference to whoever is left. */
  function remix(conference: string): void {
    const left = talking().filter((call) => call.conference === conference);
    if (left.length < 2) for (const { id } of left) calls.signal(id, { type: 'left' });
    quietly(() => mix(left.length < 2 ? [] : left));
  }

  async function mergeHere(members: readonly Call[]): Promise<void> {
    let together: Promise<void> | undefined;
    await Promise.all(
      members.map(({ id }) => lineCalls.attempt(id, 'merge', () => (together ??= bringTogether(members)))),
    );
    const conference = members.find((call) => call.conference)?.conference ?? `conference-${members[0]?.id}`;
    for (const call of members) {
      joins(
        call,
        members.filter((other) => !call.conference || call.conference !== other.conference),
      );
      calls.signal(call.id, { type: 'joined', conference });
    }
  }

  /** Whom somebody is with from now on, in the call's story. */
  function joins({ id }: { readonly id: string }, others: readonly Call[]): void {
    for (const other of others)
      if (other.id !== id) calls.signal(id, { type: 'leg', leg: legOf('joined', other, clock.now()) });
  }

  async function bringTogether(members: readonly Call[]): Promise<void> {
    await holding.makeWay(...members.map(({ id }) => id));
    const waiting = members.filter(waits);
    try {
      await Promise.all(waiting.map(async ({ id }) => lineCalls.get(id).hold?.(false)));
      await mix(members);
    } catch (error) {
      // Whoever waited must not hear what the others say.
      for (const { id } of waiting) quietly(() => lineCalls.find(id)?.hold?.(true));
      throw error;
    }
  }

  /** Everybody is sent to the bridge, and we call it ourselves. Who could not be sent stays, waiting. */
  async function mergeThere(members: readonly Call[]): Promise<void> {
    const target = dialing.target(bridge);
    const there = members.find(({ number }) => number === bridge || number === target.number.e164);
    await holding.makeWay();
    const guests = members.filter((call) => call !== there);
    for (const { id } of guests) {
      // Who could not be sent there has joined nobody.
      lineCalls.endsAs(id, (reason) => {
        if (reason === 'transferred' && calls.get(id)?.transfer?.target === bridge) joins({ id }, guests);
        return reason;
      });
    }
    const sent = await Promise.allSettled(guests.map(({ id }) => transferring.transfer(id, bridge)));
    const refused = sent.find((one) => one.status === 'rejected');
    const gone = guests.filter((_, index) => sent[index]?.status === 'fulfilled');
    if (there) await holding.resume(there.id);
    const room = there?.id ?? (gone.length > 0 && (await dialing.place(target)));
    if (room) joins({ id: room }, gone);
    if (refused) throw refused.reason;
  }

  return {
    async merge(id) {
      const members = belonging(id);
      if (members.length < 2 || !members.some((call) => call.id === id)) throw notYet();
      if (members.length + 1 > max) {
        const full = new MultiLineError('conference-full', { details: { max } });
        return lineCalls.attempt(id, 'merge', () => Promise.reject(full));
      }
      await (bridge ? mergeThere(members) : mergeHere(members));
    },
    async removeParticipant(id) {
      if (!lineCalls.call(id).conference) throw new MultiLineError('no-such-call');
      await lineCalls.attempt(id, 'hang-up', () => lineCalls.get(id).hangUp());
    },
    async silence(id, silenced) {
      const lineCall = lineCalls.get(id);
      if (!lineCall.silence) throw new MultiLineError('unsupported');
      lineCall.silence(silenced);
    },
    ended({ conference }) {
      if (conference) remix(conference);
    },
    restore() {
      for (const conference of new Set(talking().flatMap((call) => call.conference ?? []))) remix(conference);
    },
  };
}

const notYet = (): MultiLineError =>
  new MultiLineError('unsupported', { message: 'Only calls that were answered can be brought together.' });
