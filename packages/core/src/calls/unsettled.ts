import type { Call } from './call.ts';

/**
 * Whether the calls of this phone must stay as they are to one another: somebody is being reached, or the line has not answered
 * what was asked of a call. Who only rings here is no hindrance, nor is what becomes of them before they are answered.
 */
export const unsettled = (calls: readonly Call[]): boolean =>
  calls.some(({ device, phase, direction, pending }) => {
    if (device !== 'here' || phase === 'ended') return false;
    return phase === 'active' ? pending !== null : direction === 'outbound' || pending === 'answer';
  });
