import type { MlCallEvent, MlErrorEvent, MlRegistrationEvent } from '@multiline/core';
import type { MlAnswerEvent, MlDeclineEvent, MlDialEvent, MlHangUpEvent, MlPopEvent, MlSendEvent } from './intents.ts';

declare global {
  interface GlobalEventHandlersEventMap {
    'ml-answer': MlAnswerEvent;
    'ml-call-answered': MlCallEvent;
    'ml-call-ended': MlCallEvent;
    'ml-call-incoming': MlCallEvent;
    'ml-call-logged': MlCallEvent;
    'ml-call-started': MlCallEvent;
    'ml-decline': MlDeclineEvent;
    'ml-dial': MlDialEvent;
    'ml-error': MlErrorEvent;
    'ml-hang-up': MlHangUpEvent;
    'ml-pop': MlPopEvent;
    'ml-record-matched': MlCallEvent;
    'ml-registered': MlRegistrationEvent;
    'ml-send': MlSendEvent;
    'ml-unregistered': MlRegistrationEvent;
  }
}
