import type { Issue } from '#domain/issue.ts';
import { compareEvents, withTimeline } from '#domain/whole-timeline.ts';
import { currentFields } from './current.ts';
import { eventsOf, type JiraReading } from './events.ts';
import type { JiraHistory, JiraIssue } from './schemas.ts';

/**
 * Jira's JSON of an issue and all its histories, in whatever order, as one of our issues. Behind this line nobody
 * has a name: people are salted hashes, and what they wrote, save titles, is a hash too.
 */
export function normalizeIssue(
  issue: JiraIssue,
  histories: readonly JiraHistory[],
  reading: JiraReading,
): Issue {
  const recorded = histories.flatMap((history) => eventsOf(history, reading)).sort(compareEvents);
  const creator = issue.fields.creator?.accountId;
  return withTimeline(
    {
      source: reading.source,
      id: issue.id,
      createdAt: issue.fields.created,
      updatedAt: issue.fields.updated,
      ...(creator ? { creator: reading.personHash(creator) } : {}),
      current: currentFields(issue, recorded, reading),
    },
    recorded,
  );
}
