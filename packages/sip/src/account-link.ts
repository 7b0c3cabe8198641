import { asError, asFailure, MultiLineError, type Clock, type Failure, type LineStatus } from '@multiline/core';
import { atom, type ReadableAtom } from 'nanostores';
import { UserAgentState, type UserAgent, type URI } from 'sip.js';
import { Credentials, type SipCredentials } from './credentials.ts';
import { Deadlines, within } from './deadlines.ts';
import { linkAgent, type LinkAgent } from './link-agent.ts';
import type { AccountLinkOptions, LinkUser } from './link-user.ts';
import { LinkWatch } from './link-watch.ts';
import { LineLog } from './line-log.ts';
import { attention, watchPage } from './page-watch.ts';
import { OwnCalls } from './subscriptions/own-calls.ts';
import { BackOff } from './recovery.ts';
import { ServerList } from './server-list.ts';
import { signIn } from './sign-in.ts';

const UNREGISTER_MS = 1_000;
/** A network changes in several steps, and the connection of each call finds out for itself. */
const SETTLE_MS = 100;
/** A network that comes back does so for everybody in the house. */
const TOGETHER_MS = 500;

/** The socket, the registration and their recovery. The one place that sets an account's status. */
export class AccountLink {
  readonly log: LineLog;
  readonly ownCalls: OwnCalls;
  readonly #options: AccountLinkOptions;
  readonly #status = atom<LineStatus>({ state: 'off' });
  readonly #watch: LinkWatch;
  /** The next attempt, or renewal. */
  readonly #next: Deadlines;
  readonly #credentials: Credentials;
  readonly #servers: ServerList;
  #backOff: BackOff;
  readonly #leaving = new Set<() => void>();
  readonly #notified = new Map<string, (body: string) => void>();
  #user: LinkUser | undefined;
  #agent: LinkAgent | undefined;
  #started = false;
  #signedOut: boolean;
  /** Which attempt is the present one: whatever an older one still brings is void. */
  #turn = 0;
  #unwatch: (() => void) | undefined;

