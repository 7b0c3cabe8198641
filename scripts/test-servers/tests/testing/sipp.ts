import { executeServerCommand } from '@web/test-runner-commands';

/** What SIPp counted; `responseMs` is from the INVITE to the answer that its scenario waits for. */
export interface SippCalls {
  readonly over: boolean;
  readonly created: number;
  readonly successful: number;
  readonly failed: number;
  readonly responseMs: { readonly median: number; readonly p95: number; readonly longest: number };
  readonly errors: string;
}

export interface SippCaller {
  /** Which calls these are: their correlations begin with it. */
  readonly scenario: 'completed' | 'hung-up' | 'refused' | 'cancelled';
  readonly to: string;
  readonly calls: number;
  /** Calls a second. */
  readonly rate: number;
}

/** Lets SIPp call from the server's trunk, each call exactly as its scenario says; resolves with its statistics. */
export async function sippCalls(caller: SippCaller): Promise<SippCalls> {
  return whenOver(await executeServerCommand<number, SippCaller>('servers:sipp', caller));
}

/** A telephone with plain SIP and RTP, which is called once; it gives back the audio that it hears. */
export interface DeskPhone {
  readonly user: string;
  /** What its person does. */
  readonly scenario: 'answers-with-a-key' | 'only-rings' | 'declines';
}

/** SIPp as such a phone. Resolves when the server knows it, with its statistics once its call has gone as it should. */
export async function deskPhone(phone: DeskPhone): Promise<{ readonly over: Promise<SippCalls> }> {
  return { over: whenOver(await executeServerCommand<number, DeskPhone>('servers:desk-phone', phone)) };
}

async function whenOver(id: number): Promise<SippCalls> {
  for (;;) {
    const calls = await executeServerCommand<SippCalls, number>('servers:sipp-calls', id);
    if (calls.over) return calls;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** What SIPp counted at the far end of calls to `server.echo`; its statistics are a second late at most. */
export const echoCalls = (): Promise<SippCalls> => executeServerCommand('servers:echo-calls');

/** A line for the end of the run. */
export async function figure(text: string): Promise<void> {
  await executeServerCommand('servers:figure', text);
}
