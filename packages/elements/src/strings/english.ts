import type { AlertWord } from '@multiline/core';
import { englishAudio } from './english-audio.ts';
import { englishCalls } from './english-calls.ts';
import { englishDesk } from './english-desk.ts';
import { englishDoctor } from './english-doctor.ts';
import { englishLists } from './english-lists.ts';
import { englishPhone } from './english-phone.ts';

/**
 * Every word the elements say, in English. Keys name the place, `{values}` are filled in; a table of forms is chosen by the
 * plural rules of the language. Further languages come in by `registerStrings`.
 */
export const english = {
  ...englishPhone,
  ...englishCalls,
  ...englishLists,
  ...englishDesk,
  ...englishAudio,
  ...englishDoctor,
};

/**
 * A key of the string table. Reasons (`reason.<code>`), errors (`error.<code>.cause`, `.remedy`) and what notifications say
 * (`alert.incoming` and others, by `pageWords`) may be added to it.
 */
export type StringKey = keyof typeof english;

/** One text, or one per plural category. */
export type StringForms = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** A language's texts; what is absent is said in English. */
export type StringTable = Readonly<
  Partial<Record<StringKey | AlertWord | `reason.${string}` | `error.${string}`, StringForms>>
>;
