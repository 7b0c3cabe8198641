import type { PhoneNumber as LibraryNumber } from 'libphonenumber-js/core';

/** What is used of libphonenumber, bound to its metadata. */
interface Library {
  parse(text: string, country?: string): LibraryNumber | undefined;
}

let library: Library | undefined;
let loading: Promise<void> | undefined;

async function load(): Promise<void> {
  const [{ parsePhoneNumberFromString }, { default: metadata }] = await Promise.all([
    import('libphonenumber-js/core'),
    import('libphonenumber-js/min/metadata'),
  ]);
  type Country = NonNullable<Parameters<typeof parsePhoneNumberFromString>[1]>;
  library = {
    parse: (text, country) =>
      country
        ? parsePhoneNumberFromString(text, country as Country, metadata)
        : parsePhoneNumberFromString(text, metadata),
  };
}

/**
 * Loads libphonenumber's metadata (about 25 KB), once; afterwards formats and validity are exact. Rejects if the chunk does
 * not arrive, and the next call tries again; everything works on by the table meanwhile.
 */
export function loadNumberMetadata(): Promise<void> {
  loading ??= load().catch((cause: unknown) => {
    loading = undefined;
    throw cause;
  });
  return loading;
}

/** The library's reading of an E.164 number, once it is loaded. */
export function libraryNumber(e164: string): LibraryNumber | undefined {
  return library?.parse(e164);
}

/** E.164 of digits dialed in a country, if the library is loaded and calls them valid. */
export function judge(digits: string, country: string): string | undefined {
  const found = library?.parse(digits, country.toUpperCase());
  return found?.isValid() ? found.number : undefined;
}

/** Whether a range of numbers exists: `unknown` until the metadata is loaded. Never a reason to refuse to dial. */
export function numberValidity(e164: string): 'valid' | 'invalid' | 'unknown' {
  if (!library) return 'unknown';
  return library.parse(e164)?.isValid() ? 'valid' : 'invalid';
}
