import { FactEvent } from '@multiline/core';
import type { FactType, Workspace } from '@multiline/core';

const FACTS: readonly FactType[] = [
  'ml-registered',
  'ml-unregistered',
  'ml-call-incoming',
  'ml-call-started',
  'ml-call-answered',
  'ml-call-ended',
  'ml-call-logged',
  'ml-record-matched',
  'ml-error',
];

/** Who tells the facts of a workspace on this page: the first element that was given it. */
const tellers = new WeakMap<Workspace, EventTarget>();

/** Tells a workspace's facts again on an element, each as an event of its own. Answers how to stop. */
export function retell(workspace: Workspace, target: EventTarget): () => void {
  if (!tellers.has(workspace)) tellers.set(workspace, target);
  const tell = (event: Event): void => {
    if (tellers.get(workspace) === target && event instanceof FactEvent) target.dispatchEvent(copyOf(event));
  };
  for (const type of FACTS) workspace.addEventListener(type, tell);
  return () => {
    if (tellers.get(workspace) === target) tellers.delete(workspace);
    for (const type of FACTS) workspace.removeEventListener(type, tell);
  };
}

/** An event may be dispatched once: a fresh one of the same class with the same fields. */
function copyOf(fact: FactEvent): FactEvent {
  const copy = new FactEvent(fact.type, fact.leading);
  Object.setPrototypeOf(copy, Object.getPrototypeOf(fact) as object);
  const fields = Object.entries(fact).filter(([name]) => name !== 'isTrusted' && name !== 'leading');
  return Object.assign(copy, Object.fromEntries(fields));
}
