import type { Instant } from '#domain/issue.ts';
import { integer, type Random, seededRandom, uniform } from '#statistics/random.ts';
import { book, NEGATIVES, POSITIVES, walk, withMore } from './book.ts';
import { add, type Draft, moveTo } from './draft.ts';
import { onwards, withHardship } from './hardships.ts';
import { DAY_MS } from './hours.ts';
import { ITEM_WEEKS, type ItemLabel, type LabelledItems } from './labelled.ts';
import { live } from './life.ts';
import { madeUp, PLAIN } from './team.ts';
import { healthyWay } from './way.ts';

const MAKING = [
  'Endpoint for refunds',
  'Wire up the form',
  'Migrate the table',
  'Retry on time-out',
  'New icon',
];
const LAST_MILE = [
  'Write the docs',
  'Update documentation',
  'QA',
  'Test on staging',
  'Roll out to all customers',
  'Release notes',
  'UAT with the support team',
  'Verification',
  'Runbook',
  'User guide: refunds',
];
/** The same in words that nobody would think of first. */
const LAST_MILE_OTHERWISE = ['Help page', 'Try it out with two customers', 'Announce it'];
/** What is made is about documents and tests, or sounds so. */
const SOUNDS_LATE = [
  'Implement search in the docs',
  'Build the test runner',
  'Fix the QA dashboard',
  'Refactor the rollout service',
  'Docs site: dark mode',
  'Test data generator',
  'Latest prices',
  'Support tables in the document parser',
];

const WELL = [
  'something else is open as well',
  'what is made is about documents',
  'its own work goes on',
  'none of its parts is done',
  'documents within days of being done',
  'documents dropped',
  'only related to it',
] as const;

/**
 * Stories of which documents, tests or the rollout are a part or a linked issue. In trouble, which here is only true: the
 * thing is made and these are open, for three to eight weeks; one in eight is called something that hardly anybody would
 * look for. Well: something else is open as well, or what is open only sounds so; the story's own work goes on beside
 * them; they are done within days of the story, were dropped, or belong to something else.
 */
export function lastMile(seed: string): LabelledItems {
  const way = withHardship(healthyWay(`last mile ${seed}`, ITEM_WEEKS.lived), seed);
  const random = seededRandom(`last mile ${seed}`);
  const of = book(way);
  const days = (least: number, most: number) => (least + (most - least) * uniform(random)) * DAY_MS;
  const part = (parent: Draft, title: string, at: Instant, until: Instant, end = 'Done') => {
    const one = of.story(at + 5 * DAY_MS, 'Sub-task', parent, title);
    walk(one, [
      [at, 'In Progress'],
      [until, end],
    ]);
  };
  const linked = (item: Draft, words: string, title: string, at: Instant, until: Instant, end = 'Done') => {
    const one = of.story(at + 5 * DAY_MS, 'Task', undefined, title);
    moveTo(one, until, end);
    add(item, at, 'links', one.key, `This issue ${words} ${one.key}`);
  };
  for (let i = 0; i < POSITIVES + NEGATIVES; i += 1) {
    const made = of.sometime(random);
    const begun = made - days(4, 10);
    const item = of.story(begun);
    moveTo(item, begun, 'In Progress');
    const until = of.working(random, made + days(21, 56));
    const label = (how: string, more: Partial<ItemLabel>) => of.labels.push({ key: item.key, how, ...more });
    const how = i < POSITIVES ? 'in trouble' : (WELL[i % WELL.length] ?? 'in trouble');
    const alike = { since: made, until };
    if (how !== 'none of its parts is done') {
      for (let k = integer(random, 1, 3); k > 0; k -= 1)
        part(item, oneOf(random, MAKING), begun + days(0, 1), k === 1 ? made : made - days(0, 3));
    }
    if (how === 'in trouble') {
      const title = oneOf(random, uniform(random) < 1 / 8 ? LAST_MILE_OTHERWISE : LAST_MILE);
      if (i % 2 === 0) {
        part(item, title, begun + DAY_MS, until);
        moveTo(item, until, 'Done');
      } else {
        walk(item, [[made, 'Done']]);
        linked(item, 'is documented by', title, begun, until);
      }
      const words = i % 2 === 0 ? 'all but the last mile is done' : 'done, and its documents are open';
      label(words, { trouble: { since: made, until } });
      continue;
    }
    if (how === 'something else is open as well') {
      part(item, oneOf(random, LAST_MILE), begun + DAY_MS, until);
      part(item, oneOf(random, MAKING), begun + DAY_MS, until);
    } else if (how === 'what is made is about documents') {
      part(item, oneOf(random, SOUNDS_LATE), begun + DAY_MS, until);
    } else if (how === 'its own work goes on' || how === 'none of its parts is done') {
      part(item, oneOf(random, LAST_MILE), begun + DAY_MS, until);
    } else {
      walk(item, [[made, 'Done']]);
      const written = of.working(random, made + days(0.5, 4));
      if (how === 'documents within days of being done') {
        part(item, oneOf(random, LAST_MILE), begun + DAY_MS, written);
        label(how, { alike: { since: made, until: written } });
      } else {
        if (how === 'documents dropped')
          part(item, oneOf(random, LAST_MILE), begun + DAY_MS, made, 'Cancelled');
        else linked(item, 'relates to', oneOf(random, LAST_MILE), begun, until);
        label(how, { alike: onwards(made) });
      }
      continue;
    }
    moveTo(item, until, 'Done');
    label(how, { alike });
  }
  return withMore(madeUp(way, PLAIN, live(way)), of, of.labels);
}

function oneOf(random: Random, titles: readonly string[]): string {
  return titles[integer(random, 0, titles.length - 1)] ?? '';
}
