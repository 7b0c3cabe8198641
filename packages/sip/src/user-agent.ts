import {
  SIPExtension,
  UserAgent,
  type Core,
  type Invitation,
  type SessionDescriptionHandlerFactory,
  type URI,
} from 'sip.js';
import { Digest } from './authentication/digest.ts';
import { quotable } from './headers.ts';
import { ServerConnection, type ServerConnectionOptions } from './server-connection.ts';
import { takeAsRead } from './transport/read-message.ts';

/** Which phone of a user this is, the same after a reload. */
export interface PhoneIdentity {
  /** The user part of the Contact. */
  readonly contactName: string;
  /** A UUID (RFC 5626 §4.1). */
  readonly instanceId: string;
}

export interface UserAgentSpec {
  readonly uri: URI;
  readonly displayName: string | undefined;
  readonly phone: PhoneIdentity;
  readonly connection: ServerConnectionOptions & { readonly made: (connection: ServerConnection) => void };
  readonly media: SessionDescriptionHandlerFactory;
  readonly onInvitation: (invitation: Invitation) => void;
  /** A server tells something that it was never asked for; false where nobody wants to hear it. */
  readonly onNotify: (event: string, body: string) => boolean;
  /** The connection broke; not called when we closed it. */
  readonly onLost: (error: Error) => void;
}

/** How long an unanswered call may ring here, in seconds: servers give up before. */
const RING_S = 180;

/** SIP.js's user agent as we use it: silent, no shutdown on unload, every out-of-dialog request answered. */
export function makeUserAgent(spec: UserAgentSpec): UserAgent {
  const { made, ...connection } = spec.connection;
  class Connection extends ServerConnection {
    constructor(logger: Core.Logger) {
      super(logger, connection);
      made(this);
    }
  }
  const userAgent = new UserAgent({
    uri: spec.uri,
    displayName: quotable(spec.displayName ?? ''),
    contactName: spec.phone.contactName,
    instanceId: spec.phone.instanceId,
    userAgentString: 'MultiLine',
    // On unload SIP.js would end the calls; a reload must not.
    gracefulShutdown: false,
    sendInitialProvisionalResponse: false,
    noAnswerTimeout: RING_S,
    sipExtensionReplaces: SIPExtension.Supported,
    allowLegacyNotifications: true,
    // Its log would contain whole messages, digests among them.
    logBuiltinEnabled: false,
    logConfiguration: false,
    logLevel: 'error',
    transportConstructor: Connection,
    sessionDescriptionHandlerFactory: spec.media,
    delegate: {
      onDisconnect: (error) => {
        if (error) spec.onLost(error);
      },
      onInvite: spec.onInvitation,
      // Requests that reach a delegate are answered by it or never.
      onMessage: (message) => void message.reject({ statusCode: 405 }),
      onNotify: (notification) => {
        const { request } = notification;
        const event = /^[^;\s]*/.exec(request.getHeader('event')?.trim() ?? '')?.[0] ?? '';
        const wanted = spec.onNotify(event.toLowerCase(), request.body);
        void (wanted ? notification.accept() : notification.reject({ statusCode: 481 }));
      },
      onReferRequest: (request) => void request.reject({ statusCode: 405 }),
      onSubscribeRequest: (request) => void request.reject({ statusCode: 489 }),
      onRegisterRequest: (request) => void request.reject({ statusCode: 405 }),
    },
  });
  takeAsRead(userAgent);
  const { configuration, userAgentCore } = userAgent;
  userAgentCore.configuration.authenticationFactory = () => new Digest(configuration) as never;
  return userAgent;
}
