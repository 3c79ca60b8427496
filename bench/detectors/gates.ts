import { type Deployment, NO_EVIDENCE, type Verification } from '#domain/done-evidence.ts';
import type { Gates } from '#domain/gate.ts';
import type { Instant } from '#domain/issue.ts';
import { integer, type Random, seededRandom } from '#statistics/random.ts';
import { book, walk, withMore } from './book.ts';
import { add, type Draft, idOf, moveTo } from './draft.ts';
import { bringIn, closeInBulk, isAsked, onwards, withHardship } from './hardships.ts';
import { DAY_MS, HOUR_MS } from './hours.ts';
import { ITEM_WEEKS, type ItemLabel, type LabelledItems } from './labelled.ts';
import { live } from './life.ts';
import { madeUp, PLAIN } from './team.ts';
import { always, around, chance, healthyWay } from './way.ts';

/** What teams let a gate open, each in one of four. */
const KINDS = ['verification', 'label', 'documents', 'deployment'] as const;
const GATES: Readonly<Record<(typeof KINDS)[number], Gates>> = {
  verification: { verified: [{ verification: 'passed' }] },
  label: { verified: [{ labels: ['verified'] }] },
  documents: { verified: [{ linked: { links: ['is documented by'] } }] },
  deployment: { released: [{ environments: ['eu-live'] }] },
};
const FORGOTTEN = 0.06;

/**
 * Done work that something has still to show, as its team says: a verification, a label, documents or a deployment. In
 * trouble: nobody thinks of it any more, from the moment an honest one would have come until one comes weeks later. Well:
 * it comes within days; it comes within days after a first one failed; it was there before the work was called done; the
 * documents were dropped and written elsewhere; it is named by its id; the item is a sub-task, closed in bulk, or brought
 * in from elsewhere. Hard to tell while nothing is shown, and for ever where it is shown in an unusual way.
 */
export function gatedWork(seed: string): LabelledItems {
  const shownBy = KINDS[Number(seed) % KINDS.length] ?? 'verification';
  const usual = [0.5, 1, 2][Math.floor(Number(seed) / 4) % 3] ?? 1;
  // A gate is asked of all work, so that a team has one only where all work can show it: requests show nothing.
  const base = {
    ...healthyWay(`gates ${seed}`, ITEM_WEEKS.lived),
    trainWeeks: undefined,
    support: always(0),
  };
  const way = withHardship(base, seed);
  const random = seededRandom(`gates ${seed}`);
  const life = live(way);
  const of = book(way);
  const verifications: Verification[] = [];
  const deployments: Deployment[] = [];

  const show = (item: Draft, at: Instant, name = item.key) => {
    const told = { at, recordedAt: at + 5_000 };
    if (shownBy === 'verification') verifications.push(verification(told, name, 'passed'));
    if (shownBy === 'label') add(item, at, 'labels', 'verified');
    if (shownBy === 'deployment')
      deployments.push({ id: `d${deployments.length}`, ...told, environment: 'eu-live', issues: [name] });
    if (shownBy === 'documents') documents(item, at - DAY_MS, at);
  };
  const verification = (
    told: Pick<Verification, 'at' | 'recordedAt'>,
    issue: string,
    outcome: Verification['outcome'],
  ): Verification => ({ id: `v${verifications.length}`, ...told, issue, outcome, by: 'QA' });
  const documents = (item: Draft, from: Instant, until: Instant, end = 'Done') => {
    const text = of.story(from, 'Task');
    add(item, from, 'links', text.key, `This issue is documented by ${text.key}`);
    moveTo(text, Math.max(until, from + HOUR_MS), end);
  };

  for (const { draft: item, doneAt, lastAt } of life.tickets) {
    if (doneAt === undefined) continue;
    const { key } = item;
    const label = (how: string, more: Partial<ItemLabel>) => {
      if (isAsked(way, doneAt)) of.labels.push({ key, how, ...more });
    };
    const honest = of.working(random, lastAt + around(random, usual, 0.7) * DAY_MS);
    const how = chance(random, FORGOTTEN) ? 'forgotten' : kindOf(random, shownBy);
    if (how === 'forgotten') {
      const until = of.working(random, honest + integer(random, 21, 63) * DAY_MS);
      if (shownBy === 'documents') documents(item, doneAt - DAY_MS, until);
      else show(item, until);
      label(how, { trouble: { since: honest, until } });
    } else if (how === 'shown before it was called done') {
      show(item, doneAt - HOUR_MS);
      label(how, { alike: onwards(doneAt) });
    } else if (how === 'named by its id') {
      show(item, honest, idOf(key));
      label(how, { alike: onwards(doneAt) });
    } else if (how === 'failed first') {
      verifications.push(verification({ at: honest, recordedAt: honest + 5_000 }, key, 'failed'));
      const until = of.working(random, honest + around(random, usual, 0.7) * DAY_MS);
      show(item, until);
      label(how, { alike: { since: doneAt, until } });
    } else if (how === 'one dropped, another written') {
      documents(item, doneAt - DAY_MS, honest, 'Cancelled');
      show(item, honest);
      label(how, { alike: onwards(doneAt) });
    } else {
      show(item, honest);
      label(how, { alike: { since: doneAt, until: honest } });
    }
    if (!chance(random, 0.1)) continue;
    const part = of.story(doneAt - DAY_MS, 'Sub-task', item);
    walk(part, [[doneAt - HOUR_MS, 'Done']]);
    if (isAsked(way, doneAt)) of.labels.push({ key: part.key, how: 'sub-task', alike: onwards(doneAt) });
  }
  closeInBulk(way, of, random);
  bringIn(way, of, random);
  const { made, labels } = withMore(madeUp(way, { ...PLAIN, hasGoal: false }, life), of, of.labels);
  const byTime = (a: { readonly at: Instant }, b: { readonly at: Instant }) => a.at - b.at;
  const evidence = {
    ...NO_EVIDENCE,
    deployments: deployments.toSorted(byTime),
    verifications: verifications.toSorted(byTime),
  };
  return { made: { ...made, team: { ...made.team, gates: GATES[shownBy] }, evidence }, labels };
}

function kindOf(random: Random, shownBy: (typeof KINDS)[number]): string {
  const [unusual, told] = [chance(random, 0.3), chance(random, 0.5)];
  if (!unusual) return 'shown within days';
  if (shownBy === 'verification') return told ? 'failed first' : 'named by its id';
  if (shownBy === 'documents')
    return told ? 'one dropped, another written' : 'shown before it was called done';
  if (shownBy === 'deployment' && told) return 'named by its id';
  return 'shown before it was called done';
}
