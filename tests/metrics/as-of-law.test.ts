import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CalendarDay, dayOf, endOf, MS_PER_DAY } from '#domain/calendar.ts';
import type { Issue } from '#domain/issue.ts';
import { type TeamView, teamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { cycleTime } from '#metrics/cycle-time.ts';
import { arbitraryLives, BIRTH, copyAt, LIFETIME, type Life, livesOf } from '#tests/builders/arbitrary.ts';
import { history, team } from '#tests/builders/team.ts';

// Every function of a view and nothing else is held to the law, without having to enlist.
const source = fileURLToPath(new URL('../../src/', import.meta.url));
/**
 * Held to it elsewhere: what answers by day, by a test of its own that asks the views of those days; how effort spreads and
 * what numbers of it stand on, by the workstreams, their history and the detector that are made of it.
 */
const ELSEWHERE: ReadonlySet<string> = new Set(['knownCompletions', 'spreadIn', 'measuredIn']);
const OF_A_VIEW = [
  /^export function (\w+)\(\s*view: TeamView,?\s*\)/gm,
  /^export const (\w+)(?:: \(view: TeamView\) => [^=]+)? = oncePerView\(/gm,
  /^export const (\w+): Detector = /gm,
];
const metrics = globSync(['metrics/**/*.ts', 'forecast/**/*.ts', 'risks/**/*.ts'], { cwd: source })
  .toSorted()
  .flatMap((file) => {
    const text = readFileSync(`${source}${file}`, 'utf8');
    return OF_A_VIEW.flatMap((form) => [...text.matchAll(form)]).map(([, name = '']) => ({ name, file }));
  })
  .filter(({ name }) => !ELSEWHERE.has(name));

type Metric = (view: TeamView) => unknown;
type Answer = (item: WorkItem) => unknown;
const isAnswer = (value: unknown): value is Answer => typeof value === 'function';

/** What a metric says of a view; one that answers item by item is asked about each. */
const load = async ({ name, file }: { readonly name: string; readonly file: string }): Promise<Metric> => {
  const module: Record<string, Metric> = await import(`${source}${file}`);
  const metric = module[name];
  if (metric === undefined) throw new RangeError(`${file} does not export ${name}`);
  return (view) => {
    const answer = metric(view);
    if (isAnswer(answer)) return view.items.map(answer);
    return file.startsWith('risks/') || name === 'blockedParts' ? told(answer) : answer;
  };
};

/** What is said, without how more would be worked out: functions compare by who they are. */
const told = (signal: unknown): unknown =>
  JSON.parse(
    JSON.stringify(signal ?? null, (_, value: unknown) => (value instanceof Map ? [...value] : value)),
  );

const payments = team({ timezone: 'America/New_York', stages: { acme: { QA: 'late' } } });
const moments = fc
  .integer({ min: 60, max: 230 })
  .map((days) => dayOf(BIRTH + days * MS_PER_DAY, payments.timezone));
const worlds = fc.record({ lives: arbitraryLives, day: moments });

const copies = (lives: readonly Life[], at: number): readonly Issue[] =>
  lives.map((life) => storedAt(life, at)).filter((issue) => issue !== undefined);

const REASONS = ['deleted', 'trashed', 'archived', 'access_lost'] as const;

/** What is stored at a moment: every fifth issue is gone from some day on, and half of these come back after a month. */
function storedAt(life: Life, moment: number): Issue | undefined {
  const number = Number(life.id.slice(1));
  const since = life.createdAt + (3 + 7 * number) * MS_PER_DAY;
  if (number % 5 !== 0 || since >= moment) return copyAt(life, moment);
  const why = REASONS[(number / 5) % REASONS.length] ?? 'deleted';
  const until = since + 30 * MS_PER_DAY;
  const isBack = number % 2 === 0 && until < moment;
  const copy = copyAt(life, isBack ? moment : since);
  return copy && { ...copy, gone: [isBack ? { since, until, why } : { since, why }] };
}

/** The cycles that the fuzzed issues come and go in: two weeks each, planned without a gap. */
const cycles = Array.from({ length: 8 }, (_, i) => {
  const startAt = BIRTH + (14 * i + 30) * MS_PER_DAY;
  return { id: `s${i}`, name: `Sprint ${i}`, startAt, plannedEndAt: startAt + 14 * MS_PER_DAY };
});

const viewOf = (day: CalendarDay, issues: readonly Issue[]) =>
  teamView(payments, day, [
    history(issues, { source: 'acme', projects: [{ id: 'pay', key: 'PAY', name: 'PAY' }], cycles }),
  ]);

test('the law is held against every metric there is', () => {
  expect(metrics.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'administrativeClosures',
      'cycleTime',
      'dataQuality',
      'goalFocus',
      'incidents',
      'supportLoad',
      'teamForecast',
      'throughput',
      'unstableThroughput',
      'workInProgress',
      'workItemAge',
      'workstreams',
    ]),
  );
});

