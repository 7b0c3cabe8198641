import { MultiLineError } from '@multiline/core';
import type { Core, URI } from 'sip.js';
import type { AccountLink } from '../account-link.ts';
import { codeOf } from '../end-reason.ts';

export interface ReferralProgress {
  /** The device tells how its call goes: the status of a sipfrag (RFC 3515 §2.4.5). */
  onStatus(status: number, phrase: string): void;
  /** It tells nothing more. */
  onOver(): void;
}

/**
 * Asks a device to call (RFC 3515), outside of any dialog. Resolves when it has agreed to try.
 * @param device whom we ask
 * @param target whom it is to call
 */
export function refer(link: AccountLink, device: URI, target: URI, progress: ReferralProgress): Promise<void> {
  const { userAgent } = link;
  if (!userAgent) return Promise.reject(new MultiLineError('not-registered'));
  const { userAgentCore: core, contact } = userAgent;
  const { aor } = core.configuration;
  // A REFER makes a subscription to how it goes; SIP.js has that for a message that names its event and how long it lasts.
  const message = core.makeOutgoingRequestMessage('REFER', device, aor, device, {}, [
    `Refer-To: <${target.toString()}>`,
    `Referred-By: <${aor.toString()}>`,
    'Event: refer',
    'Expires: 300',
    `Contact: ${contact.toString()}`,
  ]);
  return new Promise((resolve, reject) => {
    const heard = (request: Core.IncomingNotifyRequest): void => {
      request.accept();
      const { body } = request.message;
      const [, status, phrase] = /^SIP\/2\.0 (\d{3}) ?([^\r\n]*)/.exec(body) ?? [];
      // A device that tells before it answers has agreed as well.
      resolve();
      if (status !== undefined) progress.onStatus(Number(status), phrase ?? '');
      if (/^\s*terminated/i.test(request.message.getHeader('subscription-state') ?? '')) progress.onOver();
    };
    const refused = ({ message: { statusCode = 500, reasonPhrase = '' } }: Core.IncomingResponse): void => {
      reject(new MultiLineError(codeOf(statusCode), { message: `${String(statusCode)} ${reasonPhrase}`.trim() }));
    };
    core.subscribe(message, {
      onAccept: () => {
        resolve();
      },
      onReject: refused,
      onRedirect: refused,
      onNotify({ request, subscription }) {
        if (subscription) {
          subscription.delegate = {
            onNotify: heard,
            onTerminated: () => {
              progress.onOver();
            },
          };
        }
        heard(request);
      },
      onNotifyTimeout: () => {
        progress.onOver();
      },
    });
  });
}
