import { type CalendarDay, dayOf, endOf } from '#domain/calendar.ts';
import { type KpiValue, NO_EVIDENCE } from '#domain/done-evidence.ts';
import type { Goal } from '#domain/goal.ts';
import type { Instant } from '#domain/issue.ts';
import { seededRandom, uniform } from '#statistics/random.ts';
import { book, NEGATIVES, POSITIVES, walk, withMore } from './book.ts';
import { moveTo } from './draft.ts';
import { mondayOf, onwards, withHardship } from './hardships.ts';
import { DAY_MS } from './hours.ts';
import { ITEM_WEEKS, type ItemLabel, type LabelledItems } from './labelled.ts';
import { live } from './life.ts';
import { madeUp, PLAIN } from './team.ts';
import { chance, healthyWay } from './way.ts';

const WELL = [
  'taken up in time',
  'taken up days late',
  'its day lies ahead',
  'not out yet',
  'nobody measures',
  'wavers',
  'nobody has to take it up',
] as const;

/** By when the next value after something has happened is told. */
const TOLD_AFTER = 12 * DAY_MS;

/**
 * Goals that are out, and that somebody has to take up: how far they have is measured about weekly, and told up to three
 * days later. In trouble: its day passes, and for five to fifteen weeks too few have taken it up. Well: enough have by its
 * day, or a few days after it; its day lies ahead; the work is not out yet; nobody measures it; one measure of several is
 * below the target; nobody is said to have to take it up. Of half of them fewer is better.
 */
export function adoption(seed: string): LabelledItems {
  const way = withHardship(healthyWay(`adoption ${seed}`, ITEM_WEEKS.lived), seed);
  const random = seededRandom(`adoption ${seed}`);
  const of = book(way);
  const goals: Goal[] = [];
  const kpiValues: KpiValue[] = [];
  const days = (least: number, most: number) => (least + (most - least) * uniform(random)) * DAY_MS;
  for (let i = 0; i < POSITIVES + NEGATIVES; i += 1) {
    const how = i < POSITIVES ? 'too few' : (WELL[i % WELL.length] ?? 'too few');
    const out = of.sometime(random);
    const day = dayOf(out + days(7, 35), way.timezone);
    const due = endOf(day, way.timezone);
    const epic = of.story(out - 40 * DAY_MS, 'Epic');
    moveTo(epic, out - 39 * DAY_MS, 'In Progress');
    for (let k = 0; k < 2; k += 1) {
      const story = of.story(out - 20 * DAY_MS, 'Story', epic);
      walk(story, [
        [out - 19 * DAY_MS, 'In Progress'],
        [out - (5 - k) * DAY_MS, 'Done'],
      ]);
    }
    const end = how === 'not out yet' ? mondayOf(way, ITEM_WEEKS.last + 4) : out;
    moveTo(epic, end, 'Done');

    const reached = {
      'too few': due + days(35, 105),
      'taken up in time': out + (due - out) * (0.2 + 0.7 * uniform(random)),
      'taken up days late': due + days(0.5, 5),
      'its day lies ahead': due - DAY_MS,
      'not out yet': end + days(7, 21),
      'nobody measures': due - DAY_MS,
      wavers: out + (due - out) * 0.4,
      'nobody has to take it up': due + days(35, 105),
    }[how];
    const isLess = chance(random, 0.5);
    const date = how === 'its day lies ahead' ? dayOf(due + 300 * DAY_MS, way.timezone) : day;
    const toTakeUp = how === 'nobody has to take it up' ? {} : { adopters: ['customers'] };
    goals.push(goalOf(epic.key, date, isLess, toTakeUp));
    if (how !== 'nobody measures') {
      const slow = how === 'too few' ? 0.3 + 0.5 * uniform(random) : 0.95;
      const dips = how === 'wavers' ? due - days(0, 3) : undefined;
      measure(epic.key, isLess, { out: out + days(1, 5), reached, slow, dips });
    }
    const label = (more: Partial<ItemLabel>) => of.labels.push({ key: epic.key, how, ...more });
    if (how === 'too few') label({ trouble: { since: due, until: reached + TOLD_AFTER } });
    else if (how === 'not out yet') label({ alike: { since: due, until: end } });
    else if (how === 'taken up days late') label({ alike: { since: due, until: reached + TOLD_AFTER } });
    else label({ alike: onwards(out) });
  }
  const { made, labels } = withMore(madeUp(way, { ...PLAIN, hasGoal: false }, live(way)), of, of.labels);
  const evidence = { ...NO_EVIDENCE, kpiValues: kpiValues.toSorted((a, b) => a.at - b.at) };
  return { made: { ...made, team: { ...made.team, goals }, goals, evidence }, labels };

  /** About a value a week; the target is 100 of 100, or where fewer is better 0 of 100. */
  function measure(key: string, isLess: boolean, { out, reached, slow, dips }: Course): void {
    const tell = (at: Instant, part: number) => {
      const value = isLess ? 100 - 100 * part : 100 * part;
      kpiValues.push({
        id: `${key}-${kpiValues.length}`,
        team: way.seed,
        goal: key,
        kpi: 'k',
        at,
        recordedAt: at + days(0, 3),
        value: Math.round(value),
      });
    };
    for (let at = out; at < out + 30 * 7 * DAY_MS; at += days(5, 9)) {
      const part = at >= reached ? 1 : slow * Math.min(1, (at - out) / Math.max(DAY_MS, reached - out));
      tell(at, Math.min(part, at >= reached ? 1 : 0.98));
    }
    if (dips !== undefined) tell(dips, 0.97);
  }
}

interface Course {
  readonly out: Instant;
  /** When enough have taken it up. */
  readonly reached: Instant;
  /** How far it comes until then. */
  readonly slow: number;
  /** When one measure is below the target again. */
  readonly dips: Instant | undefined;
}

/** A goal that hangs on an issue, with one measure of it. */
export function goalOf(key: string, date: CalendarDay, isLess: boolean, more: Partial<Goal>): Goal {
  const target = isLess ? 0 : 100;
  return {
    id: key,
    name: `Goal ${key}`,
    scope: { kind: 'parent', name: key },
    date,
    kpis: [{ id: 'k', target, direction: isLess ? 'down' : 'up' }],
    ...more,
  };
}
