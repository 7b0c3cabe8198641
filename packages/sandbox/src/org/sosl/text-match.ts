import { ANY_CHARACTER, ANY_TEXT } from './find-text.ts';

/** Whether words of a text answer a searched word or phrase: whole words, without case or accents, wildcards expanded. */
export function textMatches(text: string, searched: string): boolean {
  const wanted = wordsOf(searched).map(wordPattern);
  if (!wanted.length) return false;
  const words = wordsOf(text);
  return words.some((_, start) => wanted.every((pattern, offset) => pattern.test(words[start + offset] ?? '')));
}

/** Letters and digits in a row make a word; wildcards belong to theirs. */
function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.match(/[\p{L}\p{N}\uE000\uE001]+/gu) ?? [];
}

function wordPattern(word: string): RegExp {
  // A wildcard at the start isn't one: only the middle and the end may be open (salesforce.md §4.1).
  const source = word.replaceAll(ANY_TEXT, '[^]*').replaceAll(ANY_CHARACTER, '[^]');
  return new RegExp(`^${word.startsWith(ANY_TEXT) || word.startsWith(ANY_CHARACTER) ? '(?!)' : ''}${source}$`, 'u');
}
