import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { PlacedBy, Placement } from '#domain/workflow.ts';
import { counted, EVERY_METRIC, type Finding, shareOf, someNames, someRefs } from './finding.ts';

/** What was not said or not sure when statuses were placed in stages. */
export function statusFindings(view: TeamView, items: readonly WorkItem[]): readonly Finding[] {
  const unmatched = [...view.stages.values()].flatMap((map) => map.unmatched);
  const all = placements(view);
  const deleted = placedBy(all, ['deleted_status']);
  const guessed = placedBy(all, ['name_and_position', 'name_only']);
  return [
    {
      check: 'mapping_unmatched',
      count: unmatched.length,
      items: [],
      affects: EVERY_METRIC,
      sentence: `${counted(unmatched.length, 'entry of the stage mapping matches', 'entries of the stage mapping match')} no status: ${someNames(unmatched.map(({ key }) => key))}. Until mended, they change nothing.`,
    },
    {
      check: 'status_deleted',
      count: deleted.length,
      ...shareOf(deleted.length, all.length),
      items: someRefs(view, visitors(items, deleted)),
      affects: EVERY_METRIC,
      sentence: `${counted(deleted.length, 'status that the tracker no longer knows was', 'statuses that the tracker no longer knows were')} placed by name alone: ${someNames(deleted.map(place))}. Map them to be sure.`,
    },
    {
      check: 'status_guessed',
      count: guessed.length,
      ...shareOf(guessed.length, all.length),
      items: someRefs(view, visitors(items, guessed)),
      affects: ['basicallyDone', 'workInProgress'],
      sentence: `${counted(guessed.length, 'status was', 'statuses were')} placed by name and by where items go from there: ${someNames(guessed.map(place))}. Map them to be sure.`,
    },
  ];
}

/** Trackers keep no history of their own vocabulary: a past date is read with today's. */
export function knownOnlyNow(view: TeamView): Finding {
  const all = placements(view);
  const read = placedBy(all, ['category', 'name_and_position', 'name_only']);
  return {
    check: 'known_only_now',
    count: read.length,
    ...shareOf(read.length, all.length),
    items: [],
    affects: EVERY_METRIC,
    sentence: `The tracker keeps no history of its own vocabulary: the category of ${counted(read.length, 'status', 'statuses')} (${someNames(read.map(({ name }) => name))}) and the level of issue types are today's, also in a report on a past date; versions are as they were last seen by then, or else first.`,
  };
}

function placements(view: TeamView): readonly Placement[] {
  return [...view.stages.values()].flatMap((map) => map.placements);
}

function placedBy(all: readonly Placement[], ways: readonly PlacedBy[]): readonly Placement[] {
  return all.filter((placement) => ways.includes(placement.by));
}

function place({ name, stage, by }: Placement): string {
  return `${name} as ${stage}${by === 'name_only' ? ' (too little history to check)' : ''}`;
}

function visitors(items: readonly WorkItem[], statuses: readonly Placement[]): readonly WorkItem[] {
  const visited = new Set(statuses.map((status) => issueRef(status.source, status.statusId)));
  return items.filter(({ issue }) =>
    issue.events.some(
      ({ field, to }) => field === 'status' && to !== undefined && visited.has(issueRef(issue.source, to)),
    ),
  );
}
