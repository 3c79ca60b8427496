import type { Instant } from './issue.ts';

/** What every record of a person or a pipeline has: its own id, when what it tells of was, and when we heard of it. */
interface Recorded {
  /** Given by whoever recorded it, so that telling it again changes nothing. */
  readonly id: string;
  readonly at: Instant;
  /** Our clock. A report knows nothing that was recorded after its day. */
  readonly recordedAt: Instant;
}

/** Work that went to where it is used. */
export interface Deployment extends Recorded {
  /** Where the issues are; absent: in whichever source knows them. */
  readonly source?: string;
  /** Keys or ids of the issues it contains, as they were told. */
  readonly issues: readonly string[];
  readonly environment: string;
  /** Whether nobody had planned it and an incident was why; absent: it does not say. */
  readonly rework?: boolean;
}

/** Somebody looked whether work does what it is to do. */
export interface Verification extends Recorded {
  readonly source?: string;
  /** Key or id. */
  readonly issue: string;
  readonly outcome: 'passed' | 'failed';
  /** Who says so, as the author of the record wrote it: never a person of a tracker. */
  readonly by: string;
}

/** What the measure of a goal stood at. */
export interface KpiValue extends Recorded {
  readonly team: string;
  readonly goal: string;
  readonly kpi: string;
  readonly value: number;
}

/** What people and pipelines recorded of work on its way to being used, each oldest first. Trackers know none of it. */
export interface DoneEvidence {
  readonly deployments: readonly Deployment[];
  readonly verifications: readonly Verification[];
  readonly kpiValues: readonly KpiValue[];
}

export const NO_EVIDENCE: DoneEvidence = { deployments: [], verifications: [], kpiValues: [] };

/**
 * What was recorded before a moment, of what had happened by then.
 * @example evidenceAsOf({ deployments: [], verifications: [], kpiValues: [{ id: '1', team: 'a', goal: 'b', kpi: 'c', value: 4, at: 5, recordedAt: 9 }] }, 9)
 *   // => { deployments: [], verifications: [], kpiValues: [] }
 */
export function evidenceAsOf(evidence: DoneEvidence, moment: Instant): DoneEvidence {
  const known = ({ at, recordedAt }: Recorded) => at < moment && recordedAt < moment;
  return {
    deployments: evidence.deployments.filter(known),
    verifications: evidence.verifications.filter(known),
    kpiValues: evidence.kpiValues.filter(known),
  };
}
