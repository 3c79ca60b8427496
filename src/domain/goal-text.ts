import { announced } from './goal-labels.ts';
import { quoted } from './goal-quote.ts';
import { amountsIn, dateIn, dateInPassing, rateInPassing, substance } from './goal-values.ts';
import type { Instant } from './issue.ts';

/** What the text of a goal should say. */
export const GOAL_FACTS = ['problem', 'impact', 'metric', 'baseline', 'target', 'owner', 'date'] as const;
export type GoalFact = (typeof GOAL_FACTS)[number];

/** What a text was found to say: each fact with the words that say it, cut short and without names. */
export interface GoalText {
  /** Since when the text has stood. */
  readonly since: Instant;
  readonly facts: Readonly<Partial<Record<GoalFact, string>>>;
}

/** What is read of a text: nobody states a goal further down. */
const LONGEST_TEXT = 50_000;

/**
 * Which of the things a goal should say a text says: where a heading, a label or a cell of a table announces them and
 * something follows. How often that is right and how much it misses is measured in docs/metrics.md.
 *
 * Presence, never quality. English headings; what stands between one label and the next belongs to the first. A baseline
 * and a target are looked for in the metric; a heading such as "Goals" announces a metric only if there are figures under
 * it. A date is also found anywhere as "by 30 June", and a metric as "raise it from 20 % to 30 %". Placeholders (TBD,
 * n/a, ?) are nothing. The quotes have at most 80 characters and no word that is written like a name, nor any of
 * `names`; of an owner only that there is one.
 *
 * @example goalFacts('## Problem: churn in week 1 ... Success metric: activation 20 % -> 30 % by 30 June. Owner: @x')
 *   // => { problem: 'churn in week 1', metric: 'activation 20 % -> 30 % by 30 June', baseline: '20 %', target: '30 %', owner: 'given', date: '30 June' }
 * @example goalFacts('Problem: TBD') // => {}
 */
export function goalFacts(text: string, names: readonly string[] = []): GoalText['facts'] {
  const read = text.slice(0, LONGEST_TEXT);
  const facts: Partial<Record<GoalFact, string>> = {};
  const note = (fact: GoalFact, said: string | undefined): void => {
    if (facts[fact] === undefined && said !== undefined && said !== '') facts[fact] = said;
  };
  for (const { label, said: whole } of announced(read)) {
    const said = substance(whole);
    if (said === '') continue;
    // What is said in names alone is said all the same.
    const quote = quoted(said, names) || '…';
    if (label === 'owner') note('owner', 'given');
    else if (label === 'date') note('date', quoted(dateIn(said) ?? '', names));
    else if (label === 'problem' || label === 'impact') note(label, quote);
    else {
      const { baseline, target } = amountsIn(said, label);
      if (label === 'metric' || (label === 'goals' && target !== undefined)) note('metric', quote);
      note('baseline', baseline);
      note('target', target);
    }
  }
  const rate = facts.metric === undefined ? rateInPassing(read) : undefined;
  if (rate !== undefined) {
    const { baseline, target } = amountsIn(rate, 'metric');
    note('metric', quoted(rate, names));
    note('baseline', baseline);
    note('target', target);
  }
  note('date', quoted(dateInPassing(read) ?? '', names));
  const { problem, impact, metric, baseline, target, owner, date } = facts;
  return defined({ problem, impact, metric, baseline, target, owner, date });
}

/** So many texts of one issue are kept, the newest. */
const MOST_TEXTS = 50;

/**
 * The texts that were seen of an issue, oldest first. Trackers keep no old texts, so what an older copy said is kept:
 * a report on a past day then reads what stood there. Of one moment the newer copy's counts. The newest 50 are kept.
 *
 * @example unitedTexts([{ since: 1, facts: { owner: 'given' } }], [{ since: 1, facts: {} }, { since: 5, facts: {} }])
 *   // => [{ since: 1, facts: {} }, { since: 5, facts: {} }]
 */
export function unitedTexts(
  older: readonly GoalText[] | undefined,
  newer: readonly GoalText[] | undefined,
): readonly GoalText[] | undefined {
  if (older === undefined || newer === undefined) return newer ?? older;
  const bySince = new Map([...older, ...newer].map((text) => [text.since, text]));
  return [...bySince.values()].toSorted((a, b) => a.since - b.since).slice(-MOST_TEXTS);
}

/**
 * The same where only the last change of anything tells since when a text has stood: one that says what the one before
 * said has stood since then.
 *
 * @example changedTexts([{ since: 1, facts: { owner: 'given' } }], [{ since: 5, facts: { owner: 'given' } }])
 *   // => [{ since: 1, facts: { owner: 'given' } }]
 */
export function changedTexts(
  older: readonly GoalText[] | undefined,
  newer: readonly GoalText[] | undefined,
): readonly GoalText[] | undefined {
  const last = older?.at(-1);
  const news = newer?.filter(({ facts }) => last === undefined || !isSame(facts, last.facts));
  return unitedTexts(older, news);
}

function isSame(one: GoalText['facts'], other: GoalText['facts']): boolean {
  return GOAL_FACTS.every((fact) => one[fact] === other[fact]);
}

function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
