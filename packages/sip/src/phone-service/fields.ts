import { MultiLineError } from '@multiline/core';
import { plainText } from '../headers.ts';

/** An object of somebody else's JSON; null for anything else. */
export function asFields(value: unknown): Readonly<Record<string, unknown>> | null {
  return value !== null && typeof value === 'object' ? { ...value } : null;
}

/** Text for people; '' where there is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? plainText(value) : '';
}

/** The JSON of an answer. @throws MultiLineError `server` for what is none */
export async function fieldsOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  const fields = asFields(await response.json().catch(() => null));
  if (!fields) throw new MultiLineError('server', { message: 'The phone service gave an answer that makes no sense.' });
  return fields;
}
