import { dayOf } from '#domain/calendar.ts';
import type { Goal } from '#domain/goal.ts';
import type { Instant } from '#domain/issue.ts';
import { integer, seededRandom, uniform } from '#statistics/random.ts';
import { goalOf } from './adoption.ts';
import { book, NEGATIVES, POSITIVES, walk, withMore } from './book.ts';
import { type Draft, moveTo } from './draft.ts';
import { onwards, withHardship } from './hardships.ts';
import { DAY_MS } from './hours.ts';
import { ITEM_WEEKS, type ItemLabel, type LabelledItems } from './labelled.ts';
import { live } from './life.ts';
import { madeUp, PLAIN } from './team.ts';
import { healthyWay } from './way.ts';

const ROLLOUT = [
  'Roll out to all shops',
  'Rollout to the pilot customers',
  'Onboarding of the support team',
  'Adoption by the partners',
];
/** The same in words that nobody would think of first. */
const ROLLOUT_OTHERWISE = ['Bring the last shops over', 'Training for the support team'];
const REST = ['Refunds of gift cards', 'Invoices in two languages', 'Monthly export'];

const WELL = [
  'something else is open as well',
  'rolled out',
  'not out yet',
  'nobody has to take it up',
] as const;

/**
 * Goals with a rollout among their parts, which somebody has to take up and nobody measures yet. In trouble, which here is
 * only true: the goal is out and nothing but the rollout is open, for three to eight weeks; one in eight is called
 * something that hardly anybody would look for. Well: something else is open as well, the rollout is done, the work is not
 * out, or nobody is said to have to take it up.
 */
export function rollouts(seed: string): LabelledItems {
  const way = withHardship(healthyWay(`rollouts ${seed}`, ITEM_WEEKS.lived), seed);
  const random = seededRandom(`rollouts ${seed}`);
  const of = book(way);
  const goals: Goal[] = [];
  const oneOf = (titles: readonly string[]) => titles[integer(random, 0, titles.length - 1)] ?? '';
  const part = (epic: Draft, title: string, at: Instant, until: Instant) => {
    walk(of.story(at + 5 * DAY_MS, 'Story', epic, title), [
      [at, 'In Progress'],
      [until, 'Done'],
    ]);
  };
  for (let i = 0; i < POSITIVES + NEGATIVES; i += 1) {
    const how = i < POSITIVES ? 'only the rollout is open' : (WELL[i % WELL.length] ?? 'rolled out');
    const out = of.sometime(random);
    const until = of.working(random, out + (21 + 35 * uniform(random)) * DAY_MS);
    const epic = of.story(out - 40 * DAY_MS, 'Epic');
    moveTo(epic, out - 39 * DAY_MS, 'In Progress');
    moveTo(epic, how === 'not out yet' ? until : out, 'Done');
    part(epic, oneOf(REST), out - 30 * DAY_MS, out - 2 * DAY_MS);
    const words = uniform(random) < 1 / 8 ? ROLLOUT_OTHERWISE : ROLLOUT;
    part(epic, oneOf(words), out - 10 * DAY_MS, how === 'rolled out' ? out - DAY_MS : until);
    if (how === 'something else is open as well') part(epic, oneOf(REST), out - 9 * DAY_MS, until);
    const toTakeUp = how === 'nobody has to take it up' ? {} : { adopters: ['customers'] };
    goals.push(goalOf(epic.key, dayOf(out + 300 * DAY_MS, way.timezone), false, toTakeUp));
    const stretch = { since: out, until };
    const more: Partial<ItemLabel> =
      how === 'only the rollout is open'
        ? { trouble: stretch }
        : { alike: how === 'rolled out' ? onwards(out) : stretch };
    of.labels.push({ key: epic.key, how, ...more });
  }
  const { made, labels } = withMore(madeUp(way, { ...PLAIN, hasGoal: false }, live(way)), of, of.labels);
  return { made: { ...made, team: { ...made.team, goals }, goals }, labels };
}
