import { asError, asFailure, MultiLineError, type Failure } from '../ports/errors.ts';
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

const PATIENCE_MS = 10_000;

export interface Commands {
  /** Carries a verb out in the leading tab: here, or over there. Rejects `timeout` when no leader answers. */
  run(verb: string, args: readonly unknown[]): Promise<unknown>;
  stop(): void;
}

/** Verbs are carried out where the phone is, whichever tab they are given in. */
export function createCommands(
  tabs: Tabs,
  clock: Clock,
  execute: (verb: string, args: readonly unknown[]) => Promise<unknown>,
): Commands {
  const open = new Map<string, (done: Done) => void>();
  let count = 0;

  const stop = tabs.listen((message) => {
    const { type } = message as Command | Done;
    if (type === 'done') return open.get((message as Done).id)?.(message as Done);
    if (type === 'command' && tabs.$leading.get()) void answer(message as Command);
  });

  async function answer({ id, verb, args }: Command): Promise<void> {
    try {
      const value = await execute(verb, args);
      tabs.publish({ type: 'done', id, value } satisfies Done);
    } catch (error) {
      tabs.publish({ type: 'done', id, failure: asFailure(asError(error)) } satisfies Done);
    }
  }

  return {
    run(verb, args) {
      if (tabs.$leading.get()) return execute(verb, args);
      const id = `${tabs.id}-${++count}`;
      return new Promise((resolve, reject) => {
        const settle = (done: Done): void => {
          open.delete(id);
          cancel();
          if (done.failure) reject(new MultiLineError(done.failure.code, { message: done.failure.message }));
          else resolve(done.value);
        };
        const cancel = clock.at(clock.now() + PATIENCE_MS, () =>
          settle({ type: 'done', id, failure: asFailure(new MultiLineError('timeout')) }),
        );
        open.set(id, settle);
        tabs.publish({ type: 'command', id, verb, args } satisfies Command);
      });
    },
    stop,
  };
}
