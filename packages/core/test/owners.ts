import type { Browser } from './desk.ts';

/** Whose data the desks of these tests keep: by SIP address and CRM user, and before the CRM has named anybody. */
export const ANN = 'sip:ann@sandbox.test user-ann';
export const ADDRESS = 'sip:ann@sandbox.test';

/** How many rows of an owner there are on the disk. */
export const rows = ({ disk }: Browser, owner: string, table: 'calls' | 'outbox' | 'matches' | 'settings'): number =>
  disk.owners.get(owner)?.get(table)?.size ?? 0;
