/** Getting a person's attention. Everything but `ring` may be absent: then that channel is not there. */
export interface Attention {
  /** Rings until the answered function is called. Never throws; a browser that forbids sound stays silent. */
  ring(): () => void;
  /** Shows a notification while the page is hidden; text only. Answers how to take it back. */
  notify?(notice: Notice): () => void;
  /** Counts in the title or on the app badge; 0 clears. `text` while something rings. */
  badge?(count: number, text?: string): void;
  /** `default` means: nobody was asked yet. */
  permission?(): 'granted' | 'denied' | 'default';
  /** Asks for the permission to notify: by a gesture only, never while a call rings (MV-46). */
  askPermission?(): Promise<'granted' | 'denied' | 'default'>;
  stop?(): void;
}

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** Notices with the same tag replace one another. */
  readonly tag: string;
  /** When the notification is clicked; the tab is focused by then. */
  readonly onClick?: () => void;
}
