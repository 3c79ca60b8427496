import { type Deployment, NO_EVIDENCE } from '#domain/done-evidence.ts';
import type { Instant } from '#domain/issue.ts';
import { integer, type Random, seededRandom, uniform } from '#statistics/random.ts';
import { book, walk, withMore } from './book.ts';
import { type Draft, draft, idOf, named, set } from './draft.ts';
import { bringIn, closeInBulk, isAsked, mondayOf, onwards, withHardship } from './hardships.ts';
import { DAY_MS, HOUR_MS } from './hours.ts';
import { ITEM_WEEKS, type ItemLabel, type LabelledItems } from './labelled.ts';
import { live } from './life.ts';
import { madeUp, PLAIN } from './team.ts';
import { always, around, chance, healthyWay } from './way.ts';

/** A pipeline tells of deployments from that week on. */
const TOLD_FROM = 8;
const FORGOTTEN = 0.06;
/** The deployments that are put off for ten days. */
const PUT_OFF = 46;

/**
 * Work that is done and goes out with the deployment after it: at once, daily, or every one, two or four weeks, as a
 * pipeline tells it. In trouble: the deployment that should have taken it left without it, and one weeks later takes it.
 * Well: waits for the next; was out before its status said so; is named by its id or in small letters, or told a day late;
 * is a sub-task of what went out; was moved here from another project since; was done before anybody told of deployments;
 * was closed in bulk or brought in from elsewhere. With requests: what customers ask is answered, about a tenth of what is
 * done, and nothing of it is deployed.
 */
export function deployments(seed: string, withRequests = false): LabelledItems {
  const every = [0, 1, 7, 14, 28][Number(seed) % 5] ?? 0;
  const usual = healthyWay(`deployments ${seed}`, ITEM_WEEKS.lived);
  const support = withRequests ? usual.support : always(0);
  const way = withHardship({ ...usual, support, trainWeeks: undefined }, seed);
  const random = seededRandom(`deployments ${seed}`);
  const life = live(way);
  const of = book(way);
  const told: Deployment[] = [];

  const slots = Array.from({ length: every === 0 ? 0 : Math.ceil((7 * way.weeks) / every) }, (_, i) => {
    const at = mondayOf(way, 0) + (every * (i + 1) + 1) * DAY_MS + 16 * HOUR_MS;
    const isPutOff =
      every >= 7 && at >= mondayOf(way, PUT_OFF) && at < mondayOf(way, PUT_OFF) + every * DAY_MS;
    return of.working(random, isPutOff ? at + 10 * DAY_MS : at);
  });
  const nextAfter = (at: Instant): Instant =>
    every === 0
      ? of.working(random, at + around(random, 0.2, 0.8) * DAY_MS)
      : (slots.find((slot) => slot >= at) ?? at + every * DAY_MS);
  const tell = (at: Instant, environment: string, name: string, delay = 5_000) =>
    told.push({ id: `d${told.length}`, at, recordedAt: at + delay, environment, issues: [name] });

  for (const { draft: item, doneAt, kind } of life.tickets) {
    if (doneAt === undefined) continue;
    const { key } = item;
    const label = (how: string, more: Partial<ItemLabel> = {}) => {
      if (isAsked(way, doneAt)) of.labels.push({ key, how, ...more });
    };
    const honest = nextAfter(doneAt);
    if (honest < mondayOf(way, TOLD_FROM)) {
      label('before anybody told', { alike: onwards(doneAt) });
      continue;
    }
    if (kind === 'support') {
      label('nothing to deploy', { alike: onwards(doneAt) });
      continue;
    }
    tell(doneAt + HOUR_MS / 2, 'staging', key);
    if (chance(random, FORGOTTEN)) {
      const until = nextAfter(honest + integer(random, 21, 63) * DAY_MS);
      tell(until, 'production', key);
      label('forgotten', { trouble: { since: honest, until } });
      continue;
    }
    if (chance(random, 0.1)) partOf(item, doneAt);
    if (every === 0 && chance(random, 0.2)) {
      tell(doneAt - 2 * HOUR_MS, 'production', key);
      label('out before its status', { alike: onwards(doneAt) });
    } else {
      const [how, name, delay] = wayToTell(random, key);
      tell(honest, 'Production', name, delay);
      const waits = { since: doneAt, until: honest };
      label(how, { alike: how === 'waits for the next' ? waits : onwards(doneAt) });
    }
  }
  comeOver();
  closeInBulk(way, of, random);
  bringIn(way, of, random);
  const { made, labels } = withMore(madeUp(way, { ...PLAIN, hasGoal: false }, life), of, of.labels);
  const ordered = told.toSorted((a, b) => a.at - b.at);
  return { made: { ...made, evidence: { ...NO_EVIDENCE, deployments: ordered } }, labels };

  /** Done and deployed while another project had it, under the key that it had there, and moved here months later. */
  function comeOver(): void {
    const movedAt = mondayOf(way, 40) + 10 * HOUR_MS;
    for (let i = 0; i < 15; i += 1) {
      const doneAt = of.working(random, movedAt - (20 + 70 * uniform(random)) * DAY_MS);
      const [before, key] = [`OPS-${500 + i}`, `PAY-${40_000 + i}`];
      const one = draft(before, doneAt - 9 * DAY_MS, {
        type: named('Story'),
        status: named('To Do'),
        project: { value: 'ops', name: 'OPS' },
      });
      walk(one, [
        [doneAt - 3 * DAY_MS, 'In Progress'],
        [doneAt, 'Done'],
      ]);
      tell(nextAfter(doneAt), 'production', before);
      set(one, movedAt + i * 3000, 'project', { value: 'pay', name: 'PAY' });
      set(one, movedAt + i * 3000, 'key', { value: key });
      of.drafts.push(one);
      of.labels.push({ key, how: 'moved here', alike: onwards(movedAt) });
    }
  }

  /** Done with what it is a part of, which alone is named when it goes out. */
  function partOf(whole: Draft, doneAt: Instant): void {
    const part = of.story(doneAt - DAY_MS, 'Sub-task', whole);
    walk(part, [
      [doneAt - DAY_MS, 'In Progress'],
      [doneAt - HOUR_MS, 'Done'],
    ]);
    if (isAsked(way, doneAt)) of.labels.push({ key: part.key, how: 'sub-task', alike: onwards(doneAt) });
  }
}

/** How the deployment of an item is told: under which name, and how long after it. */
function wayToTell(random: Random, key: string): readonly [how: string, name: string, delay: number] {
  const drawn = uniform(random);
  if (drawn < 0.1) return ['named by its id', idOf(key), 5_000];
  if (drawn < 0.2) return ['named in small letters', key.toLowerCase(), 5_000];
  if (drawn < 0.3) return ['told a day late', key, DAY_MS];
  return ['waits for the next', key, 5_000];
}
