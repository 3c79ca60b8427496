import {
  type Deployment,
  type DoneEvidence,
  type KpiValue,
  NO_EVIDENCE,
  type Verification,
} from '#domain/done-evidence.ts';
import type { Instant } from '#domain/issue.ts';

/** What was recorded, and nothing else. */
export function evidence(some: Partial<DoneEvidence>): DoneEvidence {
  return { ...NO_EVIDENCE, ...some };
}

/** A deployment to production that was told at once, unless told otherwise. */
export function deployment(
  at: Instant,
  issues: readonly string[],
  changes: Partial<Deployment> = {},
): Deployment {
  return { id: `d${at}`, issues, environment: 'production', at, recordedAt: at, ...changes };
}

/** A verification that passed. */
export function verification(at: Instant, issue: string, changes: Partial<Verification> = {}): Verification {
  return { id: `v${at}`, issue, outcome: 'passed', by: 'Ada', at, recordedAt: at, ...changes };
}

/** A value of a KPI of the goal `checkout` of the team `payments`. */
export function kpiValue(at: Instant, kpi: string, value: number): KpiValue {
  return { id: `k${kpi}${at}`, team: 'payments', goal: 'checkout', kpi, value, at, recordedAt: at };
}
