import { atom, computed, type ReadableAtom } from 'nanostores';
import { quietly } from '../deadline.ts';
import type { Policy } from '../policy/policy.ts';
import { MultiLineError } from '../ports/errors.ts';
import type { Line, LineLogin } from '../ports/line.ts';

/** Who is signed in at the phone: a hot desk's user and an agent sign themselves in and out, everybody else is (MV-48). */
export interface SignIn {
  readonly $loggedIn: ReadableAtom<boolean>;
  /** The next leader needs it. In memory only, here and in the user's other tabs; never in a row, an event or a log (docs/decisions/0017). */
  readonly $login: ReadableAtom<LineLogin | null>;
  /** Signs in and starts the line. Rejects (`auth-failed`, `network`, …) when that failed: then nobody is signed in. */
  logIn(login: LineLogin): Promise<void>;
  /** Signs out and stops the line. */
  logOut(): Promise<void>;
  /** Starts the line of a new leader, if anybody is signed in. */
  start(): Promise<void>;
  mirror(login: LineLogin | null): void;
  clear(): void;
}

export function createSignIn(line: Line, policy: Policy, inCall: () => boolean): SignIn {
  const $login = atom<LineLogin | null>(null);
  const regular = policy.profile === 'regular';

  async function open(login: LineLogin): Promise<void> {
    if (!line.logIn) throw new MultiLineError('unsupported');
    await line.logIn(login);
    await line.start();
  }

  async function close(): Promise<void> {
    $login.set(null);
    try {
      await line.logIn?.(null);
    } finally {
      await line.stop();
    }
  }

  function idle(): void {
    if (regular) throw new MultiLineError('forbidden', { message: 'This profile is always signed in.' });
    if (inCall()) throw new MultiLineError('in-call');
  }

  return {
    $login,
    $loggedIn: computed($login, (login) => regular || login !== null),
    async logIn({ username, password }) {
      idle();
      if (!username || !password) throw new MultiLineError('refused', { message: 'User and password are needed.' });
      if ($login.get()) await close();
      try {
        await open({ username, password });
        const status = line.$status.get();
        if ('failure' in status) throw new MultiLineError(status.failure.code, status.failure);
        $login.set({ username, password });
      } catch (error) {
        await close().catch(() => undefined);
        throw error;
      }
    },
    async logOut() {
      idle();
      await close();
    },
    async start() {
      const login = $login.get();
      if (regular) await line.start();
      else if (login) await open(login);
    },
    mirror: (login) => $login.set(login),
    clear() {
      if (!$login.get()) return;
      $login.set(null);
      quietly(() => line.logIn?.(null));
    },
  };
}
