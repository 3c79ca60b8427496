import type { RaisedRisk } from '#risks/assess.ts';
import type { LevelFound } from '#risks/level.ts';
import type { Range } from '#risks/risk.ts';
import { LEVEL_NAMES } from '../vocabulary.ts';
import { longDay, rounded } from '../words.ts';
import { chanceChangeWords } from './chance-words.ts';
import { type ChangeLine, type Compared, onceEach } from './change-line.ts';
import type { Passage } from './passage.ts';

/** The level, when it is another one, with what made the goal's chance another. */
export function levelLines(before: Compared, now: Compared, { goals }: Passage): readonly ChangeLine[] {
  const [then, today] = [before.headline, now.headline];
  if (then.level === today.level) return [];
  const change = goals.find(({ chance }) => chance !== undefined)?.chance;
  const why = change === undefined ? '' : ` The goal’s chance: ${chanceChangeWords(change)}.`;
  return [
    {
      kind: 'level',
      sentence: `The level is “${named(today)}” and was “${named(then)}”, by rule ${today.clause}.${heldWords(before)}${why}`,
      from: then.level,
      to: today.level,
      ...(change === undefined ? {} : { chance: change }),
      items: [],
    },
  ];
}

/** The earlier level need not be what that day said: then the chance may have gone the other way. */
function heldWords({ asOf, headline: { held, level } }: Compared): string {
  if (held === undefined) return '';
  return ` On ${longDay(asOf)} it was held at “${LEVEL_NAMES[level]}”, as found on ${longDay(held.foundOn)}; that day alone would have been “${LEVEL_NAMES[held.today]}”.`;
}

const named = ({ level }: LevelFound): string => LEVEL_NAMES[level];

/** Risks that were raised, cost clearly another amount, or are raised no more. */
export function riskLines(before: Compared, now: Compared, { fateOf }: Passage): readonly ChangeLine[] {
  const then = new Map(before.risks.map((risk) => [risk.id, risk]));
  const today = new Set(now.risks.map(({ id }) => id));
  return [
    ...now.risks
      .filter(({ id }) => !then.has(id))
      .map(
        (risk): ChangeLine => ({
          kind: 'risk_raised',
          sentence: `Raised: ${risk.statement}`,
          items: itemsOf(risk),
        }),
      ),
    ...now.risks.flatMap((risk) => {
      const earlier = then.get(risk.id);
      return earlier === undefined ? [] : costLine(earlier, risk);
    }),
    ...before.risks
      .filter(({ id }) => !today.has(id))
      .map(
        (risk): ChangeLine => ({
          kind: 'risk_gone',
          sentence: `No longer raised: ${risk.statement}`,
          items: onceEach(itemsOf(risk).map((item) => fateOf(item.url)?.item ?? item)),
        }),
      ),
  ];
}

export function itemsOf({ evidence }: RaisedRisk): readonly ChangeLine['items'][number][] {
  return onceEach(evidence.flatMap(({ items }) => items));
}

/** What counts as another cost: the same that makes a cost worth raising (METRICS 2.1, 2.4), of its low end. */
export const NOTABLE = [
  { of: 'dP', bound: 'dPBound', least: 0.1, span: points, unit: ' percentage points of the goal’s chance' },
  { of: 'weeks', bound: 'weeksBound', least: 1, span, unit: ' weeks' },
  { of: 'fte', bound: undefined, least: 0.5, span, unit: ' people’s time' },
] as const;

function costLine(before: RaisedRisk, now: RaisedRisk): readonly ChangeLine[] {
  for (const { of, bound, least, span: words, unit } of NOTABLE) {
    const [from, to] = [before.impact[of], now.impact[of]];
    // A tenth made by subtraction is a tenth.
    if (from === undefined || to === undefined || Math.abs(to[0] - from[0]) < least - 1e-9) continue;
    const [fromBound, toBound] = [before, now].map(({ impact }) =>
      bound === undefined ? undefined : impact[bound],
    );
    return [
      {
        kind: 'risk_changed',
        sentence: `${to[0] > from[0] ? 'Costs more' : 'Costs less'}: ${costWords(words, to, toBound)}${unit}, before ${costWords(words, from, fromBound)}. ${now.statement}`,
        from,
        ...(fromBound === undefined ? {} : { fromBound }),
        to,
        ...(toBound === undefined ? {} : { toBound }),
        items: itemsOf(now),
      },
    ];
  }
  return [];
}

/** Of a cost of which only the least is known, the least. */
export function costWords(words: (range: Range) => string, range: Range, bound: '>' | undefined): string {
  return bound === undefined ? words(range) : `at least ${words([range[0], range[0]])}`;
}

function span([low, high]: Range): string {
  const [from, to] = [rounded(low), rounded(high)];
  return from === to ? from : `${from} to ${to}`;
}

function points([low, high]: Range): string {
  return span([Math.round(100 * low), Math.round(100 * high)]);
}
