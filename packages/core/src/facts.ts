import type { Call, CallMatch } from './calls/call.ts';
import type { EndReason } from './ports/line.ts';
import { MultiLineError, type Failure } from './ports/errors.ts';
import type { RecordRef } from './ports/crm.ts';

/**
 * Facts: what happened, in the past tense, told once per page. They bubble and cross shadow roots, so a page may listen
 * wherever its `<ml-workspace>` stands; without one they are dispatched on the workspace itself.
 */
export class FactEvent extends Event {
  /** Whether this tab holds the phone. */
  readonly leading: boolean;
  constructor(type: string, leading: boolean) {
    super(type, { bubbles: true, composed: true });
    this.leading = leading;
  }
}

/** `ml-registered`, `ml-unregistered`: the phone server knows this phone, or does no more. */
export class MlRegistrationEvent extends FactEvent {
  declare readonly type: 'ml-registered' | 'ml-unregistered';
}

export type CallFactType =
  | 'ml-call-incoming'
  | 'ml-call-started'
  | 'ml-call-answered'
  | 'ml-call-ended'
  | 'ml-call-logged'
  | 'ml-record-matched';

/** A fact of one call. `match` may be null: `ml-record-matched` follows. */
export class MlCallEvent extends FactEvent {
  declare readonly type: CallFactType;
  readonly callId: string;
  readonly direction: 'inbound' | 'outbound';
  /** E.164, an extension, or empty if withheld. */
  readonly number: string;
  readonly match: CallMatch | null;
  /** `ml-call-ended` only. */
  readonly reason: EndReason | null;
  /** From answer to end, `ml-call-ended` only. */
  readonly durationMs: number | null;
  /** `ml-call-logged` only: the activity. */
  readonly activity: RecordRef | null;

  constructor(type: CallFactType, call: Call, leading: boolean) {
    super(type, leading);
    this.callId = call.id;
    this.direction = call.direction;
    this.number = call.number;
    this.match = call.match.state === 'searching' ? null : call.match;
    this.reason = call.reason ?? null;
    this.durationMs =
      call.endedAt === undefined ? null : call.answeredAt === undefined ? 0 : call.endedAt - call.answeredAt;
    this.activity = call.log.ref ?? null;
  }
}

/** `ml-error`: something failed that a person should know of. */
export class MlErrorEvent extends FactEvent {
  declare readonly type: 'ml-error';
  readonly error: MultiLineError;
  readonly code: MultiLineError['code'];
  constructor(error: MultiLineError, leading: boolean) {
    super('ml-error', leading);
    this.error = error;
    this.code = error.code;
  }
}

/** A fact as plain data, so that every tab can tell it. */
export type PlainFact =
  | { readonly type: CallFactType; readonly call: Call }
  | { readonly type: 'ml-registered' | 'ml-unregistered' }
  | { readonly type: 'ml-error'; readonly failure: Failure };

/** The event of a fact, as this tab tells it. */
export function factEvent(fact: PlainFact, leading: boolean): FactEvent {
  if ('call' in fact) return new MlCallEvent(fact.type, fact.call, leading);
  if (fact.type === 'ml-error') return new MlErrorEvent(new MultiLineError(fact.failure.code, fact.failure), leading);
  return new MlRegistrationEvent(fact.type, leading);
}
