import { mean, min } from 'd3-array';
import { type CalendarDay, dayOf, endOf, plusDays } from '#domain/calendar.ts';
import { earlierView, type TeamView } from '#domain/team-view.ts';
import { isClosed } from '#domain/work-item.ts';
import { steadied } from '#forecast/growth.ts';
import { type Members, memberships, wasUnder } from '#forecast/membership.ts';
import { milestonesOf } from '#forecast/milestone.ts';
import { type MilestoneBasis, milestoneBases, type Work } from '#forecast/milestone-basis.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { chancesOfDone, goalRate } from '#forecast/scope-forecast.ts';

export const METHODS = ['ours', 'growth as it was', 'as if nothing came in', 'left / pace'] as const;
export type Method = (typeof METHODS)[number];

/** What each method would have said of a milestone at the end of a past day, and what came of it. */
export interface PastMilestone {
  readonly project: string;
  readonly milestone: string;
  /** It was released later: not a heap that only looks like a version. Nobody knew that then. */
  readonly isReleasedLater: boolean;
  /** The chance of being done after 1, 2, 3 … days. */
  readonly chances: Readonly<Record<Method, (days: number) => number>>;
  /** Whether nothing was open that many days later; undefined when that lies beyond the history. */
  readonly wasDone: (days: number) => boolean | undefined;
}

/** Why nothing would have been said of a milestone. */
export interface Refused {
  readonly project: string;
  readonly why: string;
}

const EVERY_DAYS = 28;
const FIRST_AFTER_DAYS = 182;
const LONGEST_DAYS = 364;

/** What would have been said every four weeks of every milestone with something left to do, from half a year on. */
export function pastMilestones(whole: TeamView): readonly (PastMilestone | Refused)[] {
  const first = min(whole.items, ({ issue }) => issue.createdAt);
  if (first === undefined) return [];
  const { timezone } = whole.team;
  const atEnd = memberships(whole);
  const released = new Set(
    milestonesOf(whole).flatMap(({ kind, isAhead, ref }) => (kind === 'version' && !isAhead ? [ref] : [])),
  );
  const found: (PastMilestone | Refused)[] = [];
  let day = plusDays(dayOf(first, timezone), FIRST_AFTER_DAYS);
  for (; day < whole.day; day = plusDays(day, EVERY_DAYS)) {
    const asOf = day;
    const view = earlierView(whole, asOf);
    const basisOf = milestoneBases(view);
    for (const milestone of milestonesOf(view).filter(({ isAhead }) => isAhead)) {
      const basis = basisOf(milestone);
      if (basis.scope.open.length + basis.scope.unsplit.length === 0) continue;
      const project = whole.team.id;
      const { work } = basis;
      if ('kind' in work) {
        found.push({ project, why: work.what });
        continue;
      }
      const members = atEnd(milestone.ref);
      found.push({
        project,
        milestone: milestone.key,
        isReleasedLater: released.has(milestone.ref),
        chances: chancesOf(basis, work),
        wasDone: (days) => {
          const later = plusDays(asOf, days);
          return later > whole.day ? undefined : openOn(members, later, timezone) === 0;
        },
      });
    }
  }
  return found;
}

function chancesOf(
  { scope, undiscovered }: MilestoneBasis,
  { pace, growth }: Work,
): PastMilestone['chances'] {
  const still = { open: scope.open.length, undiscovered: undiscovered.items, pace, prior: SHIPPED_PRIOR };
  const models = [{ ...still, growth: steadied(growth) }, { ...still, growth }, still];
  const [ours, seen, same] = models.map((model) => chancesOfDone(model, LONGEST_DAYS));
  const left = still.open + (mean(still.undiscovered) ?? 0);
  return {
    ours: (days) => ours?.[days - 1] ?? Number.NaN,
    'growth as it was': (days) => seen?.[days - 1] ?? Number.NaN,
    'as if nothing came in': (days) => same?.[days - 1] ?? Number.NaN,
    'left / pace': (days) => (left <= (goalRate(pace).value * days) / 7 ? 1 : 0),
  };
}

function openOn(members: Members, day: CalendarDay, timezone: string): number {
  const at = endOf(day, timezone);
  return [...members].filter(([{ stays, type }, spans]) => {
    const held = stays.findLast(({ from }) => from < at);
    return type.level <= 0 && held !== undefined && !isClosed(held.stage) && wasUnder(spans, at);
  }).length;
}
