import { quietly, within } from '../deadline.ts';
import type { Policy } from '../policy/policy.ts';
import type { Attention } from '../ports/attention.ts';
import type { Clock } from '../ports/clock.ts';
import type { Crm } from '../ports/crm.ts';
import { asError, type ErrorCode } from '../ports/errors.ts';
import type { CheckResult, Line, LineStatus } from '../ports/line.ts';
import type { Storage } from '../ports/storage.ts';
import type { Finding } from '../workspace-state.ts';

/** How long one step may take (ms): a person may be asked for the microphone, servers may be silent. */
const STEP_MS = 20_000;
const CRM_MS = 8_000;

export interface DoctorParts {
  line: Line;
  crm: Crm | null;
  storage: Storage;
  attention: Attention | null;
  clock: Clock;
  policy: Policy;
  /** The phone as this tab knows it, and whether it is this tab's. */
  phone(): { readonly status: LineStatus; readonly here: boolean };
}

interface Step {
  readonly check: Finding['check'];
  run(signal: AbortSignal): CheckResult | Promise<CheckResult>;
}

/**
 * The self-test (MV-44, MV-53): the line's checks, then CRM, storage and notifications, one after the other. Each is told as
 * `running` and again with what was found; all of them are answered at the end. Never rejects: what fails is a finding.
 */
export function createDoctor(parts: DoctorParts) {
  return async (listener: (finding: Finding) => void, stop?: AbortSignal): Promise<readonly Finding[]> => {
    const findings: Finding[] = [];
    for (const { check, run } of stepsOf(parts)) {
      if (stop?.aborted) break;
      quietly(() => listener({ check, state: 'running', finding: 'running' }));
      const result = await within(parts.clock, STEP_MS, async (signal) => run(signal), stop).catch(
        (error: unknown): CheckResult =>
          stop?.aborted ? { state: 'skipped', finding: 'stopped' } : { state: 'failed', finding: asError(error).code },
      );
      const finding: Finding = { check, ...result };
      findings.push(finding);
      quietly(() => listener(finding));
    }
    return findings;
  };
}

function stepsOf({ line, crm, storage, attention, clock, policy, phone }: DoctorParts): Step[] {
  const { status, here } = phone();
  // Whoever records by a button, or not at all, misses no recorder.
  const checks = (line.checks ?? []).filter(({ name }) => name !== 'recorder' || policy.calls.recording === 'always');
  const lineSteps = checks.map((check): Step => {
    // The line of this tab rests where another one has the registration.
    const run = check.name === 'registration' && !here ? () => registrationOf(status) : check.run.bind(check);
    return { check: check.name, run };
  });
  return [
    ...lineSteps,
    { check: 'crm', run: (signal) => checkCrm(crm, clock, signal) },
    { check: 'storage', run: () => checkStorage(storage) },
    { check: 'notifications', run: () => checkNotifications(attention) },
  ];
}

function registrationOf(status: LineStatus): CheckResult {
  if (status.state === 'registered') return { state: 'ok', finding: 'registered-elsewhere' };
  return { state: 'failed', finding: 'failure' in status ? status.failure.code : 'not-registered' };
}

const CRM_FINDINGS: Readonly<Partial<Record<ErrorCode, string>>> = {
  'auth-failed': 'crm-auth',
  'auth-expired': 'crm-auth',
  forbidden: 'crm-forbidden',
  network: 'crm-unreachable',
  timeout: 'crm-unreachable',
};

async function checkCrm(crm: Crm | null, clock: Clock, stop: AbortSignal): Promise<CheckResult> {
  if (!crm) return { state: 'skipped', finding: 'crm-none' };
  const me = crm.me?.bind(crm);
  if (!me) return { state: 'skipped', finding: 'crm-unknown', values: { crm: crm.name } };
  try {
    const user = await within(clock, CRM_MS, me, stop);
    return { state: 'ok', finding: 'crm-ok', values: { crm: crm.name, user: user.name } };
  } catch (error) {
    const { code } = asError(error);
    return { state: 'failed', finding: CRM_FINDINGS[code] ?? `crm-${code}`, values: { crm: crm.name } };
  }
}

/** Rows are read as well: a storage may have broken without anybody having written. */
async function checkStorage(storage: Storage): Promise<CheckResult> {
  await storage.list('settings', { limit: 1 });
  const failure = storage.$failure.get();
  return failure ? { state: 'warning', finding: failure.code } : { state: 'ok', finding: 'storage-ok' };
}

function checkNotifications(attention: Attention | null): CheckResult {
  const kind = attention?.notify ? (attention.notifications?.() ?? 'plain') : 'none';
  const permission = attention?.permission?.();
  if (permission === 'denied') return { state: 'warning', finding: 'notifications-blocked' };
  if (kind === 'none') return { state: 'warning', finding: 'notifications-none' };
  if (permission === 'default') return { state: 'warning', finding: 'notifications-unasked' };
  return { state: 'ok', finding: `notifications-${kind}` };
}
