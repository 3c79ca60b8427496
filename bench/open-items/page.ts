import { figure, table } from '../figures.ts';
import { calibrationTable, type FinishClaim, finishScores, observedInterval } from './scoring.ts';
import { BANDS, type Followed } from './walk.ts';

const SIMILAR = 'rate_at_similar_ages';

/** The figures of some open items as text. */
export function page(name: string, items: readonly Followed[]): string {
  const ours = claimsOf(items, ({ told }) => (told.kind === 'value' ? told.value : undefined));
  const days = new Set(items.map(({ project, day }) => `${project} ${day}`)).size;
  const distinct = new Set(items.map(({ project, item }) => `${project} ${item}`)).size;
  return [
    `## ${name}: ${figure(items.length)} open items on ${figure(days)} days, ${figure(distinct)} different ones`,
    scoreTable({
      'ours, all that is told': ours,
      'ours, from the same age': byMethod(items, (method) => method !== SIMILAR),
      'ours, from similar ages': byMethod(items, (method) => method === SIMILAR),
      'completed only, same items': claimsOf(items, ({ told, completedOnly }) =>
        told.kind === 'value' ? completedOnly : undefined,
      ),
      'ours, same items': claimsOf(items, ({ told, completedOnly }) =>
        told.kind === 'value' && completedOnly !== undefined ? told.value : undefined,
      ),
      'completed only, all it says': claimsOf(items, ({ completedOnly }) => completedOnly),
      'P85 of the completed, as 85 %': items.flatMap((one) =>
        one.withinP85 === undefined ? [] : [{ ...claim(one, 0.85), happened: one.withinP85 }],
      ),
    }),
    'Ours by tenths of the predicted chance',
    table(
      calibrationTable(ours).map(({ from, n, predicted, observed }) => ({
        predicted: `${figure(100 * from)}–${figure(100 * from + 10)} %`,
        n: figure(n),
        mean: figure(predicted, 3),
        observed: figure(observed, 3),
      })),
    ),
    'What came of the items, by what was said of them',
    groupTable(items),
    '',
  ].join('\n\n');
}

function byMethod(items: readonly Followed[], holds: (method: string) => boolean): readonly FinishClaim[] {
  return claimsOf(items, ({ told }) =>
    told.kind === 'value' && holds(told.method) ? told.value : undefined,
  );
}

function claimsOf(
  items: readonly Followed[],
  chance: (one: Followed) => number | undefined,
): readonly FinishClaim[] {
  return items.flatMap((one) => {
    const probability = chance(one);
    return probability === undefined ? [] : [claim(one, probability)];
  });
}

function claim({ project, day, item, outcome }: Followed, probability: number): FinishClaim {
  return { project, day, item, probability, happened: outcome === 'finished' };
}

function scoreTable(methods: Readonly<Record<string, readonly FinishClaim[]>>): string {
  return table(
    Object.entries(methods).flatMap(([name, claims]) => {
      const found = finishScores(claims);
      if (found === undefined) return [];
      return [
        {
          chances: name.padEnd(30),
          n: figure(found.n),
          items: figure(found.items),
          predicted: figure(found.predicted, 3),
          observed: figure(found.observed, 3),
          '90 % by day': range(found.byDay),
          '90 % by item': range(found.byItem),
          Brier: figure(found.brier, 4),
          skill: found.skill === undefined ? '–' : figure(found.skill, 3),
          log: figure(found.log, 3),
          ECE: figure(found.calibrationError, 3),
          impossible: figure(found.impossible),
        },
      ];
    }),
  );
}

/** Told or not and why not, aged out or not: how many, and how they stood at the end of the horizon. */
function groupTable(items: readonly Followed[]): string {
  const groups: Readonly<Record<string, (one: Followed) => boolean>> = {
    'a chance was told': ({ told }) => told.kind === 'value',
    'none: too few finished items': refusedFor('finished items'),
    'none: too few at risk at the first event': refusedFor('observations at risk'),
    'none: too few watched as long': refusedFor('items watched'),
    'aged out': ({ agedOut }) => agedOut === true,
    'not aged out': ({ agedOut }) => agedOut === false,
    'not judged': ({ agedOut }) => agedOut === undefined,
  };
  return table(
    Object.entries(groups).map(([name, holds]) => {
      const some = items.filter(holds);
      const share = (of: (one: Followed) => boolean) =>
        some.length === 0 ? '–' : figure(some.filter(of).length / some.length, 3);
      return {
        'what was said': name.padEnd(40),
        n: figure(some.length),
        finished: share(({ outcome }) => outcome === 'finished'),
        '90 % by item': range(
          observedInterval(
            claimsOf(some, () => 0),
            ({ project, item }) => `${project} ${item}`,
          ),
        ),
        'and stayed done': share(({ lasting }) => lasting),
        'closed in bulk': share(({ outcome }) => outcome === 'bulk'),
        dropped: share(({ outcome }) => outcome === 'dropped'),
      };
    }),
  );
}

function refusedFor(what: string): (one: Followed) => boolean {
  return ({ told }) => told.kind === 'insufficient' && told.what.startsWith(what);
}

/** The rate at similar ages where the curve tells nothing, by the width of its band and the half of the days. */
export function bandsPage(items: readonly Followed[]): string {
  const open = items.filter(({ told }) => told.kind === 'insufficient' || told.method === SIMILAR);
  const days = Map.groupBy(items, ({ project }) => project);
  const isEarly = ({ project, day }: Followed) => {
    const all = [...new Set((days.get(project) ?? []).map((one) => one.day))].toSorted();
    return day < (all[Math.floor(all.length / 2)] ?? day);
  };
  const rows = BANDS.flatMap((band, i) =>
    [true, false].map((early): [string, readonly FinishClaim[]] => [
      `from 1/${band} to ${band} times, ${early ? 'earlier' : 'later'} half`,
      claimsOf(
        open.filter((one) => isEarly(one) === early),
        ({ similar }) => similar[i],
      ),
    ]),
  );
  return `## Similar ages, where too few were watched at the same age\n\n${scoreTable(Object.fromEntries(rows))}`;
}

function range(interval: { readonly lower: number; readonly upper: number } | undefined): string {
  return interval === undefined ? '–' : `${figure(interval.lower, 3)}–${figure(interval.upper, 3)}`;
}
