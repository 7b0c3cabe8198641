import type { CallHandle, Workspace } from './workspace.ts';

/** What of a workspace is carried out where the phone is, whichever tab it is said in. */
export type LeaderCommands = Pick<
  Workspace,
  | 'dial'
  | 'answer'
  | 'decline'
  | 'hangUp'
  | 'mute'
  | 'unmute'
  | 'sendDigits'
  | 'hold'
  | 'resume'
  | 'swap'
  | 'transfer'
  | 'consult'
  | 'completeTransfer'
  | 'cancelConsult'
  | 'merge'
  | 'removeParticipant'
  | 'silence'
  | 'redirect'
  | 'replyWithText'
  | 'sendToVoicemail'
  | 'record'
  | 'askTarget'
  | 'setTarget'
  | 'cancelTarget'
  | 'setAvailability'
  | 'setForwarding'
  | 'logIn'
  | 'logOut'
  | 'reconnect'
  | 'draftNotes'
  | 'saveNotes'
  | 'associate'
  | 'resolveConflict'
  | 'retryLog'
  | 'rematch'
  | 'wrapUp'
  | 'addFavorite'
  | 'removeFavorite'
  | 'changeSettings'
>;

export interface LeaderCommandParts {
  /** Carries a verb out in the leading tab. */
  ask(verb: string, args: readonly unknown[]): Promise<unknown>;
  /** The call of this id, to act upon. */
  handle(callId: string): CallHandle;
  /** Keeps what a command fails of for the person to see. */
  keepFailure<Result>(command: Promise<Result>): Promise<Result>;
}

export function createLeaderCommands({ ask, handle, keepFailure }: LeaderCommandParts): LeaderCommands {
  const run = async (verb: string, ...args: unknown[]): Promise<void> => void (await ask(verb, args));
  const begin = async (verb: string, ...args: unknown[]): Promise<CallHandle> =>
    handle((await keepFailure(ask(verb, args))) as string);

  return {
    dial: (text, { record, callerId } = {}) => begin('dial', text, record ?? null, callerId),
    answer: (id) => keepFailure(run('answer', id)),
    decline: (id) => run('decline', id),
    hangUp: (id) => run('hangUp', id),
    mute: (id) => run('mute', id, true),
    unmute: (id) => run('mute', id, false),
    sendDigits: (id, digits) => run('sendDigits', id, digits),
    hold: (id) => run('hold', id),
    resume: (id) => run('resume', id),
    swap: (id) => run('swap', id),
    transfer: (id, target) => run('transfer', id, target),
    consult: (id, target, purpose = 'transfer') => begin('consult', id, target, purpose),
    completeTransfer: (id) => run('completeTransfer', id),
    cancelConsult: (id) => run('cancelConsult', id),
    merge: (id) => run('merge', id),
    removeParticipant: (id) => run('removeParticipant', id),
    silence: (id, silenced) => run('silence', id, silenced),
    redirect: (id, target) => run('redirect', id, target),
    replyWithText: (id) => run('replyWithText', id),
    sendToVoicemail: (id) => run('sendToVoicemail', id),
    record: (id, action) => run('record', id, action),
    askTarget: (id, purpose) => run('askTarget', id, purpose),
    setTarget: (text, record = null) => run('setTarget', text, record),
    cancelTarget: () => run('cancelTarget'),
    setAvailability: (choice) => run('setAvailability', choice),
    setForwarding: (target) => run('setForwarding', target),
    logIn: (login) => run('logIn', login),
    logOut: () => run('logOut'),
    reconnect: () => run('reconnect'),
    draftNotes: (id, text) => run('draftNotes', id, text),
    saveNotes: (id, text) => run('saveNotes', id, text),
    associate: (id, record) => run('associate', id, record),
    resolveConflict: (id, text) => run('resolveConflict', id, text),
    retryLog: (id) => run('retryLog', id),
    rematch: (id) => run('rematch', id),
    wrapUp: (id) => run('wrapUp', id),
    addFavorite: (number, who = {}) => run('addFavorite', number, who),
    removeFavorite: (number) => run('removeFavorite', number),
    changeSettings: (change) => run('changeSettings', change),
  };
}
