import { type Clock, MultiLineError } from '@multiline/core';
import type { CrmCredentials, CrmCredentialsSource, CrmNeed } from '../api.ts';

/** The token in use: asked for when it is first needed, before it ends, and when the org refuses it. */
export interface Session {
  current(): Promise<CrmCredentials>;
  /** Another token instead of `refused`: asked for once, however many requests were refused with it. */
  renewed(refused: CrmCredentials): Promise<CrmCredentials>;
}

/** A token so near its end is renewed first: a request may take a while. */
const SPARE_MS = 30_000;

export function sessionOf(source: CrmCredentialsSource, clock: Clock): Session {
  let token: CrmCredentials | undefined;
  let asking: Promise<CrmCredentials> | undefined;

  function ask(reason: CrmNeed['reason']): Promise<CrmCredentials> {
    asking ??= answerOf(source, reason)
      .then((answer) => (token = answer))
      .finally(() => (asking = undefined));
    return asking;
  }

  return {
    current() {
      if (asking) return asking;
      if (!token) return ask('start');
      const ends = token.expiresAt !== undefined && token.expiresAt - SPARE_MS <= clock.now();
      return ends ? ask('expiring') : Promise.resolve(token);
    },
    renewed(refused) {
      return token === refused ? ask('rejected') : this.current();
    },
  };
}

async function answerOf(source: CrmCredentialsSource, reason: CrmNeed['reason']): Promise<CrmCredentials> {
  try {
    const { accessToken, instanceUrl, expiresAt } = await source({ for: 'crm', reason });
    if (typeof accessToken !== 'string' || accessToken === '') throw new MultiLineError('auth-failed');
    return {
      accessToken,
      ...(instanceUrl === undefined ? {} : { instanceUrl }),
      // A token that comes expired is tried: the user's clock may be wrong.
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
  } catch (error) {
    throw error instanceof MultiLineError ? error : new MultiLineError('auth-failed', { cause: error });
  }
}
