import { dayOf, elapsedDays, plusWeeks } from '#domain/calendar.ts';
import { scalarNow } from '#domain/field-values.ts';
import { foundGoals } from '#domain/goal-items.ts';
import type { Instant } from '#domain/issue.ts';
import { type Insufficient, insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { Reference } from '#domain/reference.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isClosed } from '#domain/work-item.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { measuredBy } from './measured.ts';

/** How often those who lead a team's work say how it is going. */
export interface Updates {
  /** Of the last 8 weeks, the part with at least one update. */
  readonly weeksWithUpdate: Measurement;
  /** Days since the last one. */
  readonly sinceLast: Measurement;
}

/** How long something may rest that was to come at such a rhythm. */
export const CADENCE_DAYS = { weekly: 7, biweekly: 14, monthly: 31, quarterly: 92 } as const;

/**
 * Whether something that was to come at a rhythm is overdue.
 *
 * @example [isStale(41, 'monthly'), isStale(31, 'monthly')] // => [true, false]
 */
export function isStale(daysSince: number, cadence: keyof typeof CADENCE_DAYS): boolean {
  return daysSince > CADENCE_DAYS[cadence];
}

const WEEKS = 8;

/**
 * How often somebody says how the work is going: health updates of the projects that the goals hang on or, without
 * goals, of those with open items of the team, and of the initiatives these are in.
 *
 * The part of the last 8 weeks, ending with the view, in which there was one (Jeffreys' interval), and the days since
 * the last. Insufficient where the tracker has no such updates: what is said in meetings and comments is not known.
 */
export function updates(view: TeamView): Updates {
  return updatesIn(view);
}

const updatesIn = oncePerView((view): Updates => {
  const found = updateTimes(view);
  if ('kind' in found) return { weeksWithUpdate: found, sinceLast: found };
  const { timezone } = view.team;
  const starts = Array.from({ length: WEEKS }, (_, i) => plusWeeks(view.asOf, -1 - i, timezone));
  const weeks = starts.filter((from, i) =>
    found.some((at) => at >= from && at < (starts[i - 1] ?? view.asOf)),
  ).length;
  const last = found.at(-1);
  const measured = measuredBy({
    n: WEEKS,
    window: { from: dayOf(starts.at(-1) ?? view.asOf, timezone), to: view.day },
    confidence: 'medium',
  });
  return {
    weeksWithUpdate: measured(
      { value: weeks / WEEKS, interval: jeffreysProportion(weeks, WEEKS) },
      'share',
      'weeks_with_an_update',
    ),
    sinceLast:
      last === undefined
        ? insufficient(0, 1, 'updates on the work of the team')
        : measured(
            {
              value: elapsedDays(last, view.asOf),
              interval: { lower: elapsedDays(last, view.asOf), upper: elapsedDays(last, view.asOf) },
            },
            'days',
            'since_the_last_update',
          ),
  };
});

/** When somebody said how the team's work is going, oldest first; insufficient where no tracker asks for it. */
export function updateTimes(view: TeamView): readonly Instant[] | Insufficient {
  const asking = [...view.references.values()].filter((reference) => reference.updates !== undefined);
  if (asking.length === 0) return insufficient(0, 1, 'sources that keep updates');
  const projects = projectsOf(view);
  return asking
    .flatMap((reference) => {
      const { source, updates: said = [], initiatives = [] } = reference;
      const isOurs = (id: string) => projects.has(`${source}/${id}`);
      return said
        .filter(({ at }) => at < view.asOf)
        .filter(({ about: { kind, id } }) =>
          kind === 'project'
            ? isOurs(id)
            : initiatives.some((one) => one.id === id && one.projectIds.some(isOurs)),
        )
        .map(({ at }) => at);
    })
    .toSorted((a, b) => a - b);
}

/** `source/id` of the projects that the goals hang on, else of those with open work of the team. */
function projectsOf(view: TeamView): ReadonlySet<string> {
  const anchors = new Set(foundGoals(view).flatMap((one) => [...one.anchors]));
  const ofGoals = [...view.references.values()].flatMap((reference) => [
    ...reference.projects.flatMap(({ id }) => anchored(reference, anchors, 'project', id, id)),
    ...reference.versions.flatMap(({ id, projectId }) =>
      anchored(reference, anchors, 'version', id, projectId),
    ),
  ]);
  if (ofGoals.length > 0) return new Set(ofGoals);
  return new Set(
    view.items
      .filter(({ stage }) => !isClosed(stage))
      .flatMap(({ issue }) => {
        const project = scalarNow(issue, 'project')?.value;
        return project === undefined ? [] : [`${issue.source}/${project}`];
      }),
  );
}

function anchored(
  { source }: Reference,
  anchors: ReadonlySet<string>,
  kind: 'project' | 'version',
  id: string,
  project: string,
): readonly string[] {
  return anchors.has(`${source}/${kind}/${id}`) ? [`${source}/${project}`] : [];
}
