import { asError, asFailure, MultiLineError, type Clock, type Failure, type LineStatus } from '@multiline/core';
import { atom, type ReadableAtom } from 'nanostores';
import { UserAgentState, type UserAgent, type URI } from 'sip.js';
import { Credentials, type SipCredentials } from './credentials.ts';
import { within } from './deadlines.ts';
import { linkPulse } from './link-pulse.ts';
import type { AccountLinkOptions, LinkUser } from './link-user.ts';
import { LineLog } from './line-log.ts';
import { watchPage } from './page-watch.ts';
import { OwnCalls } from './subscriptions/own-calls.ts';
import type { Pulse } from './pulse.ts';
import { backOffFor, pauseMs } from './recovery.ts';
import { Registration } from './registration.ts';
import type { ServerConnection } from './server-connection.ts';
import { signIn, type SignInOptions } from './sign-in.ts';
import { askForLife } from './sign-of-life.ts';
import { Visit } from './visit.ts';
import { makeUserAgent } from './user-agent.ts';

const REGISTER_MS = 8_000;
const UNREGISTER_MS = 1_000;

/** The socket, the registration and their recovery. The one place that sets an account's status. */
export class AccountLink {
  readonly log: LineLog;
  readonly ownCalls: OwnCalls;
  readonly #options: AccountLinkOptions;
  readonly #status = atom<LineStatus>({ state: 'off' });
  readonly #pulse: Pulse;
  readonly #credentials: Credentials;
  readonly #leaving = new Set<() => void>();
  readonly #notified = new Map<string, (body: string) => void>();
  #user: LinkUser | undefined;
  #userAgent: UserAgent | undefined;
  #connection: ServerConnection | undefined;
  #signIn: SignInOptions | undefined;
  #started = false;
  #signedOut: boolean;
  #answersOptions = false;
  #failures = 0;
  #serverIndex = 0;
  /** Which attempt is the present one: whatever an older one still brings is void. */
  #turn = 0;
  #cancelTimer: (() => void) | undefined;
  #unwatch: (() => void) | undefined;

