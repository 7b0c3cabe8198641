import { systemClock, type Clock, type VoicemailBox } from '@multiline/core';
import { phoneSystem } from './on-demand.ts';
import type { Callback, CallbackRequest } from './phone-service/callback.ts';
import type { ServiceCredentialsSource } from './phone-service/request.ts';

export interface PhoneServiceOptions {
  /** Where it is, e.g. `https://pbx.example.com/phone`; relative to the page. */
  readonly url: string;
  /** Asked at the first request, and once more after a rejection. What the SIP server takes is what most services take. */
  readonly credentials: ServiceCredentialsSource;
  /** The name that goes with a password that comes without one. */
  readonly user?: string;
  readonly clock?: Clock;
}

/** What a server's recorder does with a call now. */
export interface Recording {
  readonly state: 'off' | 'on' | 'paused';
  /** Where the recording can be heard. */
  readonly url?: string;
}

/**
 * What a phone system does beside SIP, by HTTP: the mailbox, calls that ring the user's own device first, recordings.
 * `docs/pbx.md` has the requests; the sandbox and `examples/pbx` answer them.
 */
export interface PhoneService {
  readonly voicemail: VoicemailBox;
  /** Rings the user's own device and then `to` (ML-23). Rejects when it was not taken. */
  call(request: CallbackRequest): Promise<Callback>;
  /** Whether it records at all; absent: it does. */
  records?(): Promise<boolean>;
  /** @param call its Call-ID or correlation */
  record(call: string, action: 'start' | 'pause' | 'stop', signal?: AbortSignal): Promise<Recording>;
}

/** Nothing of it is loaded, and nothing asked, before the first request. */
export function phoneService({ url, credentials, user, clock = systemClock() }: PhoneServiceOptions): PhoneService {
  const base = new URL(url.endsWith('/') ? url : `${url}/`, 'document' in globalThis ? document.baseURI : undefined);
  let known: PhoneService | undefined;
  const service = async (): Promise<PhoneService> => {
    const { serviceAt } = await phoneSystem();
    return (known ??= serviceAt(base, { credentials, user, clock }));
  };
  return {
    voicemail: {
      list: async (signal) => (await service()).voicemail.list(signal),
      audio: async (id, signal) => (await service()).voicemail.audio(id, signal),
      mark: async (id, heard, signal) => (await service()).voicemail.mark?.(id, heard, signal),
      remove: async (id, signal) => (await service()).voicemail.remove?.(id, signal),
    },
    call: async (request) => (await service()).call(request),
    records: async () => (await service()).records?.() ?? true,
    record: async (call, action, signal) => (await service()).record(call, action, signal),
  };
}
