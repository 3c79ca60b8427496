import type { Issue, IssueEvent, SetField } from './issue.ts';
import { compareEvents, withTimeline } from './whole-timeline.ts';

/**
 * The issue with changes that the tracker's history leaves out and something else told of, a webhook. They are taken
 * backwards from the value that the recorded history begins with: one that did not lead there is left out, as are
 * those after the field's first recorded change. So what was told can add to what the tracker says, and never
 * contradict it; telling it twice, late or out of order ends in the same issue.
 */
export function withToldChanges(issue: Issue, told: readonly IssueEvent[]): Issue {
  if (told.length === 0) return issue;
  const recorded = issue.events.filter(({ origin }) => origin === 'recorded');
  const known = withTimeline(issue, recorded).events;
  const believed = [...Map.groupBy(told, ({ field }) => field)].flatMap(([field, changes]) =>
    leadingTo(
      known.filter((event) => event.field === field),
      changes.filter(({ at }) => at >= issue.createdAt),
      SETS.has(field),
    ),
  );
  return withTimeline(issue, [...recorded, ...believed]);
}

const SETS: ReadonlySet<string> = new Set<SetField>(['labels', 'versions', 'components', 'cycles', 'links']);

/** Those of the changes of one field that, one after the other, lead to the values its known events begin with. */
function leadingTo(
  known: readonly IssueEvent[],
  changes: readonly IssueEvent[],
  isSet: boolean,
): readonly IssueEvent[] {
  const first = known.find(({ origin }) => origin === 'recorded');
  const held = new Set(
    known.flatMap(({ origin, to }) => (origin === 'inferred' && to !== undefined ? [to] : [])),
  );
  const believed: IssueEvent[] = [];
  for (const change of changes.toSorted(compareEvents).toReversed()) {
    const { at, from, to } = change;
    if (first !== undefined && at >= first.at) continue;
    const holdsAfter = to === undefined ? isSet || held.size === 0 : held.has(to);
    const holdsBefore = from !== undefined && held.has(from);
    if (!holdsAfter || holdsBefore) continue;
    if (to !== undefined) held.delete(to);
    if (from !== undefined) held.add(from);
    believed.push(change);
  }
  return believed;
}
