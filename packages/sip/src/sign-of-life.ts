import type { UserAgent } from 'sip.js';

/** Asks the server for any answer at all; a refusal is one. Answers by `onAnswer`, or never. */
export function askForLife(userAgent: UserAgent, onAnswer: () => void): void {
  const core = userAgent.userAgentCore;
  const { aor } = core.configuration;
  const server = aor.clone();
  server.user = undefined;
  core.request(core.makeOutgoingRequestMessage('OPTIONS', server, aor, server, {}), {
    onAccept: onAnswer,
    onRedirect: onAnswer,
    onReject: ({ message }) => {
      // SIP.js makes a 408 or a 503 of its own when nothing came: those have no Via of the server's.
      if (message.hasHeader('via')) onAnswer();
    },
  });
}
