import type { WritableAtom } from 'nanostores';
import type { Call } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import type { CallFactType } from '../facts.ts';
import type { Failure } from '../ports/errors.ts';
import type { LineStatus } from '../ports/line.ts';
import type { Tabs } from '../ports/tabs.ts';
import type { Tray } from '../workspace.ts';

/** A fact as plain data, so that every tab can tell it. */
export type PlainFact =
  | { readonly type: CallFactType; readonly call: Call }
  | { readonly type: 'ml-registered' | 'ml-unregistered' }
  | { readonly type: 'ml-error'; readonly failure: Failure };

type Message =
  | { readonly type: 'hello' }
  | { readonly type: 'state'; readonly calls: readonly Call[]; readonly line: LineStatus; readonly tray: Tray }
  | { readonly type: 'call'; readonly call: Call }
  | { readonly type: 'fact'; readonly fact: PlainFact };

export interface MirrorParts {
  tabs: Tabs;
  calls: Calls;
  $line: WritableAtom<LineStatus>;
  tray: { $tray: { get(): Tray; listen(listener: () => void): () => void }; mirror(tray: Tray): void };
  /** A fact of the leading tab. */
  tell(fact: PlainFact): void;
}

/** Shows in every tab what the leading one knows: it publishes plain data, the others take it over. */
export function createMirror({ tabs, calls, $line, tray, tell }: MirrorParts): {
  hello(): void;
  publish(fact: PlainFact): void;
  stop(): void;
} {
  const leads = (): boolean => tabs.$leading.get();
  const send = (message: Message): void => tabs.publish(message);
  const state = (): Message => ({
    type: 'state',
    calls: calls.$calls.get(),
    line: $line.get(),
    tray: tray.$tray.get(),
  });
  let told = false;

  /** Many stores change in one turn: one message. */
  function changed(): void {
    if (!leads() || told) return;
    told = true;
    queueMicrotask(() => {
      told = false;
      if (leads()) send(state());
    });
  }

  function hear(data: unknown): void {
    const message = data as Message;
    if (message.type === 'hello') return changed();
    if (leads()) return;
    if (message.type === 'call') calls.mirrorOne(message.call);
    if (message.type === 'fact') tell(message.fact);
    if (message.type === 'state') {
      calls.mirror(message.calls);
      $line.set(message.line);
      tray.mirror(message.tray);
    }
  }

  const stops = [
    tabs.listen(hear),
    calls.$calls.listen(changed),
    $line.listen(changed),
    tray.$tray.listen(changed),
    calls.listen((call, mirrored) => {
      if (leads() && !mirrored) send({ type: 'call', call });
    }),
  ];

  return {
    hello: () => (leads() ? changed() : send({ type: 'hello' })),
    publish: (fact) => send({ type: 'fact', fact }),
    stop: () => stops.forEach((stop) => stop()),
  };
}
