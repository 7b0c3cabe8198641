import type { Crm, Host, Line, Policy } from '@multiline/core';

/** What a page says of its workspace, in attributes and properties. */
export interface Wishes {
  readonly sipServer: string;
  readonly sipUri: string;
  readonly iceServers: string;
  readonly phoneService: string;
  readonly crmName: string;
  readonly crmUrl: string;
  readonly hostName: string;
  readonly serviceWorker: string;
  readonly policyName: string;
  readonly mode: string;
  readonly watch: string;
  readonly country: string;
  readonly credentials: Credentials | null;
  readonly line: Line | null;
  readonly crm: Crm | null;
  readonly host: Host | null;
  readonly policy: Policy | null;
}

/** Gives what is needed to sign in, when it is needed. Secrets stand in no attribute. */
export type Credentials = (need: {
  readonly for: 'sip' | 'turn' | 'crm' | 'gateway';
  readonly reason: 'start' | 'rejected' | 'expiring' | 'takeover';
}) => unknown;

/** Whether enough is said to build a workspace: a line, or whose it is and how to sign in. */
export function buildable(wishes: Wishes): boolean {
  return wishes.line !== null || (wishes.sipUri !== '' && wishes.credentials !== null);
}
