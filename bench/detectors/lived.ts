import { moveTo, named } from './draft.ts';
import { DAY_MS } from './hours.ts';
import { ITEM_WEEKS, type ItemLabel, type LabelledItems } from './labelled.ts';
import { live } from './life.ts';
import { madeUp, PLAIN } from './team.ts';
import { always, healthyWay, type Way } from './way.ts';

/**
 * Reviews. In trouble: whoever was to review has forgotten it, from the moment an honest review of that length would
 * have ended until somebody stumbles over it about a month later. Well: all other reviews, however long they take.
 */
export function reviews(seed: string, part: number): LabelledItems {
  const base = healthyWay(`reviews ${part} ${seed}`, ITEM_WEEKS.lived);
  const medians = [1, 3, 7];
  const median = medians[Number(seed) % medians.length] ?? 1;
  const way: Way = { ...base, review: [median, 0.6], forgotten: always(part), undeclared: [] };
  const life = live(way);
  const forgotten = new Map(life.facts.forgotten.map((one) => [one.key, one]));
  const labels = life.tickets
    .filter(
      ({ kind, doneAt, reviewEnds }) =>
        kind !== 'support' && doneAt !== undefined && reviewEnds !== undefined,
    )
    .map(({ draft: { key } }): ItemLabel => {
      const trouble = forgotten.get(key);
      return trouble === undefined
        ? { key, how: `honest, usually ${median} d` }
        : { key, how: 'forgotten', trouble };
    });
  return { made: madeUp(way, PLAIN, life), labels };
}

/** Work under way. In trouble: put aside for good. Well: whatever is worked on, waits or is reviewed, however long. */
export function underWay(seed: string): LabelledItems {
  const base = healthyWay(`under way ${seed}`, ITEM_WEEKS.lived);
  const way: Way = { ...base, hours: [base.hours[0], 0.9], aside: always(0.12) };
  const life = live(way);
  const aside = new Map(life.facts.aside.map((one) => [one.key, one.since]));
  const labels = life.tickets
    .filter(({ begunAt, kind }) => begunAt !== undefined && kind === 'story')
    .map(({ draft: { key } }): ItemLabel => {
      const since = aside.get(key);
      return since === undefined
        ? { key, how: 'goes on' }
        : { key, how: 'put aside', trouble: { since, until: Number.POSITIVE_INFINITY } };
    });
  return { made: madeUp(way, PLAIN, life), labels };
}

/** Work that waits. In trouble: it waits now. Well: everything else, with links to what is done already. */
export function waits(seed: string): LabelledItems {
  const base = healthyWay(`waits ${seed}`, ITEM_WEEKS.lived);
  const way: Way = { ...base, undecided: always(0.08), stuck: always(0.08), waitDays: always(14) };
  const life = live(way);
  const waiting = new Map(life.facts.waits.map((one) => [one.key, one]));
  const labels = life.tickets
    .filter(({ begunAt, kind }) => begunAt !== undefined && kind === 'story')
    .map(({ draft: { key } }): ItemLabel => {
      const one = waiting.get(key);
      return one === undefined
        ? { key, how: 'goes on' }
        : { key, how: one.leaders ? 'no decision' : 'stuck', trouble: one };
    });
  return { made: madeUp(way, { ...PLAIN, hasGoal: false, foreign: 0.2 }, life), labels };
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

/**
 * Stages. In trouble, which here is only true: the work is done and stands before its last step, whatever its status is
 * called. Well: it stands in a step before the work or in the work, some of which sound late.
 */
export function lateStages(seed: string): LabelledItems {
  const way: Way = { ...healthyWay(`late ${seed}`, ITEM_WEEKS.lived), review: [5, 0.6] };
  const name = LATE_NAMES[Number(seed) % LATE_NAMES.length] ?? 'Review';
  const life = live(way);
  const labels: ItemLabel[] = [];
  for (const { draft: of, begunAt, doneAt, reviewEnds, kind } of life.tickets) {
    const inReview = of.planned.find((one) => 'to' in one && one.to?.name === 'Review');
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
    const spec = begunAt - of.createdAt > 3 * DAY_MS;
    if (spec) moveTo(of, begunAt - 2 * DAY_MS, 'Spec Review');
    labels.push({ key: of.key, how: `in ${name}`, trouble: { since: inReview.at, until: doneAt } });
  }
  const made = madeUp(way, PLAIN, life);
  const statuses = [
    ...made.reference.statuses,
    { id: named(name).value, name, category: 'in_progress' as const },
  ];
  return { made: { ...made, reference: { ...made.reference, statuses } }, labels };
}
