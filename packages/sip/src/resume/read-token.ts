import type { CallToken } from './token.ts';

/** What was kept may be anything. */
export function readToken(text: string): CallToken | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isToken(value) ? value : undefined;
}

const TEXTS = ['callId', 'localTag', 'remoteTag', 'remoteTarget', 'remoteUri', 'correlation'] as const;

function isToken(value: unknown): value is CallToken {
  if (typeof value !== 'object' || value === null) return false;
  const token = value as Partial<Record<keyof CallToken, unknown>>;
  const { direction, remote, routes } = token;
  return (
    TEXTS.every((name) => typeof token[name] === 'string' && !/[\s\p{Cc}]/u.test(token[name])) &&
    (direction === 'inbound' || direction === 'outbound') &&
    typeof remote === 'object' &&
    remote !== null &&
    'address' in remote &&
    Array.isArray(routes) &&
    routes.every((route) => typeof route === 'string' && !/[\r\n]/.test(route))
  );
}
