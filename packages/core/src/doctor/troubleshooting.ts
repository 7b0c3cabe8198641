import type { Workspace } from '../workspace.ts';
import type { DeskLog } from './desk-log.ts';
import { createDoctor, type DoctorParts } from './doctor.ts';

export interface TroubleshootingParts extends DoctorParts {
  log: DeskLog;
}

/** What helps a person, and support, when something does not work: the self-test and a log to send on. */
export function createTroubleshooting(parts: TroubleshootingParts): Pick<Workspace, 'diagnose' | 'troubleshootingLog'> {
  const { policy, line, crm, storage, attention, log, phone } = parts;
  return {
    diagnose: createDoctor(parts),
    troubleshootingLog() {
      const { status, here } = phone();
      const about = {
        policy: `${policy.name}, ${policy.profile}`,
        line: `${status.state}, ${line.device}${here ? '' : ', in another tab'}`,
        crm: crm?.name ?? 'none',
        storage: storage.$failure.get()?.code ?? 'ok',
        notifications: attention?.permission?.() ?? 'none',
      };
      return log.text(about, line.log?.() ?? []);
    },
  };
}
