import type { Attention } from '../ports/attention.ts';
import type { Crm } from '../ports/crm.ts';
import type { Line } from '../ports/line.ts';
import type { Storage } from '../ports/storage.ts';
import type { Finding } from '../workspace.ts';

/** The self-test and the log for support (MV-44, MV-53). */
export function createDoctor(line: Line, _crm: Crm | null, _storage: Storage, _attention: Attention | null) {
  return {
    async diagnose(listener: (finding: Finding) => void, signal = new AbortController().signal) {
      const findings: Finding[] = [];
      for (const check of line.checks ?? []) {
        const finding = { check: check.name, ...(await check.run(signal)) };
        findings.push(finding);
        listener(finding);
      }
      return findings as readonly Finding[];
    },
    log: () => (line.log?.() ?? []).join('\n'),
  };
}
