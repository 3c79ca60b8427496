import type { Absence, AbsenceReason, Instant } from './issue.ts';

/** The absence that lasts, if one does. */
export function openAbsence(gone: readonly Absence[] = []): Absence | undefined {
  const last = gone.at(-1);
  return last?.until === undefined ? last : undefined;
}

/** What was known of an issue's absences at a moment: those that had begun, open if they had not ended yet. */
export function absencesAsOf(gone: readonly Absence[], moment: Instant): readonly Absence[] {
  return gone
    .filter(({ since }) => since < moment)
    .map(({ since, until, why }) =>
      until !== undefined && until < moment ? { since, until, why } : { since, why },
    );
}

/** The absences after a census that missed the issue. One that lasts goes on, unless the reason has become another. */
export function missed(gone: readonly Absence[], since: Instant, why: AbsenceReason): readonly Absence[] {
  const open = openAbsence(gone);
  if (open?.why === why || (open !== undefined && open.since >= since)) return gone;
  return [...seen(gone, since), { since, why }];
}

/** The absences after the tracker showed the issue at a moment. One that begins there or later knows better. */
export function seen(gone: readonly Absence[], at: Instant): readonly Absence[] {
  const open = openAbsence(gone);
  if (open === undefined || open.since > at) return gone;
  const before = gone.slice(0, -1);
  return open.since === at ? before : [...before, { ...open, until: at }];
}
