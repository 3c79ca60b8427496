import { exactCount } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { plural } from '#domain/wording.ts';
import { isClosed, type WorkItem } from '#domain/work-item.ts';
import { goalBases } from '#forecast/goal-forecast.ts';
import { claims, claimsToDone } from '#metrics/claims.ts';
import { halfLife } from '#metrics/half-life.ts';
import { type LedgerItem, ledger } from '#metrics/ledger.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import { goalClaims, goalSoonerBy, lyingIn, soonerBy } from './lying-claims.ts';
import type { Relief } from './relief.ts';
import type { Detector, Signal } from './signal.ts';

/**
 * Work that is basically done and stays so: some of what is claimed nearly done is through at once, and some of it lies.
 *
 * Slow reviews and release trains take long and about equally long. Where claims lie, times differ more than chance alone
 * would make them: by more than those of a wait without memory, whose mean is 3.5 times its best quartile. The
 * probability is that they do, by the errors of both (log scale, normal). It is asked of the way to Done and of the way to
 * being called done, and the likelier speaks: a train for which all have to wait hides reviews that only some wait for.
 * Named are the items that have waited longer than the mean; of parents, whose children are all closed, likewise.
 *
 * The cost is what it would be worth if the last mile took the team's own best quartile (METRICS 2.2). A goal is there
 * once the last of its items is through, and at the pace of its claims others are on their way with that one: it would be
 * there sooner by the longest of their waits less the quartile: of its own items' waits, since what lies off the goal keeps
 * no goal. Of all others, and without a goal, it is the mean less the quartile, where that is more; from the near ends of
 * the intervals to the far ones. Below 19 claims that came true, or 3 items that lie, it
 * sees nothing.
 */
export const basicallyDone: Detector = (view) => {
  const [toDone, toCalled] = [lyingIn(claims(view)), lyingIn(claimsToDone(view))];
  const isCalled =
    toCalled !== undefined && (toDone === undefined || toCalled.probabilityReal > toDone.probabilityReal);
  const found = isCalled ? toCalled : toDone;
  if (found === undefined || found.probabilityReal < 0.5) return [];
  const { sample, mean, best, probabilityReal } = found;
  const waiting = ledger(view).filter(
    ({ item, line }) => line.ageDays > mean && isClaim(line) && !(isCalled && isClosed(item.stage)),
  );
  if (waiting.filter(({ item }) => item.type.level <= 0).length < MIN_WAITING) return [];
  const ofGoal = goalClaims(view, isCalled ? claimsToDone : claims);
  const own = ofGoal && goalSoonerBy(found, ofGoal);
  const each = soonerBy(found);
  // A goal is relieved of its own waits; what lies elsewhere costs what it waits itself.
  const sooner = ofGoal === undefined ? each : own?.sooner;
  const cost = sooner !== undefined && sooner[0] > each[0] ? sooner : each;
  const relief = sooner === undefined ? undefined : ({ kind: 'sooner', days: sooner } as const);
  const life = halfLife(sample);
  const end = isCalled ? 'being called done' : 'Done';
  return [
    {
      kind: 'basically_done',
      statement:
        `${waiting.length} items are basically done and have waited for longer than the ${plural(mean, 'day')} that such work ` +
        `takes from there to ${end} on average; the best quarter takes at most ${plural(best, 'day')}.` +
        (own === undefined ? '' : ` The last of the goal’s items takes about ${plural(own.last, 'day')}.`),
      evidence: [
        evidenceOf(
          'basicallyDone.count',
          exactCount(waiting.length, 'items', sample.window, 'claimed nearly done for longer than the mean'),
          waiting.map(({ line }) => refWhy(line, whyOf(line))),
        ),
        evidenceOf('basicallyDone.halfLife', isCalled ? halfLife(claims(view)) : life),
      ],
      probabilityReal,
      confidence: trustIn(
        { 'the half-life': life },
        waiting.some(({ line }) => line.knownOnlyNow.length > 0)
          ? ['what is released is known as of today only']
          : [],
      ),
      owner: waiting.every(({ line }) => line.whoseMove === 'team') ? 'team' : 'shared',
      ...(relief === undefined ? {} : { relief }),
      relievedIf: 'the last mile took as long as its best quarter does',
      cost: { weeks: [cost[0] / 7, cost[1] / 7] },
      ...(cost === each ? {} : { isOfGoalsLast: true as const }),
      get options() {
        const items = new Set(waiting.map(({ item }) => item));
        return optionsIn(relief, ofGoalAmong(view, items));
      },
    },
  ];
};

/** Fewer are in the ledger, and a coincidence. */
const MIN_WAITING = 3;

/** How many of them are open items of the goal that costs are counted in. */
function ofGoalAmong(view: TeamView, items: ReadonlySet<WorkItem>): number {
  const { primary } = goalBases(view);
  return primary?.basis.scope.open.filter((item) => items.has(item)).length ?? 0;
}

function optionsIn(relief: Relief | undefined, ofGoal: number): Signal['options'] {
  return [
    {
      action:
        ofGoal === 0
          ? 'Bring the items that wait longest to Done before anything new is begun.'
          : `Bring the items that wait longest to Done before anything new is begun: ${plural(ofGoal, 'item')} of the goal among them.`,
      assumption: 'They can be brought to Done at once, and nothing else gets slower for it.',
      whoDecides: 'team',
      relief: () =>
        ofGoal === 0 ? 'none of them is the goal’s' : { kind: 'scope', items: [ofGoal, ofGoal] },
    },
    {
      action: 'Staff what the items wait for: reviews, tests, releases, documents.',
      assumption: 'If last-mile took your P25, and they wait for hands, not for a decision.',
      whoDecides: 'leadership',
      relief: () => relief ?? 'too few of the goal’s items were claimed to tell how long they wait',
    },
  ];
}

/** Not only that it came back. */
function isClaim({ signals }: LedgerItem): boolean {
  return signals.some((kind) => kind !== 'reopened');
}

function whyOf({ ageDays, missing, signals }: LedgerItem): string {
  const kinds = signals.map((kind) => kind.replaceAll('_', ' ')).join(', ');
  return `claimed ${plural(ageDays, 'day')} ago, not ${missing[0] ?? 'done'}: ${kinds}`;
}
