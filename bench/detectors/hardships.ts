import { plusDays, startOf } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { type Random, uniform } from '#statistics/random.ts';
import type { Book } from './book.ts';
import { moveTo, named, set } from './draft.ts';
import { DAY_MS, HOUR_MS } from './hours.ts';
import { ITEM_WEEKS, type ItemLabel } from './labelled.ts';
import type { Way } from './way.ts';

/**
 * The same team, in two of three with what makes honest work look like trouble: two fortnights off that nobody entered,
 * or moves just before midnight, far from Greenwich.
 */
export function withHardship(way: Way, seed: string): Way {
  const kind = Math.floor(Number(seed) / 2) % 3;
  if (kind === 0) return way;
  if (kind === 1) return { ...way, undeclared: FORTNIGHTS.flatMap((week) => weekOff(way, week)) };
  return {
    ...way,
    nights: 0.3,
    timezone: Number(seed) % 2 === 0 ? 'America/Los_Angeles' : 'Pacific/Auckland',
  };
}

const FORTNIGHTS = [36, 37, 49, 50];

function weekOff({ from }: Way, week: number) {
  return Array.from({ length: 5 }, (_, i) => plusDays(from, 7 * week + i));
}

/** Old wishes that nobody worked on, closed by one person within minutes, twice: nothing of them is left to do. */
export function closeInBulk(way: Way, of: Book, random: Random): void {
  for (const week of [32, 44]) {
    const at = mondayOf(way, week) + (10 + 100 * uniform(random)) * HOUR_MS;
    for (let i = 0; i < 25; i += 1) {
      const one = of.story(at - (30 + 150 * uniform(random)) * DAY_MS);
      moveTo(one, at + i * 5000, 'Done', 'admin');
      set(one, at + i * 5000, 'resolution', named('Done'), 'admin');
      of.labels.push({ key: one.key, how: 'closed in bulk', alike: onwards(at) });
    }
  }
}

/** What another tracker knew as done long ago, written into this one in a minute. */
export function bringIn(way: Way, of: Book, random: Random): void {
  const at = mondayOf(way, 34) + 20 * HOUR_MS;
  for (let i = 0; i < 30; i += 1) {
    const one = of.story(at + 6 * DAY_MS + 60_000 * uniform(random));
    ['In Progress', 'Review', 'Done'].forEach((status, k) => {
      moveTo(one, one.createdAt + 1 + k, status, 'admin');
    });
    of.labels.push({ key: one.key, how: 'brought in', alike: onwards(at) });
  }
}

/** From then on as long as anybody asks. */
export function onwards(since: Instant): NonNullable<ItemLabel['alike']> {
  return { since, until: Number.POSITIVE_INFINITY };
}

export function mondayOf({ from, timezone }: Way, week: number): Instant {
  return startOf(plusDays(from, 7 * week), timezone);
}

/** Whether something lies in the weeks that reports look back to. */
export function isAsked(way: Way, at: Instant): boolean {
  return at >= mondayOf(way, ITEM_WEEKS.first - 26) && at < mondayOf(way, ITEM_WEEKS.last + 1);
}
