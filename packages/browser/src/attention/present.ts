import type { Notice } from '@multiline/core';

/** What a person did with a notice. */
export type Pressed = 'click' | 'answer' | 'decline';

/** Shows a notice by the system. Answers how to take it back; undefined where it cannot be shown this way. */
export type Present = (notice: Notice, pressed: (what: Pressed) => void) => (() => void) | undefined;

/** Silent: the ringtone rings. It stays until the call is over: a notice that fades by itself is a missed call. */
export const optionsOf = ({ body, tag }: Notice): NotificationOptions => ({
  body,
  tag,
  silent: true,
  requireInteraction: true,
});

/** Notices without buttons, by the page itself. */
export function plainPresent(Constructor: typeof Notification | undefined): Present {
  return (notice, pressed) => {
    if (!Constructor) return undefined;
    try {
      const shown = new Constructor(notice.title, optionsOf(notice));
      shown.addEventListener('click', () => pressed('click'));
      return () => shown.close();
    } catch {
      // Some phones show notifications by service workers alone.
      return undefined;
    }
  };
}
