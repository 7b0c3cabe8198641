import { asError, MultiLineError, type Clock, type Failure, type LineStatus } from '@multiline/core';
import { atom, type ReadableAtom } from 'nanostores';
import { UserAgent, UserAgentState, type Invitation, type SessionDescriptionHandlerFactory, type URI } from 'sip.js';
import { Credentials, type CredentialsSource, type SipCredentials } from './credentials.ts';
import { within } from './deadlines.ts';
import { createPulse, type Pulse } from './pulse.ts';
import { pauseMs } from './recovery.ts';
import { Registration, type RegistrationOutcome } from './registration.ts';
import { ServerConnection } from './server-connection.ts';
import { askForLife } from './sign-of-life.ts';
import type { SipTransportConstructor } from './transport-shape.ts';
import { makeUserAgent, type PhoneIdentity } from './user-agent.ts';

/** What stands on an account hears of it. */
export interface LinkUser {
  /** Makes the media of a session. */
  readonly media: SessionDescriptionHandlerFactory;
  onInvitation(invitation: Invitation): void;
  /** The server cannot be reached any more. */
  onLost(failure: Failure): void;
  /** Registered, the first time or again. */
  onRegistered(): void;
  /** Whether a call lives: a dead link must then be noticed sooner. */
  inCall(): boolean;
}

export interface AccountLinkOptions {
  readonly servers: readonly string[];
  readonly uri: URI;
  readonly displayName: string | undefined;
  readonly phone: PhoneIdentity;
  readonly credentials: CredentialsSource;
  readonly registerExpiresS: number;
  readonly pulseMs: { readonly idle: number; readonly inCall: number };
  readonly transport: SipTransportConstructor;
  readonly clock: Clock;
  readonly random: () => number;
}

const CONNECT_MS = 6_000;
const REGISTER_MS = 8_000;
const UNREGISTER_MS = 1_000;
const PULSE_DEADLINE_MS = 3_000;

