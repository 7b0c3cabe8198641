import type { MlCallEvent, MlErrorEvent, MlRegistrationEvent } from '@multiline/core';
import type {
  MlAnswerEvent,
  MlConferenceEvent,
  MlDeclineEvent,
  MlDialEvent,
  MlHangUpEvent,
  MlHoldEvent,
  MlPopEvent,
  MlRedirectEvent,
  MlSendEvent,
  MlTransferEvent,
} from './intents.ts';

declare global {
  interface GlobalEventHandlersEventMap {
    'ml-answer': MlAnswerEvent;
    'ml-call-answered': MlCallEvent;
    'ml-call-ended': MlCallEvent;
    'ml-call-incoming': MlCallEvent;
    'ml-call-logged': MlCallEvent;
    'ml-call-started': MlCallEvent;
    'ml-conference': MlConferenceEvent;
    'ml-decline': MlDeclineEvent;
    'ml-dial': MlDialEvent;
    'ml-error': MlErrorEvent;
    'ml-hang-up': MlHangUpEvent;
    'ml-hold': MlHoldEvent;
    'ml-pop': MlPopEvent;
    'ml-record-matched': MlCallEvent;
    'ml-redirect': MlRedirectEvent;
    'ml-registered': MlRegistrationEvent;
    'ml-send': MlSendEvent;
    'ml-transfer': MlTransferEvent;
    'ml-unregistered': MlRegistrationEvent;
  }
}
