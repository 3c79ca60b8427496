import { plusDays, startOf } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { Version } from '#domain/reference.ts';
import { integer, type Random, seededRandom, uniform } from '#statistics/random.ts';
import { add, type Draft, draft, moveTo, named, set, toParent } from './draft.ts';
import { DAY_MS } from './hours.ts';
import { ITEM_WEEKS, type ItemLabel, type LabelledItems } from './labelled.ts';
import { live } from './life.ts';
import { type MadeUp, madeUp, PLAIN } from './team.ts';
import { around, chance, healthyWay, type Way } from './way.ts';

const NEGATIVES = 70;
const POSITIVES = 14;

/**
 * Done work on its way out. In trouble: its version was forgotten when the train left, and goes out months later. Well:
 * on a train between two stations, one of which was put off for the holidays.
 */
export function releases(seed: string): LabelledItems {
  const base = healthyWay(`releases ${seed}`, ITEM_WEEKS.lived);
  const trainWeeks = [1, 2, 4, 6, 8][Number(seed) % 5] ?? 2;
  const way: Way = { ...base, trainWeeks };
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
  const trained = life.tickets.filter(({ doneAt, kind }) => doneAt !== undefined && kind !== 'support');
  return withMore({ ...made, reference: { ...made.reference, versions } }, of, [
    ...of.labels,
    ...trained.map(({ draft: { key } }) => ({ key, how: `train of ${trainWeeks} weeks` })),
  ]);
}

/**
 * Parents. In trouble: everything under it is done and nobody closes it for weeks. Well: closed within two days; more is
 * still being put under it after a few days without any; the last part is being worked on.
 */
export function parents(seed: string): LabelledItems {
  const way = healthyWay(`parents ${seed}`, ITEM_WEEKS.lived);
  const random = seededRandom(`parents ${seed}`);
  const made = madeUp(way, PLAIN, live(way));
  const of = book(way);
  for (let i = 0; i < POSITIVES + NEGATIVES; i += 1) {
    const begin = of.sometime(random);
    const parent = of.story(begin);
    moveTo(parent, begin, 'In Progress');
    const part = (at: Instant, days: number): Instant => {
      const one = of.story(at + 5 * DAY_MS, 'Sub-task', parent);
      walk(one, [
        [at + DAY_MS / 24, 'In Progress'],
        [at + days * DAY_MS, 'Done'],
      ]);
      return at + days * DAY_MS;
    };
    let last = begin;
    for (let k = integer(random, 3, 7); k > 0; k -= 1)
      last = Math.max(last, part(begin + 0.2 * DAY_MS, 0.5 + 8 * uniform(random)));
    const label = (how: string) => of.labels.push({ key: parent.key, how });
    if (i < POSITIVES) {
      const until = last + (20 + 30 * uniform(random)) * DAY_MS;
      moveTo(parent, until, 'Done');
      of.labels.push({ key: parent.key, how: 'forgotten parent', trouble: { since: last, until } });
    } else if (i % 3 === 0) {
      moveTo(parent, last + 2 * uniform(random) * DAY_MS, 'Done');
      label('closed within two days');
    } else if (i % 3 === 1) {
      for (let round = integer(random, 1, 3); round > 0; round -= 1)
        last = part(last + around(random, 2, 0.7) * DAY_MS, 3);
      moveTo(parent, last + uniform(random) * DAY_MS, 'Done');
      label('more is put under it');
    } else {
      last = part(last - DAY_MS, 8 + 10 * uniform(random));
      moveTo(parent, last + uniform(random) * DAY_MS, 'Done');
      label('the last part takes long');
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
  const way = healthyWay(`reopenings ${seed}`, ITEM_WEEKS.lived);
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
      ...(kind === 'incomplete' ? { trouble: { since: back, until: again } } : {}),
    });
  }
  return withMore(made, of, of.labels);
}

/** Adds issues one after another, each with a number of its own. */
function book(way: Way) {
  const drafts: Draft[] = [];
  const labels: ItemLabel[] = [];
  const begin = startOf(way.from, way.timezone);
  const story = (at: Instant, type = 'Story', parent?: Draft): Draft => {
    const of = draft(`PAY-${50_000 + drafts.length}`, at - 6 * DAY_MS, {
      type: named(type),
      status: named('To Do'),
      ...(parent === undefined ? {} : { parent: toParent(parent) }),
    });
    drafts.push(of);
    return of;
  };
  /** Sometime in the weeks that are asked about, on a work day from nine to five. */
  const sometime = (random: Random): Instant =>
    begin +
    integer(random, ITEM_WEEKS.first + 2, ITEM_WEEKS.last - 12) * 7 * DAY_MS +
    (integer(random, 0, 4) + (9 + 8 * uniform(random)) / 24) * DAY_MS;
  /** A few minutes before a weekly report. */
  const justBefore = (random: Random): Instant =>
    startOf(
      plusDays(way.from, 7 * integer(random, ITEM_WEEKS.first + 2, ITEM_WEEKS.last - 12)),
      way.timezone,
    ) -
    (1 + 20 * uniform(random)) * 60_000;
  return { drafts, labels, story, sometime, justBefore };
}

type Book = ReturnType<typeof book>;

function walk(of: Draft, steps: readonly (readonly [at: Instant, status: string])[]): void {
  for (const [at, status] of steps) {
    moveTo(of, at, status);
    set(of, at, 'resolution', status === 'Done' ? named('Done') : undefined);
  }
}

function withMore(made: MadeUp, of: Book, labels: readonly ItemLabel[]): LabelledItems {
  const more = madeUp(
    made.way,
    PLAIN,
    { tickets: [], epics: [], cycles: [], facts: made.life.facts },
    of.drafts,
  );
  return { made: { ...made, issues: [...made.issues, ...more.issues] }, labels };
}