  constructor(options: AccountLinkOptions) {
    this.#options = options;
    this.#signedOut = options.signedOut;
    this.log = new LineLog(options.clock);
    this.ownCalls = new OwnCalls(options.correlationHeader);
    this.#credentials = new Credentials(options.credentials, options.clock);
    this.#next = new Deadlines(options.clock);
    this.#servers = new ServerList(options.servers);
    this.#backOff = new BackOff(options.clock, options.random);
    this.#watch = new LinkWatch({
      clock: options.clock,
      pulseMs: options.pulseMs,
      inCall: () => this.#inCall,
      userAgent: () => this.userAgent,
      onSilence: (certain) => {
        // A link that is dead for us alone is made anew at once.
        if (certain) this.#lost(new MultiLineError('network'), true);
        else void this.#attempt();
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
    return this.#agent?.userAgent;
  }

  get connected(): boolean {
    return this.#agent?.connection()?.isConnected() ?? false;
  }

  get uri(): URI {
    return this.#options.uri;
  }

  /** The server of the moment. */
  get server(): string {
    return this.#servers.current;
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

  /** Takes in a message that came another way as if the server had sent it. */
  receive(message: string): void {
    this.#agent?.connection()?.receive(message);
  }

  /** A call has begun: looks at the link as closely as a call deserves. */
  watchClosely(): void {
    if (this.#status.get().state === 'registered') this.#watch.start();
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

  /** We may be elsewhere now. */
  readonly networkChanged = (): void => {
    this.#next.in('settle', this.#inCall ? SETTLE_MS : 0, () => {
      this.#user?.onMoved();
      this.verify();
    });
  };

  /**
   * The server may think that we are elsewhere, or not hear us at all. An idle phone asks whether its link still holds. In a call
   * there is no time for that alone: it registers over it, and makes a new one when no answer comes as quickly as before.
   */
  verify(): void {
    if (this.#inCall && !this.#watch.doubtful && this.#status.get().state === 'registered') void this.#attempt();
    this.doubt();
  }

  /** Our way to the server may be no more: asks it, or when that is known already, tries to find another. */
  doubt(): void {
    const { state } = this.#status.get();
    if (state === 'reconnecting') this.#tryIn(this.#inCall ? 0 : TOGETHER_MS * this.random());
    if (state === 'registered') this.#watch.doubt();
  }

  get #inCall(): boolean {
    return this.#user?.inCall() ?? false;
  }

  /** Connects and signs in; resolves when the first attempt has succeeded or failed. */
  async #open(): Promise<void> {
    this.#status.set({ state: 'connecting' });
    this.#backOff = new BackOff(this.#options.clock, this.random);
    this.#servers.startOver();
    this.#agent = linkAgent({
      options: this.#options,
      credentials: this.#credentials,
      servers: this.#servers,
      user: () => this.#user,
      onActivity: () => this.#watch.beat(),
      onMessage: (way, message) => {
        this.log.message(way, message);
        this.ownCalls.message(way, message);
      },
      onNotify: (event, body) => {
        this.#notified.get(event)?.(body);
        return this.#notified.has(event);
      },
      onLost: () => this.#lost(new MultiLineError('network')),
    });
    this.#unwatch = watchPage({
      onNetwork: this.networkChanged,
      onReturn: () => {
        if (this.#status.get().state === 'registered') this.#watch.look();
        else if (this.#status.get().state === 'reconnecting') this.reconnect();
      },
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
    const agent = this.#agent;
    if (!agent) return;
    this.#turn++;
    this.#rest();
    this.#unwatch?.();
    if (this.connected && this.#status.get().state === 'registered') {
      for (const leaving of this.#leaving) leaving();
      // A server that is silent need not hear it: the registration ends by itself.
      await within<unknown>(this.#options.clock, UNREGISTER_MS, agent.signIn.attendance.unregister(), () => undefined);
    }
    this.#agent = undefined;
    this.#credentials.forget();
    if (agent.userAgent.state === UserAgentState.Started) await agent.userAgent.stop();
    // What came while we took our leave may have set it going again.
    this.#rest();
    this.#next.clear();
    this.#status.set({ state: 'off' });
  }

  async #attempt(): Promise<void> {
    const turn = ++this.#turn;
    const present = (): boolean => turn === this.#turn;
    this.#rest();
    if (!this.#agent) return;
    try {
      const expiresS = await signIn(this.#agent.signIn, present);
      if (!present()) return;
      this.#backOff.reset();
      // A hidden tab's timer may come a minute late.
      const sureS = expiresS > 120 ? expiresS - 60 : expiresS;
      this.#tryIn(this.#credentials.atMost(sureS * (750 + 150 * this.random())));
      if (this.#status.get().state === 'registered') {
        this.#watch.start();
      } else {
        this.#status.set({ state: 'registered' });
        this.#watch.startAnew();
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
    const { clock } = this.#options;
    const connection = this.#agent?.connection();
    if (this.connected) void connection?.disconnect();
    else connection?.drop(error);
    if (error.code === 'auth-failed' || error.code === 'auth-unsupported') {
      const failure = asFailure(error);
      this.#status.set({ state: 'failed', failure });
      this.#user?.onLost(failure);
      return;
    }
    const pause = this.#backOff.next(this.#inCall ? 'call' : attention(), error.code === 'network');
    const retryAt = Math.max(clock.now() + (atOnce ? 0 : pause), error.retryAt ?? 0);
    if (!atOnce) this.#servers.next();
    const failure: Failure = { code: error.code, message: error.message, retryable: true, retryAt };
    this.#status.set({ state: 'reconnecting', retryAt, failure });
    this.#tryIn(retryAt - clock.now());
    this.#user?.onLost(failure);
  }

  #tryIn(ms: number): void {
    this.#next.in('attempt', ms, () => void this.#attempt());
  }

  #rest(): void {
    this.#next.forget('attempt');
    this.#watch.stop();
  }
}
