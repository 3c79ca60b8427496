import { type CalendarDay, dayOf } from '#domain/calendar.ts';
import type { Issue } from '#domain/issue.ts';
import { withPresentNames } from '#domain/present-names.ts';
import type { SourceHistory } from '#domain/team-view.ts';
import type { Tracker } from '#trackers/tracker.ts';

/** The whole of a source, and the day its own clock showed. */
export interface ReadSource {
  readonly history: SourceHistory;
  readonly lastDay: (timezone: string) => CalendarDay;
}

/** Reads a source into memory, for questions that need no store. Throws `TrackerError`. */
export async function readSource(tracker: Tracker, signal?: AbortSignal): Promise<ReadSource> {
  const { reference, parts, trackerNow } = await tracker.overview(signal);
  // An issue that is moved while it is read may be met in two parts; the later reading is the fresher one.
  const issues = new Map<string, Issue>();
  for (const part of parts) {
    for await (const batch of tracker.walk(part, undefined, signal)) {
      for (const issue of batch.issues) issues.set(issue.id, issue);
    }
  }
  return {
    history: { reference, issues: withPresentNames([...issues.values()], reference) },
    lastDay: (timezone) => dayOf(trackerNow, timezone),
  };
}
