import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mean, rollup } from 'd3-array';
import { recordedViews } from '#cli/recorded-views.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { seededRandom, weekBootstrap } from '#statistics/random.ts';
import { garwood } from '#statistics/rate.ts';
import { alarmsOf } from './alerts/drops.ts';
import { falselyRaised, WAYS } from './alerts/healthy.ts';
import { asRecorded, BY_CHANCE } from './alerts/patterns.ts';
import { conductOf, medianOf, NAIVE_RATIO, type Promised, RULES } from './alerts/promise.ts';
import { figure, table } from './figures.ts';

// How often our alerts ring for teams that are well, and how soon for teams that are not, by simulation with the rules
// the product uses. Weeks come by chance alone, or as they were recorded (blocks of four weeks from real histories,
// brought to the same pace). 90 % intervals in brackets; the same seeds every time.
//
//   npm run -s bench:alerts -- [--years YEARS] [--healthy TEAM-YEARS] [--history FILE ...]

const { values } = parseArgs({
  options: {
    years: { type: 'string', default: '1000' },
    healthy: { type: 'string', default: '24' },
    history: { type: 'string', multiple: true, default: shared(['CB', 'DURACLOUD', 'ISLANDORA']) },
  },
});
const [years, healthyYears] = [whole('years', values.years), whole('healthy', values.healthy)];
const views = await recordedViews(values.history, {
  environment: process.env,
  out: () => {},
  note: (line) => process.stderr.write(`${line}\n`),
  signal: new AbortController().signal,
});
const patterns = views.length === 0 ? [BY_CHANCE] : [BY_CHANCE, asRecorded(views)];
const PACES = [3, 6, 12];

const promises: readonly Omit<Promised, 'pattern' | 'perWeek'>[] = [
  { objective: 0.8, misses: 0.15 },
  { objective: 0.85, misses: 0.15 },
  { objective: 0.85, misses: 0.1 },
];
print(
  `delivery promise: ${figure(years)} team-years each; "ratio" is a miss rate of ${NAIVE_RATIO} times the allowed one in both windows`,
  patterns.flatMap((pattern) =>
    promises.flatMap((promise) => PACES.flatMap((perWeek) => promiseRows({ ...promise, pattern, perWeek }))),
  ),
);
print(
  `stability: ${figure(years)} teams each, in percent`,
  patterns.flatMap((pattern) =>
    PACES.map((perWeek) => {
      const found = alarmsOf(pattern, perWeek, years);
      const share = (k: number) => withEnds(100 * (k / found.teams), jeffreysProportion(k, found.teams), 100);
      return {
        weeks: pattern.name,
        'items a week': figure(perWeek),
        'variance / mean': figure(found.overdispersion, 1),
        'false in 8 weeks': share(found.falseIn8),
        'false in a half-year': share(found.falseIn26),
        'chart, false in a half-year': share(found.chart),
        'halving found in 8 weeks': share(found.halving),
        'risk, false in a half-year': share(found.risk),
        'risk, halving found': share(found.riskHalving),
      };
    }),
  ),
);
print(
  `risks raised for teams that are well, with a goal that is reached one time in two: new ones, asked every Monday`,
  healthyRows(),
);

function promiseRows(promised: Promised): readonly Readonly<Record<string, string>>[] {
  const conduct = conductOf(promised, years);
  return RULES.map((rule) => {
    const { alertWeeks, detection } = conduct[rule];
    const ends = weekBootstrap(seededRandom('alert weeks'), alertWeeks, 500, (some) => mean(some));
    return {
      weeks: promised.pattern.name,
      promise: `${100 * promised.objective} %, ${100 * promised.misses} % miss`,
      'items a week': figure(promised.perWeek),
      rule,
      'alert weeks a year': withEnds(mean(alertWeeks) ?? Number.NaN, ends, 1, 2),
      'overspent %': rule === 'ours' ? figure(100 * conduct.overspent) : '',
      'weeks to see 2x': weeksTo(detection.double),
      'weeks to see 3x': weeksTo(detection.triple),
    };
  });
}

/** The median, and between which weeks nine of ten are found. */
function weeksTo(detection: readonly number[]): string {
  const sorted = detection.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const week = sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
    return Number.isFinite(week) ? figure(week) : 'over 52';
  };
  const half = medianOf(detection);
  return `${Number.isFinite(half) ? figure(half) : 'over 52'} (${at(0.05)}–${at(0.95)})`;
}

function healthyRows(): readonly Readonly<Record<string, string>>[] {
  const ways = Object.entries(WAYS);
  const each = Math.max(1, Math.round(healthyYears / ways.length));
  const all = ways.map(([name, way]) => ({
    name,
    raised: Array.from({ length: each }, (_, i) => falselyRaised(way, `${name} ${i}`)).flat(),
  }));
  const row = (name: string, raised: readonly string[], team: number) => ({
    way: name,
    'team-years': figure(team),
    'raised a year': withEnds(raised.length / team, garwood(raised.length, team, 0.9), 1, 2),
    kinds: [
      ...rollup(
        raised,
        (some) => some.length,
        (kind) => kind,
      ),
    ]
      .map(([kind, n]) => `${kind} ${n}`)
      .join(', '),
  });
  return [
    ...all.map(({ name, raised }) => row(name, raised, each)),
    row(
      'all',
      all.flatMap(({ raised }) => raised),
      each * ways.length,
    ),
  ];
}

function withEnds(
  value: number,
  ends: { readonly lower: number; readonly upper: number } | undefined,
  scale: number,
  digits = 0,
): string {
  if (ends === undefined) return figure(value, digits);
  return `${figure(value, digits)} (${figure(scale * ends.lower, digits)}–${figure(scale * ends.upper, digits)})`;
}

function print(title: string, rows: readonly Readonly<Record<string, string>>[]): void {
  process.stdout.write(`${title}\n\n${table(rows)}\n\n`);
}

function whole(name: string, text: string): number {
  const count = Number(text);
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new RangeError(`--${name} takes a whole number from 1, not "${text}".`);
  }
  return count;
}

function shared(names: readonly string[]): string[] {
  const paths = names.map((name) =>
    fileURLToPath(new URL(`../../shared/data/jira-history/${name}.jsonl.gz`, import.meta.url)),
  );
  return paths.filter((path) => existsSync(path));
}
