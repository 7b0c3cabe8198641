/**
 * What is said of calls outside the page, in notifications and on headsets, in English. Another language comes in by
 * `createWorkspace({ words })`.
 */
export const ALERT_WORDS = {
  'alert.incoming': 'Incoming call',
  'alert.held': 'Waits on hold',
  'alert.came-back': 'Transfer failed, waits on hold',
  'alert.answer': 'Answer',
  'alert.decline': 'Decline',
  'alert.unknown': 'Unknown caller',
} as const;

export type AlertWord = keyof typeof ALERT_WORDS;

/** The words of a language; what it answers nothing for is said in English. */
export type AlertWords = (word: AlertWord) => string | undefined;
