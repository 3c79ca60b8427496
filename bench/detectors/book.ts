import { plusDays, startOf } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { integer, type Random, uniform } from '#statistics/random.ts';
import { type Draft, draft, moveTo, named, set, toParent } from './draft.ts';
import { atWork, DAY_MS } from './hours.ts';
import { ITEM_WEEKS, type ItemLabel, type LabelledItems } from './labelled.ts';
import { type MadeUp, madeUp, PLAIN } from './team.ts';
import type { Way } from './way.ts';

/** Adds issues one after another, each with a number of its own. */
export function book(way: Way) {
  const drafts: Draft[] = [];
  const labels: ItemLabel[] = [];
  const begin = startOf(way.from, way.timezone);
  const off = new Set([...way.declared, ...way.undeclared]);
  /** Written down six days before that moment. */
  const story = (at: Instant, type = 'Story', parent?: Draft, title?: string): Draft => {
    const of = draft(`PAY-${50_000 + drafts.length}`, at - 6 * DAY_MS, {
      type: named(type),
      status: named('To Do'),
      ...(title === undefined ? {} : { title: { value: title } }),
      ...(parent === undefined ? {} : { parent: toParent(parent) }),
    });
    drafts.push(of);
    return of;
  };
  /** The first moment from then on at which somebody is at work. */
  const working = (random: Random, at: Instant): Instant => atWork(at, way.timezone, off, random);
  /** Sometime in the weeks that are asked about, on a work day from nine to five. */
  const sometime = (random: Random): Instant =>
    working(
      random,
      begin +
        integer(random, ITEM_WEEKS.first + 2, ITEM_WEEKS.last - 12) * 7 * DAY_MS +
        (integer(random, 0, 4) + (9 + 8 * uniform(random)) / 24) * DAY_MS,
    );
  /** A few minutes before a weekly report. */
  const justBefore = (random: Random): Instant =>
    startOf(
      plusDays(way.from, 7 * integer(random, ITEM_WEEKS.first + 2, ITEM_WEEKS.last - 12)),
      way.timezone,
    ) -
    (1 + 20 * uniform(random)) * 60_000;
  return { drafts, labels, story, working, sometime, justBefore };
}

export type Book = ReturnType<typeof book>;

/** So many items in trouble and so many that are well, which is what a team is given beside its own life. */
export const POSITIVES = 14;
export const NEGATIVES = 70;

/** Moves it through statuses; what is done has a resolution. */
export function walk(of: Draft, steps: readonly (readonly [at: Instant, status: string])[]): void {
  for (const [at, status] of steps) {
    moveTo(of, at, status);
    set(of, at, 'resolution', status === 'Done' ? named('Done') : undefined);
  }
}

/** The team with the issues that were added. */
export function withMore(made: MadeUp, of: Book, labels: readonly ItemLabel[]): LabelledItems {
  const more = madeUp(
    made.way,
    PLAIN,
    { tickets: [], epics: [], cycles: [], facts: made.life.facts },
    of.drafts,
  );
  return { made: { ...made, issues: [...made.issues, ...more.issues] }, labels };
}
