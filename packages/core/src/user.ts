import type { CrmUser } from './ports/crm.ts';
import type { LineIdentity } from './ports/line.ts';
import type { User } from './workspace-state.ts';

/** Who sits here: the CRM's word, and the line's where it has none. */
export function userOf(crmUser: CrmUser | null, { displayName, extension, number, uri }: LineIdentity): User {
  return {
    name: crmUser?.name ?? displayName ?? uri.replace(/^sips?:/, '').replace(/@.*$/, ''),
    ...(extension && { extension }),
    ...(number && { number }),
    ...(crmUser?.timeZone && { timeZone: crmUser.timeZone }),
    ...(crmUser?.locale && { locale: crmUser.locale }),
  };
}
