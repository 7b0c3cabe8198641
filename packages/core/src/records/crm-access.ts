import type { Crm, RecordRef } from '../ports/crm.ts';
import type { Host } from '../ports/host.ts';
import type { Workspace } from '../workspace.ts';

/** What any tab asks of the CRM and the screen around it by itself. */
export type CrmAccess = Pick<Workspace, 'search' | 'pop' | 'recordUrl' | 'activities'>;

/** How many records a search shows. */
const FOUND = 20;

export function createCrmAccess(crm: Crm | null, host: Host | null): CrmAccess {
  /** An adapter that cannot say has no URL. */
  function recordUrl(ref: RecordRef): string | null {
    try {
      return crm?.url?.(ref) ?? null;
    } catch {
      return null;
    }
  }

  return {
    recordUrl,
    async search(text, signal) {
      const records = await crm?.search?.(text, { limit: FOUND }, signal);
      return (records ?? []).map((record) => ({ record, numbers: record.numbers ?? [] }));
    },
    async pop(record) {
      await host?.pop?.(record, recordUrl(record));
    },
    activities: async (ref, signal) => (await crm?.activities?.(ref, {}, signal)) ?? [],
  };
}
