// What rings, talks and ends does without all of this: it is loaded when it is first asked for, see on-demand.ts.
export { Conference } from './conference.ts';
export { dialFeatureCode } from './feature-code.ts';
export { mediaChecks, recorderCheck, signallingChecks } from './line-checks.ts';
export { meterLevel, watchTrack } from './media/level-meter.ts';
export { watchLevels } from './media/levels.ts';
export { microphoneCheck } from './media/microphone-check.ts';
export { qualityWatch } from './media/quality.ts';
export { playTestSound } from './media/speaker-test.ts';
export { serviceAt } from './phone-service/service.ts';
export { CallbackCall } from './remote-line/callback-call.ts';
export { refer } from './remote-line/referral.ts';
export { ReferredCall } from './remote-line/referred-call.ts';
export { ResumedCall } from './resume/resumed-call.ts';
export { Publication } from './subscriptions/publication.ts';
export { keepSubscribed } from './subscriptions/subscription.ts';
export { watchedCalls } from './subscriptions/watched-calls.ts';
export { FollowedReferral } from './transfer/referral.ts';
export { referTo, referToReplacing, Transfer } from './transfer/transfer.ts';
