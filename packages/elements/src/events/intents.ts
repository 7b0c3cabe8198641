import type { Call, CrmRecord } from '@multiline/core';

/**
 * Intents: what a person asks for by a gesture, told before it is done. They bubble, cross shadow roots and are cancelable:
 * `preventDefault()` means "I will do it myself".
 */
export class IntentEvent extends Event {
  constructor(type: string) {
    super(type, { bubbles: true, composed: true, cancelable: true });
  }
}

/** `ml-dial`: place a call. Cancel it to place the call yourself. */
export class MlDialEvent extends IntentEvent {
  declare readonly type: 'ml-dial';
  /** As it was written or stored: number, extension, tel: or sip: address. */
  readonly number: string;
  /** Whom the number belongs to, when that is known. */
  readonly record: CrmRecord | null;
  constructor(number: string, record: CrmRecord | null = null) {
    super('ml-dial');
    this.number = number;
    this.record = record;
  }
}

/** `ml-send`: write a message to this number. An empty `body` opens the composer. Cancel it to do so yourself. */
export class MlSendEvent extends IntentEvent {
  declare readonly type: 'ml-send';
  readonly number: string;
  readonly body: string;
  readonly record: CrmRecord | null;
  constructor(number: string, body = '', record: CrmRecord | null = null) {
    super('ml-send');
    this.number = number;
    this.body = body;
    this.record = record;
  }
}

/** `ml-pop`: open a record on the CRM's screen. Cancel it to open it yourself. */
export class MlPopEvent extends IntentEvent {
  declare readonly type: 'ml-pop';
  readonly record: CrmRecord;
  constructor(record: CrmRecord) {
    super('ml-pop');
    this.record = record;
  }
}

/** What is asked of a live call. */
class CallIntentEvent extends IntentEvent {
  readonly callId: string;
  readonly call: Call;
  constructor(type: string, call: Call) {
    super(type);
    this.callId = call.id;
    this.call = call;
  }
}

/** `ml-answer`: take the call that rings. Cancel it to answer yourself. */
export class MlAnswerEvent extends CallIntentEvent {
  declare readonly type: 'ml-answer';
  constructor(call: Call) {
    super('ml-answer', call);
  }
}

/**
 * `ml-decline`: refuse the call that rings; `how` says what becomes of the caller: nothing, a text (an `ml-send` follows) or
 * the mailbox. Cancel it to decline yourself.
 */
export class MlDeclineEvent extends CallIntentEvent {
  declare readonly type: 'ml-decline';
  readonly how: 'decline' | 'text' | 'voicemail';
  constructor(call: Call, how: MlDeclineEvent['how'] = 'decline') {
    super('ml-decline', call);
    this.how = how;
  }
}

/** `ml-hang-up`: end the call. Cancel it to end it yourself. */
export class MlHangUpEvent extends CallIntentEvent {
  declare readonly type: 'ml-hang-up';
  constructor(call: Call) {
    super('ml-hang-up', call);
  }
}

/** `ml-hold`: let the other side wait, or take it back. Cancel it to do so yourself. */
export class MlHoldEvent extends CallIntentEvent {
  declare readonly type: 'ml-hold';
  /** False: take the call back. */
  readonly held: boolean;
  constructor(call: Call, held: boolean) {
    super('ml-hold', call);
    this.held = held;
  }
}

/** `ml-transfer`: connect the call with somebody else. Cancel it to do so yourself. */
export class MlTransferEvent extends CallIntentEvent {
  declare readonly type: 'ml-transfer';
  /** As it was written or stored; empty for `complete`. */
  readonly to: string;
  /** `ask`: speak to the target first; `now`: send the caller on; `complete`: the two have been spoken to. */
  readonly how: 'ask' | 'now' | 'complete';
  constructor(call: Call, how: MlTransferEvent['how'], to = '') {
    super('ml-transfer', call);
    this.how = how;
    this.to = to;
  }
}

/** `ml-redirect`: send the call that rings on, unanswered. Cancel it to do so yourself. */
export class MlRedirectEvent extends CallIntentEvent {
  declare readonly type: 'ml-redirect';
  /** As it was written or stored. */
  readonly to: string;
  constructor(call: Call, to: string) {
    super('ml-redirect', call);
    this.to = to;
  }
}

/** `ml-conference`: change who speaks together. Cancel it to do so yourself. */
export class MlConferenceEvent extends CallIntentEvent {
  declare readonly type: 'ml-conference';
  /** `add`: call the target for it; `merge`: bring the calls together; `remove`: take this call out. */
  readonly how: 'add' | 'merge' | 'remove';
  /** Whom to add, as it was written or stored; else empty. */
  readonly to: string;
  constructor(call: Call, how: MlConferenceEvent['how'], to = '') {
    super('ml-conference', call);
    this.how = how;
    this.to = to;
  }
}
