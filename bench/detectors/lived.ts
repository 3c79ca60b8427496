import { median } from 'd3-array';
import { seededRandom, uniform } from '#statistics/random.ts';
import { type Draft, moveTo, named, SOURCE } from './draft.ts';
import { onwards, withHardship } from './hardships.ts';
import { DAY_MS } from './hours.ts';
import { ITEM_WEEKS, type ItemLabel, type LabelledItems } from './labelled.ts';
import { live } from './life.ts';
import { madeUp, PLAIN } from './team.ts';
import { always, healthyWay } from './way.ts';

/**
 * Reviews. In trouble: whoever was to review has forgotten it, from the moment an honest review of that length would
 * have ended until somebody stumbles over it about a month later. Well: all other reviews, however long they take; hard to
 * tell from the moment on at which one takes longer than half of that team's do.
 */
export function reviews(seed: string, part: number): LabelledItems {
  const base = healthyWay(`reviews ${part} ${seed}`, ITEM_WEEKS.lived);
  const usual = [1, 3, 7][Number(seed) % 3] ?? 1;
  const way = withHardship({ ...base, review: [usual, 0.6], forgotten: always(part) }, seed);
  const life = live(way);
  const forgotten = new Map(life.facts.forgotten.map((one) => [one.key, one]));
  const labels = life.tickets.flatMap(({ draft: of, kind, doneAt, reviewEnds }): readonly ItemLabel[] => {
    if (kind === 'support' || doneAt === undefined || reviewEnds === undefined) return [];
    const trouble = forgotten.get(of.key);
    if (trouble !== undefined) return [{ key: of.key, how: 'forgotten', trouble }];
    const since = (reviewOf(of)?.at ?? doneAt) + usual * DAY_MS;
    return [{ key: of.key, how: `honest, usually ${usual} d`, alike: { since, until: doneAt } }];
  });
  return { made: madeUp(way, PLAIN, life), labels };
}

function reviewOf({ planned }: Draft) {
  return planned.find((one) => 'to' in one && one.to?.name === 'Review');
}

/**
 * Work under way. In trouble: put aside for good. Well: whatever is worked on, waits or is reviewed, however long; hard to
 * tell from the moment on at which it takes longer than half of that team's does.
 */
export function underWay(seed: string): LabelledItems {
  const base = healthyWay(`under way ${seed}`, ITEM_WEEKS.lived);
  const way = withHardship({ ...base, hours: [base.hours[0], 0.9], aside: always(0.12) }, seed);
  const life = live(way);
  const aside = new Map(life.facts.aside.map((one) => [one.key, one.since]));
  const usual =
    median(life.tickets, ({ kind, begunAt, doneAt }) =>
      kind !== 'story' || begunAt === undefined || doneAt === undefined ? undefined : doneAt - begunAt,
    ) ?? 0;
  const labels = life.tickets.flatMap(({ draft: { key }, kind, begunAt, doneAt }): readonly ItemLabel[] => {
    if (begunAt === undefined || kind !== 'story') return [];
    const since = aside.get(key);
    if (since !== undefined) return [{ key, how: 'put aside', trouble: onwards(since) }];
    const until = doneAt ?? Number.POSITIVE_INFINITY;
    return [{ key, how: 'goes on', alike: { since: begunAt + usual, until } }];
  });
  return { made: madeUp(way, PLAIN, life), labels };
}

/**
 * Work that waits. In trouble: it waits now. Well: everything else; hard to tell where it waited before, and where it has a
 * link to what it waited for, which is done.
 */
export function waits(seed: string): LabelledItems {
  const base = healthyWay(`waits ${seed}`, ITEM_WEEKS.lived);
  const way = withHardship(
    { ...base, undecided: always(0.08), stuck: always(0.08), waitDays: always(14) },
    seed,
  );
  const life = live(way);
  const waiting = new Map(life.facts.waits.map((one) => [one.key, one]));
  const made = madeUp(way, { ...PLAIN, hasGoal: false, foreign: 0.2 }, life);
  const labels = life.tickets.flatMap(({ draft: of, kind, begunAt, doneAt }): readonly ItemLabel[] => {
    if (begunAt === undefined || kind !== 'story') return [];
    const [{ key }, one, until] = [of, waiting.get(of.key), doneAt ?? Number.POSITIVE_INFINITY];
    if (one !== undefined) {
      const how = one.leaders ? 'no decision' : 'stuck';
      return [{ key, how, trouble: one, alike: { since: one.until + 1, until } }];
    }
    const isLinked = of.planned.some(({ field }) => field === 'links');
    return [{ key, how: 'goes on', ...(isLinked ? { alike: { since: begunAt, until } } : {}) }];
  });
  return { made, labels };
}

const LATE_NAMES = [
  'Review',
  'QA',
  'In Testing',
  'UAT',
  'Staging',
  'Ready for Release',
  'Acceptance',
  'Peer check',
  'Demo',
];

const EARLY_NAMES = ['Spec Review', 'Test Planning', 'Awaiting Design', 'Pending Estimate'];

/**
 * Stages. In trouble, which here is only true: the work is done and stands before its last step, whatever its status is
 * called. Well: it stands in the work, or before it in a step that sounds late, which is hard to tell. Mapped: the team
 * said which stage each status is.
 */
export function lateStages(seed: string, isMapped = false): LabelledItems {
  const base = { ...healthyWay(`late ${seed}`, ITEM_WEEKS.lived), review: [5, 0.6] } as const;
  const way = withHardship(base, seed);
  const name = LATE_NAMES[Number(seed) % LATE_NAMES.length] ?? 'Review';
  const early = EARLY_NAMES[Number(seed) % EARLY_NAMES.length] ?? 'Spec Review';
  const random = seededRandom(`late ${seed}`);
  const life = live(way);
  const labels: ItemLabel[] = [];
  for (const { draft: of, begunAt, doneAt, reviewEnds, kind } of life.tickets) {
    const inReview = reviewOf(of);
    if (
      kind !== 'story' ||
      begunAt === undefined ||
      doneAt === undefined ||
      reviewEnds === undefined ||
      inReview === undefined
    )
      continue;
    of.planned.splice(of.planned.indexOf(inReview), 1);
    moveTo(of, inReview.at, name);
    const before = Math.min(begunAt - of.createdAt - DAY_MS, (2 + 12 * uniform(random)) * DAY_MS);
    if (before > DAY_MS) moveTo(of, begunAt - before, early);
    labels.push({
      key: of.key,
      how: `in ${name} or ${early}`,
      trouble: { since: inReview.at, until: doneAt },
      ...(before > DAY_MS ? { alike: { since: begunAt - before, until: begunAt } } : {}),
    });
  }
  const made = madeUp(way, PLAIN, life);
  const statuses = [
    ...made.reference.statuses,
    ...[name, early].map((one) => ({ id: named(one).value, name: one, category: 'in_progress' as const })),
  ];
  const stages = isMapped ? { [SOURCE]: { [name]: 'late', [early]: 'active' } as const } : {};
  return {
    made: { ...made, team: { ...made.team, stages }, reference: { ...made.reference, statuses } },
    labels,
  };
}
