import { insufficient, type Measurement } from '#domain/measurement.ts';
import { CYCLE_TIME_DEFAULT, type CycleTimeDefinition, cycleTimeDefinition } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { minimumSample, qUpper, quantileInterval } from '#statistics/quantiles.ts';
import { flowSample, flowSampleBy } from './flow-sample.ts';
import { itemClock } from './item-clock.ts';
import { measuredBy } from './measured.ts';
import { observedPercentiles, provenance } from './percentiles.ts';
import { serviceLevelExpectation } from './service-level-expectation.ts';

/** What the same items read under one definition. */
export interface DefinitionReading {
  readonly name: DefinitionName;
  readonly definition: CycleTimeDefinition;
  /** Whether it is the one this team goes by. */
  readonly chosen: boolean;
  /** The 85 % cycle time that the report would open with if this were the team's: open items counted too. */
  readonly headlineP85: Measurement;
  /** Of the items that the team's own definition calls finished, and no others. */
  readonly p50: Measurement;
  readonly p85: Measurement;
  /** The share within the days that the team's items are expected to finish within. */
  readonly withinExpectation: Measurement;
}

/** The ways that tools in use count; what a team configures besides is added as `custom`. */
const DEFINITIONS = {
  elapsed: CYCLE_TIME_DEFAULT,
  active_only: { ...CYCLE_TIME_DEFAULT, clock: 'active_only' },
  inclusive_days: { ...CYCLE_TIME_DEFAULT, clock: 'inclusive_days' },
  wiped_on_backward_move: { ...CYCLE_TIME_DEFAULT, backward: 'wiped' },
  from_commitment: { ...CYCLE_TIME_DEFAULT, start: 'todo' },
  from_creation: { ...CYCLE_TIME_DEFAULT, start: 'created' },
  until_late: { ...CYCLE_TIME_DEFAULT, finish: 'late' },
} as const satisfies Readonly<Record<string, CycleTimeDefinition>>;

export type DefinitionName = keyof typeof DEFINITIONS | 'custom';

/**
 * What the cycle time of the same items would be under other definitions, and what the report would open with.
 *
 * The items that the team's definition calls finished in the last 180 days, under each way of counting in use: elapsed
 * time from first start to last finish is ours unless the team says otherwise. Of finished items alone, as those ways do.
 * The expectation that the share is taken of stays the same, so that only the definition moves it. `headlineP85` is the
 * whole counted anew instead, as `cycleTime` would: which items have begun and finished is then another question, too.
 *
 * Left out: what `cycleTime` leaves out, and but for the headline open items. An item without a time under one
 * definition, because a move back wiped its start for good or it is not finished by it, is missing there. Below 5 and 19
 * items the percentiles are not told.
 *
 * @example cycleTimeDefinitions(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 8d → Done')])).map(({ name }) => name)
 *   // => ['elapsed', 'active_only', 'inclusive_days', 'wiped_on_backward_move', 'from_commitment', 'from_creation', 'until_late']
 */
export function cycleTimeDefinitions(view: TeamView): readonly DefinitionReading[] {
  const sample = flowSample(view);
  const { expectation } = serviceLevelExpectation(view);
  const chosen = cycleTimeDefinition(view.team);
  const known = Object.entries(DEFINITIONS) as [DefinitionName, CycleTimeDefinition][];
  const isKnown = known.some(([, definition]) => isSame(definition, chosen));
  const all = isKnown ? known : [['custom', chosen] as const, ...known];

  return all.map(([name, definition]): DefinitionReading => {
    const days = sample.finished
      .map(({ item }) => cycleTimeBy(item, definition, view))
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
      headlineP85: headlineBy(view, name, definition),
      p50: percentile(50),
      p85: percentile(85),
      withinExpectation: within(),
    };
  });
}

/**
 * The days an item took, as a definition counts them; undefined while it is unfinished, and when it never started.
 *
 * @example cycleTimeBy(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 3d → To Do 9d → In Progress 2d → Done')]).items[0], { clock: 'active_only', start: 'active', finish: 'done', backward: 'kept' }, view(team(), '2026-01-23', []))
 *   // => 5
 */
export function cycleTimeBy(
  item: WorkItem,
  definition: CycleTimeDefinition,
  view: Pick<TeamView, 'asOf' | 'team'>,
): number | undefined {
  const clock = itemClock(item, definition, view);
  return clock?.ending.kind === 'finished' ? clock.days : undefined;
}

function headlineBy(view: TeamView, name: DefinitionName, definition: CycleTimeDefinition): Measurement {
  const { p85 } = observedPercentiles(flowSampleBy(view, definition));
  return p85.kind === 'value' ? { ...p85, method: `${name}, ${p85.method}` } : p85;
}

const FINISHED = 'finished items with a recorded start';

function isSame(a: CycleTimeDefinition, b: CycleTimeDefinition): boolean {
  return a.clock === b.clock && a.start === b.start && a.finish === b.finish && a.backward === b.backward;
}