test('the fuzzed worlds are rich enough to reach every kind of answer', () => {
  let medians = 0;
  const seen = { finished: 0, reopened: 0, cancelled: 0, open: 0, changedLater: 0 };
  fc.assert(
    fc.property(worlds, ({ lives, day }) => {
      const view = viewOf(day, copies(lives, endOf(day, payments.timezone)));
      const { items, asOf } = view;
      if (cycleTime(view).p50.kind === 'value') medians += 1;
      seen.finished += items.filter((item) => item.stage === 'done' && item.startedAt !== undefined).length;
      seen.reopened += items.filter((item) => item.reopenings.length > 0).length;
      seen.cancelled += items.filter((item) => item.stage === 'cancelled').length;
      seen.open += items.filter((item) => item.stage === 'active' || item.stage === 'late').length;
      seen.changedLater += copies(lives, BIRTH + 2 * LIFETIME).filter(
        ({ updatedAt }) => updatedAt >= asOf,
      ).length;
    }),
    { numRuns: 200, seed: 1 },
  );
  expect(Object.entries(seen).filter(([, count]) => count <= 50)).toEqual([]);
  expect(medians).toBeGreaterThan(10);
});

test('no metric knows what came later, in 10,000 timelines', { timeout: 240_000 }, async () => {
  const all = await Promise.all(
    metrics.map(async (entry) => ({ name: entry.name, metric: await load(entry) })),
  );
  let timelines = 0;
  fc.assert(
    fc.property(livesOf(240), moments, (lives, day) => {
      const before = copies(lives, endOf(day, payments.timezone));
      const [then, now] = [viewOf(day, before), viewOf(day, copies(lives, BIRTH + 2 * LIFETIME))];
      timelines += before.length;
      expect(all.filter(({ metric }) => !isDeepStrictEqual(metric(now), metric(then)))).toEqual([]);
    }),
    { numRuns: 75 },
  );
  // Issues that existed on the day asked about; every metric saw each of them with and without its future.
  expect(timelines).toBeGreaterThanOrEqual(10_000);
});

describe.each(metrics)('$file: $name', (entry) => {
  test('knows nothing of what came later', { timeout: 30_000 }, async () => {
    const metric = await load(entry);
    fc.assert(
      fc.property(worlds, ({ lives, day }) => {
        const then = viewOf(day, copies(lives, endOf(day, payments.timezone)));
        const now = viewOf(day, copies(lives, BIRTH + 2 * LIFETIME));
        expect(metric(now)).toEqual(metric(then));
      }),
      { numRuns: 60 },
    );
  });

  test('does not depend on the order in which issues were read', { timeout: 30_000 }, async () => {
    const metric = await load(entry);
    fc.assert(
      fc.property(worlds, fc.infiniteStream(fc.nat()), ({ lives, day }, chance) => {
        const issues = copies(lives, BIRTH + 2 * LIFETIME);
        const shuffled = issues
          .map((issue) => ({ issue, place: chance.next().value }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ issue }) => issue);
        expect(metric(viewOf(day, shuffled))).toEqual(metric(viewOf(day, issues)));
      }),
      { numRuns: 30 },
    );
  });
});
