import { quietly } from '../deadline.ts';
import { keepNewest } from '../keep-newest.ts';
import { asFailure, MultiLineError, type Failure } from '../ports/errors.ts';
import type { Tabs } from '../ports/tabs.ts';
import type { Clock } from '../ports/clock.ts';

/** A verb given to the leading tab: plain data, acknowledged by its id. */
interface Command {
  readonly type: 'command';
  readonly id: string;
  readonly verb: string;
  readonly args: readonly unknown[];
}
interface Done {
  readonly type: 'done';
  readonly id: string;
  readonly value?: unknown;
  readonly failure?: Failure;
}
/** A tab has taken the lead: what the last one did not answer is sent to it once more. */
interface Leads {
  readonly type: 'leads';
}

/** A dial may ask for the microphone, a sign-out delivers first: a person's and a CRM's time, not a channel's. */
const PATIENCE_MS: Readonly<Record<string, number>> = {
  dial: 30_000,
  answer: 30_000,
  consult: 30_000,
  transfer: 30_000,
  completeTransfer: 30_000,
  merge: 60_000,
  rematch: 30_000,
  setAvailability: 30_000,
  setForwarding: 30_000,
  logIn: 30_000,
  signOut: 60_000,
};
const USUAL_PATIENCE_MS = 10_000;
/** No more commands than this wait for an answer when a tab takes the lead. */
const REMEMBERED = 100;

export interface Commands {
  /** Carries a verb out in the leading tab: here, or over there. Rejects `timeout` when no leader answers. */
  run(verb: string, args: readonly unknown[]): Promise<unknown>;
  /** This tab has taken the lead. */
  lead(): void;
}

/** Verbs are carried out where the phone is, whichever tab they are given in. */
export function createCommands(
  tabs: Tabs,
  clock: Clock,
  execute: (verb: string, args: readonly unknown[]) => Promise<unknown>,
): Commands {
  const open = new Map<string, { command: Command; settle: (done: Done) => void }>();
  /** Commands of other tabs that this one has begun: one that comes again is not carried out again. */
  const begun = new Set<string>();
  let count = 0;

  const say = (message: Command | Done | Leads): void => quietly(() => tabs.publish(message));

  tabs.listen((message) => {
    const { type } = (message ?? {}) as Command | Done | Leads;
    if (type === 'done') open.get((message as Done).id)?.settle(message as Done);
    if (type === 'command' && tabs.$leading.get() && !begun.has((message as Command).id)) {
      begun.add((message as Command).id);
      keepNewest(begun, REMEMBERED);
      void answer(message as Command).then(say);
    }
    if (type === 'leads') for (const { command } of open.values()) say(command);
  });

  async function answer({ id, verb, args }: Command): Promise<Done> {
    try {
      return { type: 'done', id, value: await execute(verb, args) };
    } catch (error) {
      return { type: 'done', id, failure: asFailure(error) };
    }
  }

  return {
    run(verb, args) {
      if (tabs.$leading.get()) return execute(verb, args);
      const id = `${tabs.id}-${++count}`;
      return new Promise((resolve, reject) => {
        const settle = ({ failure, value }: Done): void => {
          open.delete(id);
          cancel();
          if (failure) reject(new MultiLineError(failure.code, failure));
          else resolve(value);
        };
        const patience = PATIENCE_MS[verb] ?? USUAL_PATIENCE_MS;
        const cancel = clock.at(clock.now() + patience, () =>
          settle({ type: 'done', id, failure: asFailure(new MultiLineError('timeout')) }),
        );
        const command: Command = { type: 'command', id, verb, args };
        open.set(id, { command, settle });
        try {
          tabs.publish(command);
        } catch (error) {
          settle({ type: 'done', id, failure: asFailure(error) });
        }
      });
    },
    lead() {
      say({ type: 'leads' });
      for (const { command, settle } of [...open.values()]) void answer(command).then(settle);
    },
  };
}
