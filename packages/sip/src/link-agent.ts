import { MultiLineError } from '@multiline/core';
import type { UserAgent } from 'sip.js';
import type { Credentials } from './credentials.ts';
import type { AccountLinkOptions, LinkUser } from './link-user.ts';
import { Registration } from './registration.ts';
import type { ServerConnection, ServerConnectionOptions } from './server-connection.ts';
import type { ServerList } from './server-list.ts';
import type { SignInOptions } from './sign-in.ts';
import { makeUserAgent } from './user-agent.ts';
import { Visit } from './visit.ts';

const REGISTER_MS = 8_000;

export interface LinkAgentSetup {
  readonly options: AccountLinkOptions;
  readonly credentials: Credentials;
  readonly servers: ServerList;
  readonly user: () => LinkUser | undefined;
  readonly onActivity: ServerConnectionOptions['onActivity'];
  readonly onMessage: ServerConnectionOptions['onMessage'];
  /** A server tells something unasked; false where nobody wants to hear it. */
  readonly onNotify: (event: string, body: string) => boolean;
  readonly onLost: () => void;
}

/** What speaks SIP for an account while somebody is signed in, and how it makes itself known. */
export interface LinkAgent {
  readonly userAgent: UserAgent;
  readonly connection: () => ServerConnection | undefined;
  readonly signIn: SignInOptions;
}

export function linkAgent(setup: LinkAgentSetup): LinkAgent {
  const { options, servers, user } = setup;
  const { clock, registerExpiresS } = options;
  let made: ServerConnection | undefined;
  const connection = (): ServerConnection | undefined => made;
  const userAgent = makeUserAgent({
    uri: options.uri,
    displayName: options.displayName,
    phone: options.phone,
    connection: {
      inner: options.transport,
      server: () => servers.current,
      onActivity: setup.onActivity,
      onMessage: setup.onMessage,
      made: (one) => void (made = one),
    },
    media: (session, given) => {
      const one = user();
      if (!one) throw new MultiLineError('not-ready');
      return one.media(session, given);
    },
    onInvitation: (invitation) => {
      const one = user();
      if (one) one.onInvitation(invitation);
      else void invitation.reject({ statusCode: 480 });
    },
    onNotify: setup.onNotify,
    onLost: setup.onLost,
  });
  const attendance = { userAgent, expiresS: registerExpiresS, timeoutMs: REGISTER_MS, clock };
  const signIn: SignInOptions = {
    userAgent,
    connection,
    attendance: user()?.unregistered ? new Visit(attendance) : new Registration(attendance),
    credentials: setup.credentials,
    clock,
    servers,
    inCall: () => user()?.inCall() ?? false,
  };
  return { userAgent, connection, signIn };
}
