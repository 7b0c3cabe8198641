import type { ReadableAtom } from 'nanostores';

/** Getting a person's attention. Everything but `ring` may be absent: then that channel is not there. */
export interface Attention {
  /**
   * Rings until the answered function is called. Never throws; a browser that forbids sound stays silent.
   * @param on labels of the outputs to ring on; `all` for every one, absent for the system's
   */
  ring(on?: readonly string[] | 'all'): () => void;
  /** Whether it rings unheard, because the browser wants a click or key on the page before anything may sound. */
  readonly $silenced?: ReadableAtom<boolean>;
  /** One short, quiet tone: another call waits while somebody talks. */
  knock?(): void;
  /** Shows a notification while the page is hidden; text only. Answers how to take it back. */
  notify?(notice: Notice): () => void;
  /** Counts in the title or on the app badge; 0 clears. `text` while something rings. */
  badge?(count: number, text?: string): void;
  /** `default` means: nobody was asked yet. */
  permission?(): 'granted' | 'denied' | 'default';
  /** Asks for the permission to notify: by a gesture only, never while a call rings (MV-46). */
  askPermission?(): Promise<'granted' | 'denied' | 'default'>;
  /**
   * Media keys and headset buttons follow the phone until told otherwise; null lets go of them. `act` carries out a press.
   */
  control?(phone: PhoneControls | null, act: (action: ControlAction) => void): void;
  /** Headsets with buttons of their own (WebHID): by a gesture only, as the browser asks which. Absent where there is no WebHID. */
  connectHeadset?(): Promise<boolean>;
  /** Warns before the page is closed or reloaded while `guarded`; keeps the screen awake meanwhile. */
  guard?(guarded: boolean): void;
  /** How calls can be answered outside the page, for the self-test. */
  notifications?(): 'actions' | 'plain' | 'none';
  stop?(): void;
}

/** What the buttons of a headset show and act upon. */
export interface PhoneControls {
  readonly ringing: boolean;
  readonly active: boolean;
  readonly muted: boolean;
  readonly held: boolean;
  /** Who it is, for the system's media panel. */
  readonly title: string;
}

export type ControlAction = 'answer' | 'decline' | 'hang-up' | 'mute' | 'unmute';

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** Notices with the same tag replace one another. */
  readonly tag: string;
  /** When the notification is clicked; the tab is focused by then. */
  readonly onClick?: () => void;
  /** Buttons, where the platform has them; words are the reader's. */
  readonly actions?: readonly { readonly action: 'answer' | 'decline'; readonly title: string }[];
  /** A button was pressed, maybe in a notification that outlived the page's focus. */
  readonly onAction?: (action: 'answer' | 'decline') => void;
}
