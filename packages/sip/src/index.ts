export { sipAccount, type SipAccount, type SipAccountOptions } from './account.ts';
export type { CredentialsNeed, CredentialsSource, SipCredentials } from './credentials.ts';
export type { AudioStats } from './media/audio-stats.ts';
export type { Callback, CallbackChange, CallbackEnd, CallbackRequest } from './phone-service/callback.ts';
export type { ServiceCredentials, ServiceCredentialsSource } from './phone-service/request.ts';
export { phoneService, type PhoneService, type PhoneServiceOptions, type Recording } from './phone-service.ts';
export { remoteLine, type RemoteLineOptions } from './remote-line.ts';
export { callStats, sipLine, type SipLineOptions } from './sip-line.ts';
export type { SipTransport, SipTransportConstructor } from './transport-shape.ts';
