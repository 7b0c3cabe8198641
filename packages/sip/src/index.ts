export { sipAccount, type SipAccount, type SipAccountOptions } from './account.ts';
export type { CredentialsNeed, CredentialsSource, SipCredentials } from './credentials.ts';
export type { AudioStats } from './media/audio-stats.ts';
export { callStats, sipLine, type SipLineOptions } from './sip-line.ts';
export type { SipTransport, SipTransportConstructor } from './transport-shape.ts';
