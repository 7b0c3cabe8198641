export { startSandbox, type Sandbox, type SandboxOptions } from './http/sandbox.ts';
export type { FaultAction, FaultOrder, Faults } from './http/faults.ts';
export type { RequestLog, ServedRequest } from './http/request-log.ts';
export type { Org, OrgOptions } from './org/org.ts';
export type { OrgSettings } from './org/settings.ts';
export type { FieldValue, Row } from './org/exchange.ts';
export { createSipServer, type SipServer, type SipServerOptions } from './sip/sip-server.ts';
export { createGallery, type Gallery, type GalleryOptions } from './gallery/gallery.ts';
