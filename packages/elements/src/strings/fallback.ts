import { englishPhone } from './english-phone.ts';
import type { StringForms } from './english.ts';

const texts: Record<string, StringForms> = { ...englishPhone };

/** Adds to what is said where a language has no text of its own. */
export function addEnglish(table: Readonly<Record<string, StringForms>>): void {
  Object.assign(texts, table);
}

/** The English text of a key; undefined for a key nobody knows. */
export function inEnglish(key: string): StringForms | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}
