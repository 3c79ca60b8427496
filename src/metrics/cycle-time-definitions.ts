import { elapsedDays, inclusiveDays, MS_PER_DAY } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import type { CycleTimeDefinition } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { Stage } from '#domain/workflow.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { minimumSample, qUpper, quantileInterval } from '#statistics/quantiles.ts';
import { flowSample } from './flow-sample.ts';
import { measuredBy } from './measured.ts';
import { provenance } from './percentiles.ts';
import { serviceLevelExpectation } from './service-level-expectation.ts';

/** What the same items read under one definition. */
export interface DefinitionReading {
  readonly name: DefinitionName;
  readonly definition: CycleTimeDefinition;
  /** Whether it is the one this team goes by. */
  readonly chosen: boolean;
  readonly p50: Measurement;
  readonly p85: Measurement;
  /** The share within the days that the team's items are expected to finish within. */
  readonly withinExpectation: Measurement;
}

/** Ours, unless a team says otherwise. */
export const ELAPSED: CycleTimeDefinition = {
  clock: 'elapsed',
  start: 'active',
  finish: 'done',
  backward: 'kept',
};

/** The ways that tools in use count; what a team configures besides is added as `custom`. */
const DEFINITIONS = {
  elapsed: ELAPSED,
  active_only: { ...ELAPSED, clock: 'active_only' },
  inclusive_days: { ...ELAPSED, clock: 'inclusive_days' },
  wiped_on_backward_move: { ...ELAPSED, backward: 'wiped' },
  from_commitment: { ...ELAPSED, start: 'todo' },
  from_creation: { ...ELAPSED, start: 'created' },
  until_late: { ...ELAPSED, finish: 'late' },
} as const satisfies Readonly<Record<string, CycleTimeDefinition>>;

export type DefinitionName = keyof typeof DEFINITIONS | 'custom';

/**
 * What the cycle time of the same items would be under other definitions.
 *
 * All items finished in the last 180 days that have a recorded start, under each way of counting in use: elapsed time
 * from first start to last finish is ours unless the team says otherwise. Of finished items alone, as those ways do.
 * The expectation that the share is taken of stays the same, so that only the definition moves it.
 *
 * Left out: what `cycleTime` leaves out, and open items. An item without a time under one definition, because a move
 * back wiped its start for good, is missing there. Below 5 and 19 items the percentiles are not told.
 *
 * @example cycleTimeDefinitions(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 8d → Done')])).map(({ name }) => name)
 *   // => ['elapsed', 'active_only', 'inclusive_days', 'wiped_on_backward_move', 'from_commitment', 'from_creation', 'until_late']
 */
export function cycleTimeDefinitions(view: TeamView): readonly DefinitionReading[] {
  const sample = flowSample(view);
  const { expectation } = serviceLevelExpectation(view);
  const chosen = view.team.cycleTime ?? ELAPSED;
  const known = Object.entries(DEFINITIONS) as [DefinitionName, CycleTimeDefinition][];
  const isKnown = known.some(([, definition]) => isSame(definition, chosen));
  const all = isKnown ? known : [['custom', chosen] as const, ...known];

  return all.map(([name, definition]): DefinitionReading => {
    const days = sample.finished
      .map(({ item }) => cycleTimeBy(item, definition, view.team.timezone))
      .filter((each) => each !== undefined);
    const percentile = (percent: number): Measurement => {
      const value = qUpper(days, percent);
      const need = minimumSample(percent);
      if (value === undefined || days.length < need) return insufficient(days.length, need, FINISHED);
      return measuredBy(provenance(sample, days.length, need))(
        { value, interval: quantileInterval(days, percent) },
        'days',
        `${name}, completed_in_window`,
      );
    };
    const within = (): Measurement => {
      if (expectation.kind === 'insufficient') return expectation;
      const [n, need] = [days.length, minimumSample(50)];
      if (n < need) return insufficient(n, need, FINISHED);
      const k = days.filter((each) => each <= expectation.value).length;
      return measuredBy(provenance(sample, n, need))(
        { value: k / n, interval: jeffreysProportion(k, n) },
        'share',
        `${name}, within ${expectation.value.toFixed(1)} days`,
      );
    };
    return {
      name,
      definition,
      chosen: isSame(definition, chosen),
      p50: percentile(50),
      p85: percentile(85),
      withinExpectation: within(),
    };
  });
}

/**
 * The days an item took, as a definition counts them; undefined while it is unfinished, and when it never started.
 *
 * @example cycleTimeBy(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 3d → To Do 9d → In Progress 2d → Done')]).items[0], { clock: 'active_only', start: 'active', finish: 'done', backward: 'kept' }, 'UTC')
 *   // => 5
 */
export function cycleTimeBy(
  item: WorkItem,
  definition: CycleTimeDefinition,
  timezone: string,
): number | undefined {
  const [first, end] = [ORDER[definition.start], ORDER[definition.finish]];
  const finish = finishOf(item, end);
  if (finish === undefined) return undefined;
  const start =
    definition.start === 'created' ? item.issue.createdAt : startOf(item, first, finish, definition);
  if (start === undefined || start > finish) return undefined;
  switch (definition.clock) {
    case 'elapsed':
      return elapsedDays(start, finish);
    case 'inclusive_days':
      return inclusiveDays(start, finish, timezone);
    case 'active_only':
      return (
        item.stays
          .filter(({ stage }) => ORDER[stage] >= first && ORDER[stage] < end)
          .map(({ from, to = finish }) => Math.min(to, finish) - Math.max(from, start))
          .filter((length) => length > 0)
          .reduce((sum, length) => sum + length, 0) / MS_PER_DAY
      );
    default:
      return definition.clock satisfies never;
  }
}

const FINISHED = 'finished items with a recorded start';

/** Cancelled work never comes to a finish, wherever it stood before. */
const ORDER: Readonly<Record<Stage | 'created', number>> = {
  created: 0,
  backlog: 0,
  todo: 1,
  active: 2,
  late: 3,
  done: 4,
  cancelled: 5,
};

/** The last entry into the finish stage or one behind it, while the item is there. */
function finishOf({ stays }: WorkItem, end: number): Instant | undefined {
  const isBehind = (stage: Stage) => stage !== 'cancelled' && ORDER[stage] >= end;
  const before = stays.findLastIndex(({ stage }) => !isBehind(stage));
  return stays[before + 1]?.from;
}

function startOf(
  { stays }: WorkItem,
  first: number,
  finish: Instant,
  { backward }: CycleTimeDefinition,
): Instant | undefined {
  const isBegun = (stage: Stage) => ORDER[stage] >= first && ORDER[stage] < ORDER.done;
  const past = stays.filter(({ from }) => from < finish);
  const wipedBy = backward === 'wiped' ? past.findLastIndex(({ stage }) => ORDER[stage] < first) : -1;
  return past.slice(wipedBy + 1).find(({ stage }) => isBegun(stage))?.from;
}

function isSame(a: CycleTimeDefinition, b: CycleTimeDefinition): boolean {
  return a.clock === b.clock && a.start === b.start && a.finish === b.finish && a.backward === b.backward;
}
