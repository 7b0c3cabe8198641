import type { WritableAtom } from 'nanostores';
import type { Calls } from './calls/calls.ts';
import { attempt, quietly } from './deadline.ts';
import { countKept } from './journal/kept.ts';
import { askUser, openOwner, wipeOwner, type Owner } from './owner.ts';
import type { Clock } from './ports/clock.ts';
import type { Crm, CrmUser } from './ports/crm.ts';
import { asError, asFailure, type Failure } from './ports/errors.ts';
import type { DialClick, Host } from './ports/host.ts';
import type { Line, LineStatus } from './ports/line.ts';
import type { Storage } from './ports/storage.ts';
import type { Tabs } from './ports/tabs.ts';
import type { Kept } from './workspace-state.ts';

export interface SessionParts {
  line: Line;
  crm: Crm | null;
  host: Host | null;
  storage: Storage;
  tabs: Tabs;
  clock: Clock;
  calls: Calls;
  lead: { start(): Promise<void>; stop(): Promise<void> };
  $crmUser: WritableAtom<CrmUser | null>;
  $line: WritableAtom<LineStatus>;
  $signedOut: WritableAtom<boolean | Failure>;
  /** Reads what storage has of this user. */
  load(): Promise<void>;
  /** Forgets everything in memory that is this user's. */
  forget(): void;
  /** Resolves once everything put is durable. */
  settled(): Promise<void>;
  lineChanged(status: LineStatus): void;
  /** A number of the host's page was clicked; null where clicks are not to dial (MV-13). */
  clicked: ((click: DialClick) => void) | null;
  /** This tab has begun to lead or to follow. */
  joined(leading: boolean): void;
  /** This tab belongs to nobody any more. */
  left(): void;
  /** It is known now whose CRM this is. */
  confirmed(): void;
  failed(error: unknown): void;
}

/** From start to stop, for one user, in one tab. */
export interface Session {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Counts what storage has of the user. */
  kept(): Promise<Kept>;
  /** Stops and wipes everything of the user; asked again, what could not be wiped. */
  signOut(): Promise<void>;
  readonly running: boolean;
  /** Whether the CRM has named the user, and it is the one whose data is open. */
  readonly confirmed: boolean;
  /** Asks the CRM now who signs in, if that is still open. */
  hurry(): void;
}

interface Visit {
  readonly owner: Owner;
  readonly stops: (() => void)[];
  readonly hurry: () => void;
  confirmed: boolean;
}

export function createSession(parts: SessionParts): Session {
  const { line, crm, host, storage, tabs, clock, calls, lead, $crmUser, $line, $signedOut, failed } = parts;
  const { uri } = line.identity;
  let visit: Visit | null = null;
  /** Beginning and ending happen one after the other, however they are asked for. */
  let turn: Promise<unknown> = Promise.resolve();
  /** So do taking the lead and giving it up. */
  let leadTurn: Promise<void> = Promise.resolve();
  let leads = false;
  /** Whose data could not be wiped when they signed out. */
  let undeleted: string | null = null;

  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  }

  function leadingChanged(leading: boolean): Promise<void> {
    leadTurn = leadTurn.then(async () => {
      if (leading === leads) return;
      leads = leading;
      if (leading) parts.lineChanged(line.$status.get());
      await (leading ? lead.start() : lead.stop()).catch(failed);
      if (!leading) parts.lineChanged({ state: 'off' });
      if (visit) parts.joined(leading);
    });
    return leadTurn;
  }

  /** @param named the user, when the CRM has just named somebody else than whose data was open */
  async function begin(named: CrmUser | null): Promise<void> {
    if (visit) return;
    $signedOut.set(false);
    undeleted = null;
    const signedIn = askUser(named ? () => Promise.resolve(named) : (crm?.me?.bind(crm) ?? null), clock);
    const stops = [signedIn.stop];
    try {
      const owner = await openOwner(storage, uri, clock, signedIn, named);
      $crmUser.set(owner.user);
      await parts.load();
      await tabs.join(owner.name);
      const own: Visit = { owner, stops, hurry: signedIn.hurry, confirmed: false };
      visit = own;
      void signedIn.user.then((user) => visit === own && namedUser(own, user));
      stops.push(line.$status.listen((status) => tabs.$leading.get() && parts.lineChanged(status)));
      enterHost(stops);
      const leading = leadingChanged(tabs.$leading.get());
      stops.push(tabs.$leading.listen((now) => void leadingChanged(now)));
      await leading;
      if (!tabs.$leading.get()) parts.joined(false);
    } catch (error) {
      for (const stop of stops) quietly(stop);
      visit = null;
      await attempt(() => tabs.leave()).catch(() => undefined);
      await attempt(() => storage.close()).catch(() => undefined);
      throw error;
    }
  }

  /** A host that fails is told of; the phone rings without it. */
  function enterHost(stops: (() => void)[]): void {
    const { clicked } = parts;
    if (clicked) attempt(() => host?.onClickToDial?.(clicked)).then((stop) => stop && stops.push(stop), failed);
    attempt(() => host?.start?.()).catch(failed);
  }

  function namedUser(own: Visit, user: CrmUser | null): void {
    // A CRM that will never say whether it is still the one we remember: what is theirs waits, it may be somebody else's CRM.
    if (!user && own.owner.user && crm?.me) return;
    if (!user || user.ref.id === own.owner.user?.ref.id) {
      if (user) $crmUser.set(user);
      own.confirmed = true;
      parts.confirmed();
      return;
    }
    // Everything begins anew under the right name, but never in the middle of a call.
    whenIdle(own, () => {
      inTurn(async () => {
        if (visit !== own) return;
        await end();
        parts.forget();
        await begin(user);
      }).catch(failed);
    });
  }

  function whenIdle(own: Visit, then: () => void): void {
    const idle = (): boolean => calls.$calls.get().every(({ phase }) => phase === 'ended');
    if (idle()) {
      then();
      return;
    }
    const stop = calls.$calls.listen(() => {
      if (!idle()) return;
      stop();
      then();
    });
    own.stops.push(stop);
  }

  async function end(): Promise<void> {
    if (!visit) return;
    const { stops } = visit;
    visit = null;
    for (const stop of stops) quietly(stop);
    await leadingChanged(false);
    quietly(() => host?.stop?.());
    await parts.settled();
    await attempt(() => tabs.leave()).catch(failed);
    await attempt(() => storage.close()).catch(failed);
    $line.set({ state: 'off' });
    parts.left();
  }

  return {
    start: () => inTurn(() => begin(null)),
    stop: () => inTurn(end),
    async kept() {
      await parts.settled();
      return countKept(storage);
    },
    signOut: () =>
      inTurn(async () => {
        const name = visit?.owner.name ?? undeleted;
        if (name === null) return;
        if (visit) {
          await end();
          parts.forget();
          $crmUser.set(null);
          quietly(() => line.forget?.());
        }
        undeleted = name;
        try {
          await wipeOwner(storage, uri, name);
        } catch (error) {
          $signedOut.set(asFailure(asError(error)));
          throw error;
        }
        undeleted = null;
        $signedOut.set(true);
      }),
    get running() {
      return visit !== null;
    },
    get confirmed() {
      return visit?.confirmed ?? false;
    },
    hurry: () => visit?.hurry(),
  };
}
