import type { Issue, IssueEvent, NamedValue } from '#domain/issue.ts';
import { withTimeline } from '#domain/whole-timeline.ts';
import { currentFields } from './current.ts';
import { eventsOf, type LinearReading } from './events.ts';
import { asTold } from './links.ts';
import { releaseName } from './releases.ts';
import type { LinearEntry, LinearIssue } from './schemas.ts';

/**
 * Linear's JSON of an issue, entries of its history in whatever order, and its links, as one of our issues. `older` are
 * events that were stored before and are not among the entries. Behind this line nobody has a name.
 */
export function normalizeIssue(
  issue: Omit<LinearIssue, 'history'>,
  entries: readonly LinearEntry[],
  links: readonly NamedValue[],
  reading: LinearReading,
  older: readonly IssueEvent[] = [],
): Issue {
  const own = { ...reading, nameOf: namesOf(issue, reading) };
  const creator = issue.creator?.id;
  const recorded = [...older, ...entries.flatMap((entry) => eventsOf(entry, own))];
  return withTimeline(
    {
      source: reading.source,
      id: issue.id,
      createdAt: issue.createdAt,
      updatedAt: issue.updatedAt,
      ...(creator ? { creator: reading.personHash(creator) } : {}),
      current: currentFields(issue, asTold(links, recorded), reading),
    },
    recorded,
  );
}

/** The issue names what it shows now; for the rest the workspace is asked. */
function namesOf(issue: Omit<LinearIssue, 'history'>, { nameOf }: LinearReading): LinearReading['nameOf'] {
  const { state, project, parent, team, projectMilestone } = issue;
  const own = new Map([
    [state.id, state.name],
    [team.id, team.key],
    ...[project, projectMilestone].flatMap((one) => (one ? [[one.id, one.name] as const] : [])),
    ...(parent ? [[parent.id, parent.identifier] as const] : []),
    ...(issue.releases?.nodes ?? []).map((release) => [release.id, releaseName(release)] as const),
  ]);
  return (id) => own.get(id) ?? nameOf(id);
}
