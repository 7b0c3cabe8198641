import type { CrmRecord, RecordRef } from './crm.ts';

/** The screen of a CRM around us: click-to-dial, screen pop, page context. A host never reads or writes records. */
export interface Host {
  readonly name: string;
  /** Shows a record. `url` is what the CRM port answers for it; null when it has none. */
  pop?(record: CrmRecord, url: string | null): void | Promise<void>;
  /** Shows the CRM's own form for a new record with these values. */
  popNew?(kind: string, values: Readonly<Record<string, string>>): void | Promise<void>;
  /** Hears clicks on numbers of the CRM's page. Answers how to stop. */
  onClickToDial?(listener: (click: DialClick) => void): () => void;
  /** Opens or closes the panel we stand in. */
  show?(open: boolean): void;
  start?(): Promise<void>;
  stop?(): void;
}

/** A click on a number somewhere in the page. */
export interface DialClick {
  /** As it stands there; the workspace parses it. */
  readonly number: string;
  readonly record?: RecordRef;
  readonly name?: string;
}
