import { exactCount } from '#domain/measurement.ts';
import { plural } from '#domain/wording.ts';
import { claims } from '#metrics/claims.ts';
import { claimCurve, halfLife } from '#metrics/half-life.ts';
import { type LedgerItem, ledger } from '#metrics/ledger.ts';
import { meanWait } from '#statistics/mean-wait.ts';
import { minimumSample } from '#statistics/quantiles.ts';
import { type SurvivalCurve, survivalQuantile } from '#statistics/survival.ts';
import { normalCdf } from '#statistics/tails.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import type { Range } from './risk.ts';
import type { Detector, Signal } from './signal.ts';

/**
 * Work that is basically done and stays so: some of what is claimed nearly done is through at once, and some of it lies.
 *
 * Slow reviews and release trains take long and about equally long. Where claims lie, times differ more than chance alone
 * would make them: by more than those of a wait without memory, whose mean is 3.5 times its best quartile. The
 * probability is that they do, by the errors of both (log scale, normal). Named are the items that have waited longer
 * than the mean; of parents, whose children are all closed, likewise.
 *
 * The cost is what it would be worth if the last mile took the team's own best quartile: everything would be through by
 * the difference of mean and quartile sooner, from the near ends of their intervals to the far ones. The mean, since a
 * goal waits for the slowest of its items. Below 19 claims that came true, or 3 items that lie, it sees nothing.
 */
export const basicallyDone: Detector = (view) => {
  const sample = claims(view);
  const curve = claimCurve(sample);
  if (curve.kind === 'insufficient' || curve.events < minimumSample(85)) return [];
  const { sooner, mean, best, probabilityReal } = lastMile(curve);
  const waiting = ledger(view).filter(({ line }) => line.ageDays > mean && isClaim(line));
  if (waiting.filter(({ item }) => item.type.level <= 0).length < MIN_WAITING || probabilityReal < 0.5)
    return [];
  const life = halfLife(sample);
  return [
    {
      kind: 'basically_done',
      statement:
        `${waiting.length} items are basically done and have waited for longer than the ${plural(mean, 'day')} that such work ` +
        `takes from there to Done on average; the best quarter takes at most ${plural(best, 'day')}.`,
      evidence: [
        evidenceOf(
          'basicallyDone.count',
          exactCount(waiting.length, 'items', sample.window, 'claimed nearly done for longer than the mean'),
          waiting.map(({ line }) => refWhy(line, whyOf(line))),
        ),
        evidenceOf('basicallyDone.halfLife', life),
      ],
      probabilityReal,
      confidence: trustIn(
        { 'the half-life': life },
        waiting.some(({ line }) => line.knownOnlyNow.length > 0)
          ? ['what is released is known as of today only']
          : [],
      ),
      owner: waiting.every(({ line }) => line.whoseMove === 'team') ? 'team' : 'shared',
      relief: { kind: 'sooner', days: sooner },
      cost: { weeks: [sooner[0] / 7, sooner[1] / 7] },
      options: OPTIONS,
    },
  ];
};

/** Fewer are in the ledger, and a coincidence. */
const MIN_WAITING = 3;
/** Mean over lower quartile of a wait without memory: 1 / ln(4/3). */
const WITHOUT_MEMORY = 1 / Math.log(4 / 3);
const Z90 = 1.6449;
/** What is through at once took at least that: of nothing there is no multiple. */
const AN_HOUR = 1 / 24;

const OPTIONS: Signal['options'] = [
  {
    action: 'Bring the items that wait longest to Done before anything new is begun.',
    assumption: 'If last-mile took your P25, and nothing else got slower for it.',
    whoDecides: 'team',
  },
  {
    action: 'Staff what the items wait for: reviews, tests, releases, documents.',
    assumption: 'If last-mile took your P25, and they wait for hands, not for a decision.',
    whoDecides: 'leadership',
  },
];

/** Not only that it came back. */
function isClaim({ signals }: LedgerItem): boolean {
  return signals.some((kind) => kind !== 'reopened');
}

function whyOf({ ageDays, missing, signals }: LedgerItem): string {
  const kinds = signals.map((kind) => kind.replaceAll('_', ' ')).join(', ');
  return `claimed ${plural(ageDays, 'day')} ago, not ${missing[0] ?? 'done'}: ${kinds}`;
}

function lastMile(curve: SurvivalCurve) {
  const quarter = survivalQuantile(curve, 25);
  const { mean, lower, upper } = meanWait(curve);
  const best = quarter.kind === 'reached' ? quarter.value : quarter.beyond;
  const quickest = quarter.lower ?? best;
  const slowest = (quarter.kind === 'reached' ? quarter.upper : undefined) ?? best;
  const low = Math.max(0, lower - slowest);
  const sooner: Range = [low, Math.max(low, upper - quickest)];
  const error = Math.hypot(
    (upper - mean) / (Z90 * mean),
    Math.log(Math.max(slowest, AN_HOUR) / Math.max(quickest, AN_HOUR)) / (2 * Z90),
  );
  const excess = Math.log(mean / Math.max(best, AN_HOUR) / WITHOUT_MEMORY);
  // Claims that all take equally long have no error, and no excess.
  const probabilityReal = error > 0 ? normalCdf(excess / error) : 0;
  return { sooner, mean, best, probabilityReal };
}
