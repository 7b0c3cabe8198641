/** What a person chooses for themselves. Kept per user in storage; absent values come from the policy. */
export interface Settings {
  /** When the record opens by itself (MV-56). */
  readonly popAt: 'ringing' | 'answered' | 'never';
  /** What a click on a number does (MV-30). */
  readonly dialMode: 'confirm' | 'edit' | 'immediate';
  /** Subject of logged calls (MV-54); see `Policy.log.subject` for the places. */
  readonly subject: string;
  /** Audio devices by label; empty is the system's choice. */
  readonly microphone: string;
  readonly speaker: string;
  /** Labels of the outputs a call rings on; none is the system's, `['*']` is all of them. */
  readonly ringers: readonly string[];
  readonly noiseSuppression: boolean;
  /** Softphone-disabled mode: the desk phone rings too (ML-26). */
  readonly alsoRingDeskPhone: boolean;
  /** The phone offers to be noticed while one looks elsewhere (MV-46); false once somebody has said no to that. */
  readonly offerNotifications: boolean;
}
