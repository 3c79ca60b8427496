import { endOf, plusDays, startOf } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { Version } from '#domain/reference.ts';
import { integer, seededRandom, uniform } from '#statistics/random.ts';
import { book, NEGATIVES, POSITIVES, walk, withMore } from './book.ts';
import { add, moveTo } from './draft.ts';
import { bringIn, closeInBulk, withHardship } from './hardships.ts';
import { DAY_MS } from './hours.ts';
import { ITEM_WEEKS, type LabelledItems } from './labelled.ts';
import { live } from './life.ts';
import { madeUp, PLAIN } from './team.ts';
import { around, chance, healthyWay } from './way.ts';

/**
 * Done work on its way out. In trouble: its version was forgotten when the train left, and goes out months later. Well:
 * on a train between two stations, one of which was put off for the holidays; closed in bulk, or brought in from elsewhere.
 */
export function releases(seed: string): LabelledItems {
  const base = healthyWay(`releases ${seed}`, ITEM_WEEKS.lived);
  const trainWeeks = [1, 2, 4, 6, 8][Number(seed) % 5] ?? 2;
  const way = withHardship({ ...base, trainWeeks }, seed);
  const random = seededRandom(`releases ${seed}`);
  const life = live(way);
  const made = madeUp(way, PLAIN, life);
  const putOff = plusDays(way.from, 7 * 46);
  const versions: Version[] = made.reference.versions.map((one) =>
    one.releaseDay !== undefined &&
    one.releaseDay >= putOff &&
    one.releaseDay < plusDays(putOff, 7 * trainWeeks)
      ? { ...one, releaseDay: plusDays(one.releaseDay, 10) }
      : one,
  );
  const of = book(way);
  for (let i = 0; i < POSITIVES; i += 1) {
    const at = of.sometime(random);
    const one = of.story(at - 5 * DAY_MS);
    const leaves = versions.find(
      ({ releaseDay = way.from }) => startOf(plusDays(releaseDay, 1), way.timezone) > at,
    );
    const out = plusDays(made.endOfWeek(made.weekOf(at)), integer(random, 8, 16) * 7);
    versions.push({ id: `side${i}`, projectId: 'pay', name: `1.${i}.1`, released: true, releaseDay: out });
    walk(one, [
      [at - 4 * DAY_MS, 'In Progress'],
      [at - DAY_MS, 'Review'],
      [at, 'Done'],
    ]);
    add(one, at, 'versions', `side${i}`);
    const since = startOf(plusDays(leaves?.releaseDay ?? made.endOfWeek(made.weekOf(at)), 1), way.timezone);
    of.labels.push({
      key: one.key,
      how: 'forgotten version',
      trouble: { since, until: startOf(out, way.timezone) },
    });
  }
  closeInBulk(way, of, random);
  bringIn(way, of, random);
  const trained = life.tickets.flatMap(({ draft: { key }, doneAt, kind }) => {
    if (doneAt === undefined || kind === 'support') return [];
    const leaves = versions.find(
      ({ id, releaseDay = way.from }) => id.startsWith('v') && endOf(releaseDay, way.timezone) > doneAt,
    );
    const until = leaves?.releaseDay === undefined ? doneAt : endOf(leaves.releaseDay, way.timezone);
    return [{ key, how: `train of ${trainWeeks} weeks`, alike: { since: doneAt, until } }];
  });
  return withMore({ ...made, reference: { ...made.reference, versions } }, of, [...of.labels, ...trained]);
}

/**
 * Parents. In trouble: everything under it is done and nobody closes it for weeks. Well: closed within two days; more is
 * still being put under it after a few days without any; the last part is being worked on.
 */
export function parents(seed: string): LabelledItems {
  const way = withHardship(healthyWay(`parents ${seed}`, ITEM_WEEKS.lived), seed);
  const random = seededRandom(`parents ${seed}`);
  const made = madeUp(way, PLAIN, live(way));
  const of = book(way);
  for (let i = 0; i < POSITIVES + NEGATIVES; i += 1) {
    const begin = of.sometime(random);
    const parent = of.story(begin);
    moveTo(parent, begin, 'In Progress');
    const part = (at: Instant, days: number): Instant => {
      const one = of.story(at + 5 * DAY_MS, 'Sub-task', parent);
      const end = of.working(random, at + days * DAY_MS);
      walk(one, [
        [at + DAY_MS / 24, 'In Progress'],
        [end, 'Done'],
      ]);
      return end;
    };
    let last = begin;
    for (let k = integer(random, 3, 7); k > 0; k -= 1)
      last = Math.max(last, part(begin + 0.2 * DAY_MS, 0.5 + 8 * uniform(random)));
    const close = (how: string, days: number) => {
      const until = of.working(random, last + days * DAY_MS);
      moveTo(parent, until, 'Done');
      of.labels.push({ key: parent.key, how, alike: { since: begin + 2 * DAY_MS, until } });
    };
    if (i < POSITIVES) {
      const until = last + (20 + 30 * uniform(random)) * DAY_MS;
      moveTo(parent, until, 'Done');
      of.labels.push({ key: parent.key, how: 'forgotten parent', trouble: { since: last, until } });
    } else if (i % 3 === 0) {
      close('closed within two days of work', 2 * uniform(random));
    } else if (i % 3 === 1) {
      for (let round = integer(random, 1, 3); round > 0; round -= 1)
        last = part(last + around(random, 2, 0.7) * DAY_MS, 3);
      close('more is put under it', uniform(random));
    } else {
      last = part(last - DAY_MS, 8 + 10 * uniform(random));
      close('the last part takes long', uniform(random));
    }
  }
  return withMore(made, of, of.labels);
}

/**
 * Work that comes back. In trouble: it was called done, came back within three weeks and is worked on for days. Well:
 * opened by mistake and closed within the hour, at midnight too; opened and closed in bulk; brought back months later
 * as a new wish; moved on among statuses of done.
 */
export function reopenings(seed: string): LabelledItems {
  const way = withHardship(healthyWay(`reopenings ${seed}`, ITEM_WEEKS.lived), seed);
  const random = seededRandom(`reopenings ${seed}`);
  const made = madeUp(way, PLAIN, live(way));
  const of = book(way);
  for (let i = 0; i < POSITIVES + NEGATIVES; i += 1) {
    const kind =
      i < POSITIVES ? 'incomplete' : (['by mistake', 'at midnight', 'in bulk', 'a new wish'] as const)[i % 4];
    const back = kind === 'at midnight' && chance(random, 0.05) ? of.justBefore(random) : of.sometime(random);
    const done =
      back - (kind === 'a new wish' ? 45 + 60 * uniform(random) : 1 + 20 * uniform(random)) * DAY_MS;
    const one = of.story(done - 5 * DAY_MS);
    const days =
      kind === 'incomplete' || kind === 'a new wish'
        ? 4 + 12 * uniform(random)
        : (1 + 44 * uniform(random)) / 1440;
    const again = kind === 'in bulk' ? back + 4 * 60_000 : back + days * DAY_MS;
    walk(one, [
      [done - 4 * DAY_MS, 'In Progress'],
      [done - DAY_MS, 'Review'],
      [done, 'Done'],
      [back, 'In Progress'],
      [again, 'Done'],
    ]);
    of.labels.push({
      key: one.key,
      how: kind ?? '',
      ...(kind === 'incomplete'
        ? { trouble: { since: back, until: again } }
        : { alike: { since: back, until: back + 30 * DAY_MS } }),
    });
  }
  return withMore(made, of, of.labels);
}