  constructor(options: AccountLinkOptions) {
    this.#options = options;
    this.#signedOut = options.signedOut;
    this.log = new LineLog(options.clock);
    this.ownCalls = new OwnCalls(options.correlationHeader);
    this.#credentials = new Credentials(options.credentials, options.clock);
    this.#pulse = linkPulse({
      clock: options.clock,
      pulseMs: options.pulseMs,
      inCall: () => this.#user?.inCall() ?? false,
      answersOptions: () => this.#answersOptions,
      ask: () => {
        if (this.#userAgent) askForLife(this.#userAgent, () => this.#answered());
      },
      onDead: () => {
        this.#silent();
      },
    });
    this.#status.listen((status) => {
      this.log.add('failure' in status ? `${status.state}: ${status.failure.code}` : status.state);
    });
  }

  get $status(): ReadableAtom<LineStatus> {
    return this.#status;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  get random(): () => number {
    return this.#options.random;
  }

  /** There while the account is started and somebody is signed in. */
  get userAgent(): UserAgent | undefined {
    return this.#userAgent;
  }

  get connected(): boolean {
    return this.#connection?.isConnected() ?? false;
  }

  get uri(): URI {
    return this.#options.uri;
  }

  /** The server of the moment. */
  get server(): string {
    const { servers } = this.#options;
    return servers[this.#serverIndex % servers.length] ?? '';
  }

  attach(user: LinkUser): void {
    this.#user = user;
  }

  /** Hears what a server tells of an event package without having been asked, e.g. `message-summary`. */
  onNotify(event: string, listener: (body: string) => void): void {
    this.#notified.set(event, listener);
  }

  /** Hears that we are about to leave, while the server can still be told. Answers how to stop. */
  onLeaving(listener: () => void): () => void {
    this.#leaving.add(listener);
    return () => this.#leaving.delete(listener);
  }

  /** A call has begun: looks at the link as closely as a call deserves. */
  watchClosely(): void {
    if (this.#status.get().state === 'registered') this.#pulse.start();
  }

  async start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    if (!this.#signedOut) await this.#open();
  }

  async stop(): Promise<void> {
    this.#started = false;
    await this.#close();
  }

  /**
   * Signs in with these instead of the account's own credentials, or out. Rejects when the server did not take them or could
   * not be reached: then nobody is signed in.
   */
  async logIn(login: SipCredentials | null): Promise<void> {
    await this.#close();
    this.#signedOut = login === null;
    this.#credentials.login(login ?? undefined);
    if (!login || !this.#started) return;
    await this.#open();
    const status = this.#status.get();
    if (!('failure' in status)) return;
    await this.logIn(null);
    const { code, message, retryable } = status.failure;
    throw new MultiLineError(code, { message, retryable });
  }

  /** Tries now, if there is anything to try. */
  readonly reconnect = (): void => {
    const { state } = this.#status.get();
    if (state === 'failed') this.#status.set({ state: 'connecting' });
    if (state === 'reconnecting' || state === 'failed') void this.#attempt();
  };

  /** Connects and signs in; resolves when the first attempt has succeeded or failed. */
  async #open(): Promise<void> {
    this.#status.set({ state: 'connecting' });
    this.#failures = 0;
    this.#serverIndex = 0;
    this.#build();
    this.#unwatch = watchPage(() => {
      this.#suspect();
    });
    await new Promise<void>((resolve) => {
      const stop = this.#status.listen(() => {
        stop();
        resolve();
      });
      void this.#attempt();
    });
  }

  async #close(): Promise<void> {
    const userAgent = this.#userAgent;
    if (!userAgent) return;
    this.#turn++;
    this.#rest();
    this.#unwatch?.();
    if (this.connected && this.#status.get().state === 'registered') {
      for (const leaving of this.#leaving) leaving();
      // A server that is silent need not hear it: the registration ends by itself.
      await within<unknown>(
        this.#options.clock,
        UNREGISTER_MS,
        Promise.resolve(this.#signIn?.attendance.unregister()),
        () => undefined,
      );
    }
    this.#userAgent = undefined;
    this.#credentials.forget();
    if (userAgent.state === UserAgentState.Started) await userAgent.stop();
    // What came while we took our leave may have set it going again.
    this.#rest();
    this.#status.set({ state: 'off' });
  }

  #build(): void {
    const options = this.#options;
    const { clock } = options;
    const userAgent = makeUserAgent({
      uri: options.uri,
      displayName: options.displayName,
      phone: options.phone,
      connection: {
        inner: options.transport,
        server: () => this.server,
        onActivity: () => {
          this.#pulse.beat();
        },
        onMessage: (way, message) => {
          this.log.message(way, message);
          this.ownCalls.message(way, message);
        },
        made: (connection) => void (this.#connection = connection),
      },
      media: (session, given) => {
        if (!this.#user) throw new MultiLineError('not-ready');
        return this.#user.media(session, given);
      },
      onInvitation: (invitation) => {
        if (this.#user) this.#user.onInvitation(invitation);
        else void invitation.reject({ statusCode: 480 });
      },
      onNotify: (event, body) => {
        this.#notified.get(event)?.(body);
        return this.#notified.has(event);
      },
      onLost: () => {
        this.#lost(new MultiLineError('network'));
      },
    });
    this.#userAgent = userAgent;
    const attendance = { userAgent, expiresS: options.registerExpiresS, timeoutMs: REGISTER_MS, clock };
    this.#signIn = {
      userAgent,
      connection: () => this.#connection,
      attendance: this.#user?.unregistered ? new Visit(attendance) : new Registration(attendance),
      credentials: this.#credentials,
      clock,
      servers: options.servers.length,
      nextServer: () => this.#serverIndex++,
    };
  }

  async #attempt(): Promise<void> {
    const turn = ++this.#turn;
    const present = (): boolean => turn === this.#turn;
    this.#rest();
    if (!this.#signIn) return;
    try {
      const expiresS = await signIn(this.#signIn, present);
      if (!present()) return;
      this.#failures = 0;
      this.#renewIn(expiresS);
      this.#pulse.start();
      if (this.#status.get().state !== 'registered') {
        this.#status.set({ state: 'registered' });
        // Learned while nothing is amiss: whether this server answers at all.
        if (!this.#answersOptions) this.#pulse.doubt();
      }
      this.#user?.onRegistered();
    } catch (thrown) {
      if (present()) this.#lost(asError(thrown));
    }
  }

  /** Not reachable or not registered: says so, and when it is tried again. */
  #lost(error: MultiLineError, atOnce = false): void {
    this.#turn++;
    this.#rest();
    const { clock, random } = this.#options;
    if (this.connected) void this.#connection?.disconnect();
    else this.#connection?.drop(error);
    if (error.code === 'auth-failed') {
      const failure = asFailure(error);
      this.#status.set({ state: 'failed', failure });
      this.#user?.onLost(failure);
      return;
    }
    this.#failures++;
    this.#answersOptions = false;
    const pause = pauseMs(this.#failures, random(), backOffFor(this.#user?.inCall() ?? false, this.#failures));
    const retryAt = Math.max(clock.now() + (atOnce ? 0 : pause), error.retryAt ?? 0);
    if (!atOnce) this.#serverIndex++;
    const failure: Failure = { code: error.code, message: error.message, retryable: true, retryAt };
    this.#status.set({ state: 'reconnecting', retryAt, failure });
    this.#cancelTimer = clock.at(retryAt, () => void this.#attempt());
    this.#user?.onLost(failure);
  }

  #renewIn(expiresS: number): void {
    const { clock, random } = this.#options;
    const share = 0.75 + 0.15 * random();
    this.#cancelTimer = clock.at(clock.now() + expiresS * 1000 * share, () => void this.#attempt());
  }

  #rest(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#pulse.stop();
  }

  /** Something about the page or its network has changed. */
  #suspect(): void {
    if (this.#status.get().state === 'registered') this.#pulse.doubt();
    else if (this.#status.get().state === 'reconnecting') this.reconnect();
  }

  #answered(): void {
    if (this.#answersOptions) return;
    this.#answersOptions = true;
    this.watchClosely();
  }

  /**
   * A link that is dead for us alone is made anew at once. A server that has never answered our OPTIONS may not do so at all:
   * then it must answer a registration.
   */
  #silent(): void {
    if (this.#answersOptions) this.#lost(new MultiLineError('network'), true);
    else void this.#attempt();
  }
}
