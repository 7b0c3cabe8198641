import { asError, type Clock } from '@multiline/core';
import type { PhoneService } from '../phone-service.ts';
import { startCallback } from './callback.ts';
import { asFields, fieldsOf, textOf } from './fields.ts';
import { mailbox } from './mailbox.ts';
import { serviceClient, type ServiceCredentialsSource } from './request.ts';

export interface ServiceAccess {
  readonly credentials: ServiceCredentialsSource;
  readonly user: string | undefined;
  readonly clock: Clock;
}

/** The service itself, behind {@link phoneService}. */
export function serviceAt(base: URL, { credentials, user, clock }: ServiceAccess): PhoneService {
  const ask = serviceClient(base, credentials, user);
  return {
    voicemail: mailbox(ask),
    call: (request) => startCallback(ask, clock, request),
    async records() {
      try {
        const answer = asFields(await (await ask({ method: 'GET', path: 'recordings' })).json().catch(() => null));
        return answer?.['recorder'] !== false;
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