/** The socket, the registration and their recovery. The one place that sets an account's status. */
export class AccountLink {
  readonly #options: AccountLinkOptions;
  readonly #status = atom<LineStatus>({ state: 'off' });
  readonly #pulse: Pulse;
  readonly #credentials: Credentials;
  #user: LinkUser | undefined;
  #userAgent: UserAgent | undefined;
  #connection: ServerConnection | undefined;
  #registration: Registration | undefined;
  #answersOptions = false;
  #failures = 0;
  #serverIndex = 0;
  /** Which attempt is the present one: whatever an older one still brings is void. */
  #turn = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(options: AccountLinkOptions) {
    this.#options = options;
    this.#credentials = new Credentials(options.credentials, options.clock);
    this.#pulse = createPulse({
      clock: options.clock,
      intervalMs: () => (this.#user?.inCall() ? options.pulseMs.inCall : options.pulseMs.idle),
      deadlineMs: PULSE_DEADLINE_MS,
      ask: () => {
        if (this.#userAgent) askForLife(this.#userAgent, () => (this.#answersOptions = true));
      },
      onDead: () => {
        this.#silent();
      },
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

  /** There while the account is started. */
  get userAgent(): UserAgent | undefined {
    return this.#userAgent;
  }

  get connected(): boolean {
    return this.#connection?.isConnected() ?? false;
  }

  get uri(): URI {
    return this.#options.uri;
  }

  attach(user: LinkUser): void {
    this.#user = user;
  }

  /** A call has begun: looks at the link as closely as a call deserves. */
  watchClosely(): void {
    if (this.#status.get().state === 'registered') this.#pulse.start();
  }

  async start(): Promise<void> {
    if (this.#userAgent) return;
    this.#status.set({ state: 'connecting' });
    this.#failures = 0;
    this.#build();
    if ('addEventListener' in globalThis) addEventListener('online', this.reconnect);
    await new Promise<void>((resolve) => {
      const stop = this.#status.listen(() => {
        stop();
        resolve();
      });
      void this.#attempt();
    });
  }

  async stop(): Promise<void> {
    const userAgent = this.#userAgent;
    if (!userAgent) return;
    this.#turn++;
    this.#rest();
    if ('removeEventListener' in globalThis) removeEventListener('online', this.reconnect);
    if (this.connected && this.#status.get().state === 'registered') {
      // A server that is silent need not hear it: the registration ends by itself.
      await within<unknown>(
        this.#options.clock,
        UNREGISTER_MS,
        Promise.resolve(this.#registration?.unregister()),
        () => undefined,
      );
    }
    this.#userAgent = undefined;
    this.#credentials.forget();
    if (userAgent.state === UserAgentState.Started) await userAgent.stop();
    this.#status.set({ state: 'off' });
  }

  /** Tries now, if there is anything to try. */
  readonly reconnect = (): void => {
    const { state } = this.#status.get();
    if (state === 'failed') this.#status.set({ state: 'connecting' });
    if (state === 'reconnecting' || state === 'failed') void this.#attempt();
  };

  #build(): void {
    const options = this.#options;
    this.#userAgent = makeUserAgent({
      uri: options.uri,
      displayName: options.displayName,
      phone: options.phone,
      connection: {
        inner: options.transport,
        server: () => options.servers[this.#serverIndex % options.servers.length] ?? '',
        onActivity: () => {
          this.#pulse.beat();
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
      onLost: () => {
        this.#lost(new MultiLineError('network'));
      },
    });
    this.#registration = new Registration({
      userAgent: this.#userAgent,
      expiresS: options.registerExpiresS,
      timeoutMs: REGISTER_MS,
      clock: options.clock,
    });
  }

  async #attempt(): Promise<void> {
    const turn = ++this.#turn;
    this.#rest();
    try {
      const outcome = await this.#signIn(turn);
      if (turn !== this.#turn) return;
      this.#failures = 0;
      this.#renewIn(outcome.expiresS);
      this.#pulse.start();
      if (this.#status.get().state !== 'registered') this.#status.set({ state: 'registered' });
      this.#user?.onRegistered();
    } catch (thrown) {
      if (turn === this.#turn) this.#lost(asError(thrown));
    }
  }

  /** Connects and registers, asking once more for credentials where they were refused. */
  async #signIn(turn: number): Promise<RegistrationOutcome & { state: 'registered' }> {
    this.#signWith(await this.#credentials.fresh());
    if (turn !== this.#turn) throw new MultiLineError('network');
    await this.#connect();
    let outcome = await this.#register();
    if (outcome.state === 'rejected' && refusesSignIn(outcome.status)) {
      this.#signWith(await this.#credentials.afterRejection());
      outcome = await this.#register();
      if (outcome.state === 'rejected' && refusesSignIn(outcome.status)) {
        this.#credentials.forget();
        throw new MultiLineError('auth-failed', { message: outcome.reason });
      }
    }
    if (outcome.state === 'registered') return outcome;
    if (outcome.state === 'silent') throw new MultiLineError('timeout');
    const { retryAfterS } = outcome;
    throw new MultiLineError(outcome.status === 503 ? 'limit' : 'server', {
      message: `${String(outcome.status)} ${outcome.reason}`,
      ...(retryAfterS === undefined ? {} : { retryAt: this.#options.clock.now() + retryAfterS * 1000 }),
    });
  }

  #register(): Promise<RegistrationOutcome> {
    return this.#registration?.register() ?? Promise.resolve({ state: 'silent' });
  }

  async #connect(): Promise<void> {
    const userAgent = this.#userAgent;
    if (!userAgent || this.connected) return;
    const connecting = userAgent.state === UserAgentState.Started ? userAgent.reconnect() : userAgent.start();
    const network = connecting.catch((thrown: unknown) => {
      throw new MultiLineError('network', { cause: thrown });
    });
    await within(this.#options.clock, CONNECT_MS, network, () => {
      throw new MultiLineError('timeout');
    });
  }

  #signWith({ username, password, ha1 }: SipCredentials): void {
    const configuration = this.#userAgent?.configuration;
    if (!configuration) return;
    configuration.authorizationUsername = username ?? this.#options.uri.user ?? '';
    configuration.authorizationPassword = password ?? '';
    configuration.authorizationHa1 = ha1 ?? '';
  }

  /** Not reachable or not registered: says so, and when it is tried again. */
  #lost(error: MultiLineError): void {
    this.#turn++;
    this.#rest();
    const { clock, random } = this.#options;
    const { code, message, retryable } = error;
    if (this.connected) void this.#connection?.disconnect();
    else this.#connection?.drop(error);
    if (code === 'auth-failed') {
      const failure: Failure = { code, message, retryable };
      this.#status.set({ state: 'failed', failure });
      this.#user?.onLost(failure);
      return;
    }
    this.#failures++;
    this.#serverIndex++;
    this.#answersOptions = false;
    const retryAt = Math.max(clock.now() + pauseMs(this.#failures, random()), error.retryAt ?? 0);
    const failure: Failure = { code, message, retryable: true, retryAt };
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

  /** A server that has never answered our OPTIONS may not do so at all: then it must answer a registration. */
  #silent(): void {
    if (this.#answersOptions) this.#connection?.drop(new Error('The server gave no sign of life.'));
    else void this.#attempt();
  }
}

function refusesSignIn(status: number): boolean {
  return status === 401 || status === 403 || status === 407;
}
