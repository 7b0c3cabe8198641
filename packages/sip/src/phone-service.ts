import { asError, systemClock, type Clock, type VoicemailBox } from '@multiline/core';
import { startCallback, type Callback, type CallbackRequest } from './phone-service/callback.ts';
import { fieldsOf, textOf } from './phone-service/fields.ts';
import { mailbox } from './phone-service/mailbox.ts';
import { serviceClient, type ServiceCredentialsSource } from './phone-service/request.ts';

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

export function phoneService({ url, credentials, user, clock = systemClock() }: PhoneServiceOptions): PhoneService {
  const base = new URL(url.endsWith('/') ? url : `${url}/`, 'document' in globalThis ? document.baseURI : undefined);
  const ask = serviceClient(base, credentials, user);
  return {
    voicemail: mailbox(ask),
    call: (request) => startCallback(ask, clock, request),
    async records() {
      try {
        await ask({ method: 'GET', path: 'recordings' });
        return true;
      } catch (thrown) {
        const { code } = asError(thrown);
        if (code === 'network' || code === 'timeout') throw thrown;
        return code !== 'unsupported';
      }
    },
    async record(call, action, signal) {
      const fields = await fieldsOf(await ask({ method: 'POST', path: 'recordings', body: { call, action }, signal }));
      const state = (['on', 'paused'] as const).find((known) => known === fields['state']) ?? 'off';
      const address = textOf(fields['url']);
      const link = address !== '' && URL.canParse(address, base) ? new URL(address, base) : undefined;
      // Whatever else it is, it is nothing to click on.
      return { state, ...(link && /^https?:$/.test(link.protocol) ? { url: link.href } : {}) };
    },
  };
}
