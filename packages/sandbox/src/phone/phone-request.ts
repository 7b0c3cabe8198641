import type { ServerResponse } from 'node:http';
import { sendJson } from '../http/exchange.ts';

/** A request to the phone service whose user is known. */
export interface PhoneRequest {
  readonly user: string;
  readonly method: string;
  /** What follows the collection's name. */
  readonly rest: readonly string[];
  readonly body: string;
  readonly response: ServerResponse;
  /** CORS. */
  readonly headers: Record<string, string>;
}

/** Answers with a status and the reason in words. */
export function refuse({ response, headers }: PhoneRequest, status: number, error: string): void {
  sendJson(response, status, { error }, headers);
}

/** The JSON object a body holds; undefined for anything else. */
export function objectOf(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
