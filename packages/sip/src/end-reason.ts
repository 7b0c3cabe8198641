import type { EndReason, ErrorCode, Failure } from '@multiline/core';
import { ERRORS } from '@multiline/core';
import { splitList } from './transport/message-head.ts';

export interface Ending {
  readonly reason: EndReason;
  readonly failure?: Failure;
}

/** Why our call was refused, by the status code of the final response (RFC 3261 §21). */
export function endingOf(status: number, phrase: string): Ending {
  switch (status) {
    case 486:
    case 600:
      return { reason: 'busy' };
    case 408:
    case 480:
    case 487:
      return { reason: 'no-answer' };
    case 603:
    case 607:
    case 608:
      return { reason: 'declined' };
    default:
      return { reason: 'failed', failure: failureOf(codeOf(status), `${String(status)} ${phrase}`.trim()) };
  }
}

/** Which of our errors a refusal by this status code is. */
export function codeOf(status: number): ErrorCode {
  switch (status) {
    case 404:
    case 410:
    case 416:
    case 484:
    case 485:
    case 604:
      return 'invalid-number';
    case 401:
    case 403:
    case 407:
      return 'forbidden';
    case 415:
    case 420:
    case 488:
    case 501:
    case 606:
      return 'unsupported';
    case 503:
      return 'network';
    default:
      return status >= 500 && status < 600 ? 'server' : 'refused';
  }
}

/** @param message the words of the wire; ours where it has none */
export function failureOf(code: ErrorCode, message: string = ERRORS[code][0]): Failure {
  return { code, message, retryable: ERRORS[code][2] };
}

/**
 * Why a call to us was taken back, by the `Reason` headers of its CANCEL (RFC 3326). SIP's may stand behind that of another
 * protocol.
 */
export function cancelReason(reasons: readonly string[]): EndReason {
  const causes = reasons.flatMap(splitList).map((reason) => /^SIP\s*;.*\bcause\s*=\s*(\d+)/i.exec(reason)?.[1]);
  if (causes.includes('200')) return 'answered-elsewhere';
  // Another phone of ours has sent it on.
  if (causes.includes('302')) return 'redirected';
  return causes.includes('603') ? 'declined' : 'missed';
}
