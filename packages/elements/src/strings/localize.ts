import { ERRORS } from '@multiline/core';
import type { AlertWords, ErrorCode } from '@multiline/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { StringForms, StringKey, StringTable } from './english.ts';
import { inEnglish } from './fallback.ts';

/** What a text is filled with. `count` also chooses the plural form. */
export type StringValues = Readonly<Record<string, string | number>>;

/** Says a text in an element's language. */
export type Text = (key: StringKey, values?: StringValues) => string;

const tables = new Map<string, StringTable>();
const elements = new Set<ReactiveControllerHost>();
let observer: MutationObserver | undefined;

const renderAll = (): void => {
  for (const element of elements) element.requestUpdate();
};

/**
 * Adds a language, or more texts to one: `registerStrings('de', { 'action.call': 'Anrufen' })`. Elements on the page speak
 * it at once where the nearest `lang` says so. What a table lacks is said in English.
 */
export function registerStrings(language: string, table: StringTable): void {
  const key = language.toLowerCase();
  tables.set(key, { ...tables.get(key), ...table });
  renderAll();
}

/** The nearest `lang` above an element, shadow hosts included; else the browser's language. */
export function languageOf(element: Element): string {
  let node: Node | null = element;
  while (node) {
    if (node instanceof Element) {
      const language = node.getAttribute('lang');
      if (language) return language;
    }
    node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
  }
  return navigator.language || 'en';
}

/** The texts of a language, its regional table before the general one; none means English. */
function tablesOf(language: string): StringTable[] {
  const parts = language.toLowerCase().split('-');
  const found: StringTable[] = [];
  for (; parts.length; parts.pop()) {
    const table = tables.get(parts.join('-'));
    if (table) found.push(table);
  }
  return found;
}

function formOf(forms: StringForms, language: string, count: unknown): string {
  if (typeof forms === 'string') return forms;
  const category = typeof count === 'number' ? new Intl.PluralRules(language).select(count) : 'other';
  return forms[category] ?? forms.other;
}

/** Among letters that read from right to left a number or a name keeps its own direction: it is isolated (UAX #9). */
function fill(text: string, values: StringValues, language: string): string {
  const [before, after] = /[\u0590-\u08FF]/.test(text) ? ['\u2068', '\u2069'] : ['', ''];
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return before + (typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value) + after;
  });
}

/** The text of a key in a language, English where that language has none; undefined for a key nobody knows. */
export function lookUp(language: string, key: string, values: StringValues = {}): string | undefined {
  for (const table of tablesOf(language)) {
    const forms = (table as Readonly<Record<string, StringForms>>)[key];
    if (forms !== undefined) return fill(formOf(forms, language, values['count']), values, language);
  }
  const forms = inEnglish(key);
  return forms === undefined ? undefined : fill(formOf(forms, 'en', values['count']), values, 'en');
}

/** Cause and remedy of an error in a language, from core's table where no translation is registered. */
export function errorText(language: string, code: ErrorCode): { cause: string; remedy: string } {
  const [cause, remedy] = ERRORS[code];
  return {
    cause: lookUp(language, `error.${code}.cause`) ?? cause,
    remedy: lookUp(language, `error.${code}.remedy`) ?? remedy,
  };
}

/** What notifications say, in the page's language: `createWorkspace({ words: pageWords })`. */
export const pageWords: AlertWords = (word) => lookUp(languageOf(document.documentElement), word);

/** An element's language: follows `lang` on the page and tables that are registered later. */
export class Localization implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #language = 'en';

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** BCP 47, as the page or the browser says. */
  get language(): string {
    return this.#language;
  }

  text(key: StringKey, values?: StringValues): string {
    return lookUp(this.#language, key, values) ?? key;
  }

  hostConnected(): void {
    elements.add(this.#host);
    observer ??= new MutationObserver(renderAll);
    if (elements.size === 1) observer.observe(document, { subtree: true, attributeFilter: ['lang'] });
    this.#language = languageOf(this.#host);
  }

  hostUpdate(): void {
    this.#language = languageOf(this.#host);
  }

  hostDisconnected(): void {
    elements.delete(this.#host);
    if (!elements.size) observer?.disconnect();
  }
}
