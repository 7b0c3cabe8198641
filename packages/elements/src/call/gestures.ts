import type { Call, Targeting, Workspace } from '@multiline/core';
import {
  MlAnswerEvent,
  MlConferenceEvent,
  MlDeclineEvent,
  MlHangUpEvent,
  MlHoldEvent,
  MlTransferEvent,
} from '../events/intents.ts';
import type { IntentEvent } from '../events/intents.ts';
import { message } from '../internal/dialing.ts';
import { closed, type Choice } from './choice.ts';
import type { LiveControl } from './controls.ts';
import { recorded, waits } from './view.ts';

/** The call that is acted upon, and those in one conference with it, itself among them. */
export interface Subject {
  readonly workspace: Workspace;
  readonly call: Call;
  readonly members: readonly Call[];
}

/**
 * What a person may ask of a call: told as an intent, then done unless somebody took it over. What comes of it, and what does
 * not, the call itself shows.
 */
export class CallGestures {
  readonly #from: HTMLElement;
  readonly #subject: () => Subject | null;

  constructor(from: HTMLElement, subject: () => Subject | null) {
    this.#from = from;
    this.#subject = subject;
  }

  /** A control of a live call; `keypad` is the element's own. */
  press(control: Exclude<LiveControl, 'keypad'>): void {
    const subject = this.#subject();
    if (!subject) return;
    const { workspace, call, members } = subject;
    switch (control) {
      case 'mute':
        for (const { id } of members) this.#do(workspace[call.muted ? 'unmute' : 'mute'](id));
        return;
      case 'hold':
        this.#hold(workspace, call);
        return;
      case 'record':
        if (!call.pending) this.#do(workspace.record(call.id, recorded(call) ? 'stop' : 'start'));
        return;
      case 'transfer':
        if (members.length > 1) this.completeTransfer(call);
        else this.#ask(workspace, call, 'transfer');
        return;
      case 'add':
        this.#ask(workspace, call, 'conference');
        return;
      case 'hang-up':
        for (const one of members) {
          if (one.pending === 'hang-up') continue;
          this.#intend(new MlHangUpEvent(one), () => workspace.hangUp(one.id));
        }
    }
  }

  /** What becomes of a call that rings. */
  choose(choice: Choice): void {
    const subject = this.#subject();
    if (!subject || closed(subject.call, choice)) return;
    const { workspace, call } = subject;
    switch (choice) {
      case 'answer':
        this.#intend(new MlAnswerEvent(call), () => workspace.answer(call.id));
        return;
      case 'decline':
        this.#intend(new MlDeclineEvent(call), () => workspace.decline(call.id));
        return;
      case 'voicemail':
        this.#intend(new MlDeclineEvent(call, 'voicemail'), () => workspace.sendToVoicemail(call.id));
        return;
      case 'reply':
        this.#intend(new MlDeclineEvent(call, 'text'), () => workspace.replyWithText(call.id));
        message(this.#from, call.number, call.match.record);
        return;
      case 'redirect':
        this.#ask(workspace, call, 'redirect');
    }
  }

  /** The recorder rests, or goes on. */
  pauseRecorder(): void {
    const subject = this.#subject();
    if (!subject || subject.call.pending) return;
    const { workspace, call } = subject;
    this.#do(workspace.record(call.id, call.recording?.state === 'paused' ? 'start' : 'pause'));
  }

  swap({ id }: Call): void {
    const subject = this.#subject();
    if (subject) this.#do(subject.workspace.swap(id));
  }

  completeTransfer(consultation: Call): void {
    const subject = this.#subject();
    if (!subject || consultation.pending) return;
    this.#intend(new MlTransferEvent(consultation, 'complete'), () =>
      subject.workspace.completeTransfer(consultation.id),
    );
  }

  cancelConsult({ id }: Call): void {
    const subject = this.#subject();
    if (subject) this.#do(subject.workspace.cancelConsult(id));
  }

  merge(): void {
    const subject = this.#subject();
    if (!subject || subject.call.pending) return;
    const { workspace, call } = subject;
    this.#intend(new MlConferenceEvent(call, 'merge'), () => workspace.merge(call.id));
  }

  remove(participant: Call): void {
    const subject = this.#subject();
    if (!subject || participant.pending) return;
    this.#intend(new MlConferenceEvent(participant, 'remove'), () =>
      subject.workspace.removeParticipant(participant.id),
    );
  }

  silence({ id, silenced }: Call): void {
    const subject = this.#subject();
    if (subject) this.#do(subject.workspace.silence(id, !silenced));
  }

  #hold(workspace: Workspace, call: Call): void {
    if (call.pending) return;
    const held = !waits(call);
    this.#intend(new MlHoldEvent(call, held), () => workspace[held ? 'hold' : 'resume'](call.id));
  }

  #ask(workspace: Workspace, call: Call, purpose: Targeting['purpose']): void {
    if (!call.pending) this.#do(workspace.askTarget(call.id, purpose));
  }

  #intend(intent: IntentEvent, act: () => Promise<unknown>): void {
    if (this.#from.dispatchEvent(intent)) this.#do(act());
  }

  /** Why it did not work, the call says. */
  #do(doing: Promise<unknown>): void {
    doing.catch(() => undefined);
  }
}
