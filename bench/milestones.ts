import { parseArgs } from 'node:util';
import { mean, range, rollup } from 'd3-array';
import { recordedViews } from '#cli/recorded-views.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { brierScore, calibrationError } from '#statistics/scores.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { figure, table } from './figures.ts';
import {
  METHODS,
  type Method,
  type PastMilestone,
  pastMilestones,
  type Refused,
} from './milestones/replay.ts';

// What forecasts for milestones would have been worth: every four weeks, for every version and epic with something left
// to do, whether nothing is left so many days later. Our way, the same as if the scope never changed, and the usual
// rule: what is left divided by the pace. Each sees what was known then, save the names of versions. The same milestone
// is asked about several times, so that there are fewer independent answers than forecasts.
//
//   npm run -s bench:milestones -- [FILE…]

const { positionals } = parseArgs({ allowPositionals: true });
const recorded = ['DURACLOUD', 'ISLANDORA', 'CB'];
const files =
  positionals.length > 0
    ? positionals
    : recorded.flatMap((name) => sharedPath(`data/jira-history/${name}.jsonl.gz`) ?? []);
if (files.length === 0)
  throw new RangeError('No recorded history lies beside the project: name one or more files.');

const HORIZONS = [28, 56, 84];
const SURE = 0.85;

const views = await recordedViews(files, {
  environment: process.env,
  out: () => {},
  note: (line) => process.stderr.write(`${line}\n`),
  signal: new AbortController().signal,
});
const all = views.flatMap(pastMilestones);
const told = all.filter((one): one is PastMilestone => 'chances' in one);
const refused = all.filter((one): one is Refused => 'why' in one);

const parts = [
  ['every milestone', told],
  ['versions that were released later, as nobody knew then', told.filter((one) => one.isReleasedLater)],
] as const;
for (const [name, some] of parts) {
  process.stdout.write(
    [
      `${name}: ${count(some)}`,
      table(HORIZONS.flatMap((days) => METHODS.map((method) => row(some, days, method)))),
      ...METHODS.map((method) => kept(some, method)),
      '',
      '',
    ].join('\n'),
  );
}
const reasons = [
  ...rollup(
    refused,
    (some) => some.length,
    ({ why }) => why,
  ),
].toSorted((a, b) => b[1] - a[1]);
process.stdout.write(
  `nothing said ${figure(refused.length)} times, for want of: ${reasons.map(([why, n]) => `${why} (${n})`).join(', ')}\n`,
);

function row(some: readonly PastMilestone[], days: number, method: Method): Readonly<Record<string, string>> {
  const resolved = some.filter(({ wasDone }) => wasDone(days) !== undefined);
  const claims = resolved.map(({ chances, wasDone }) => ({
    probability: chances[method](days),
    happened: wasDone(days) === true,
  }));
  const rate = mean(claims, ({ happened }) => (happened ? 1 : 0)) ?? Number.NaN;
  return {
    'days ahead': figure(days),
    method: method.padEnd(22),
    forecasts: figure(claims.length),
    milestones: figure(milestonesIn(resolved)),
    said: figure(mean(claims, ({ probability }) => probability) ?? Number.NaN, 3),
    happened: figure(rate, 3),
    Brier: figure(brierScore(claims) ?? Number.NaN, 3),
    'of always saying that': figure(rate * (1 - rate), 3),
    ECE: figure(calibrationError(claims) ?? Number.NaN, 3),
  };
}

/** How often nothing was left on the day that had been given with 85 %. */
function kept(some: readonly PastMilestone[], method: Method): string {
  const dates = some.flatMap((one) => {
    const days = range(1, 365).find((ahead) => one.chances[method](ahead) >= SURE);
    return days === undefined ? [] : [{ one, done: one.wasDone(days) }];
  });
  const resolved = dates.filter(({ done }) => done !== undefined);
  const k = resolved.filter(({ done }) => done === true).length;
  if (resolved.length === 0) return `85 % date, ${method}: none came`;
  const { lower, upper } = jeffreysProportion(k, resolved.length);
  return `85 % date, ${method}: given ${dates.length} times of ${some.length}, came ${resolved.length} times for ${milestonesIn(resolved.map(({ one }) => one))} milestones, kept ${figure(k / resolved.length, 2)} (90 %, as if all were independent: ${figure(lower, 2)}–${figure(upper, 2)})`;
}

function count(some: readonly PastMilestone[]): string {
  return `${some.length} forecasts for ${milestonesIn(some)} milestones of ${new Set(some.map(({ project }) => project)).size} projects`;
}

function milestonesIn(some: readonly PastMilestone[]): number {
  return new Set(some.map(({ project, milestone }) => `${project} ${milestone}`)).size;
}
