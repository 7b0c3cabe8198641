import type { ReadableAtom } from 'nanostores';

/**
 * The other tabs of the same user. One leads: it holds the registration and delivers to the CRM.
 * Names are made of the owner (SIP address + CRM user), so two users of one machine never meet.
 */
export interface Tabs {
  readonly id: string;
  /** Whether this tab leads. */
  readonly $leading: ReadableAtom<boolean>;
  /** Stands for election under this owner; resolved once it is known whether this tab leads at first. */
  join(owner: string): Promise<void>;
  /** Plain data to every other tab of this owner. */
  publish(message: unknown): void;
  /** Hears the other tabs. Answers how to stop. */
  listen(listener: (message: unknown, from: string) => void): () => void;
  /** Gives the lead away and stops hearing. */
  leave(): Promise<void>;
}
