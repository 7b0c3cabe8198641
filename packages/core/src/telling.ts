import type { ReadableAtom } from 'nanostores';
import type { Call } from './calls/call.ts';
import type { DeskLog } from './doctor/desk-log.ts';
import { factEvent, type PlainFact } from './facts.ts';
import { asFailure } from './ports/errors.ts';

export interface TellingParts {
  log: Pick<DeskLog, 'fact'>;
  $leading: ReadableAtom<boolean>;
  /** It is known whose call it is: what learns from that goes before the page. */
  matched(call: Call): void;
  /** Tells the other tabs. */
  publish(fact: PlainFact): void;
}

/** How facts reach whoever listens: the page of this tab, and those of the others. */
export interface Telling {
  /** Where they are dispatched. */
  readonly facts: EventTarget;
  /** A fact of the leading tab, in every tab. */
  tell(fact: PlainFact): void;
  /** In this tab alone. */
  tellHere(fact: PlainFact): void;
  /** Something failed that nobody waits for. */
  failed(error: unknown): void;
}

export function createTelling({ log, $leading, matched, publish }: TellingParts): Telling {
  const facts = new EventTarget();

  function tell(fact: PlainFact): void {
    if (fact.type === 'ml-record-matched') matched(fact.call);
    tellHere(fact);
    publish(fact);
  }

  function tellHere(fact: PlainFact): void {
    log.fact(fact);
    facts.dispatchEvent(factEvent(fact, $leading.get()));
  }

  return { facts, tell, tellHere, failed: (error) => tell({ type: 'ml-error', failure: asFailure(error) }) };
}
