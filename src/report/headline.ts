import type { Measurement } from '#domain/measurement.ts';
import type { CycleTimeDefinition } from '#domain/team.ts';
import type { TeamGoals } from '#forecast/team-goals.ts';
import type { HeadlineLevel, LevelFound } from '#risks/level.ts';
import type { Risk, RiskKind } from '#risks/risk.ts';
import { durationWords, shareWithin } from './definition-words.ts';
import { promiseWords } from './promise-words.ts';
import { LEVEL_NAMES } from './vocabulary.ts';
import { longDay, plural, rounded } from './words.ts';

/** The team's level in one word, the rule that gave it, and the sentence a person would say. */
export interface Headline extends LevelFound {
  readonly sentence: string;
}

/** The numbers the first sentence speaks of. */
export interface HeadlineNumbers {
  readonly metrics: {
    readonly throughput: { readonly perWeek: Measurement };
    readonly cycleTime: { readonly p85: Measurement };
  };
  readonly basicallyDone: { readonly count: Measurement };
  readonly workstreams: { readonly effective: Measurement };
  readonly goals: Pick<TeamGoals, 'goals' | 'unmatched'>;
}

/**
 * The first sentence of a report: whether the team is set up for what it promised, the promise with its chance, and what
 * stands against it most. Without a goal that can be forecast nobody can say so, and the level is `unknown`, not a
 * comfortable green; the sentence then says what is known instead, days on the clock that they were counted by.
 */
export function headline(
  team: string,
  definition: CycleTimeDefinition,
  numbers: HeadlineNumbers,
  { level, risks }: { readonly level: LevelFound; readonly risks: readonly ToldRisk[] },
): Headline {
  if (level.level === 'unknown') {
    // That nobody can say so because the work stands still is the first thing to be heard.
    const stalled = risks.find(({ kind }) => kind === 'stalled_goal');
    const facts = factsOf(definition, numbers, stalled !== undefined);
    const nothing =
      stalled === undefined ? [`There is not enough history of ${team} yet to state a number.`] : [];
    const sentence = [
      ...(stalled === undefined ? [] : [stalled.statement]),
      ...(facts.length > 0 ? [`${team} ${joined(facts)}.`] : nothing),
      `Whether ${facts.length > 0 || stalled === undefined ? 'it' : team} is set up for success cannot be said ${whyUnknown(numbers.goals)}.`,
    ].join(' ');
    return { ...level, sentence: `${sentence}${heldWords(level)}` };
  }
  const primary = numbers.goals.goals.find(({ isPrimary }) => isPrimary);
  const promise = primary === undefined ? '' : `: ${promiseWords(primary)}`;
  const worst = worstOf(risks, primary?.id);
  return {
    ...level,
    sentence: [`${team} ${VERDICTS[level.level]}${promise}.${heldWords(level)}`, worst?.statement]
      .filter((part) => part !== undefined)
      .join(' '),
  };
}

/** A level that stands against what the day alone would say is told as such, or the sentence contradicts itself. */
function heldWords({ held }: LevelFound): string {
  return held === undefined
    ? ''
    : ` That was found on ${longDay(held.foundOn)}; today alone it would be “${LEVEL_NAMES[held.today]}”, which counts once two Mondays in a row find it.`;
}

/**
 * What is said beside the promise. What relief would make likelier comes first, then another goal that will not be made.
 * That of the promise itself is no news: it says that it is unlikely, and nothing of other goals, of measures or of a choice.
 */
function worstOf(risks: readonly ToldRisk[], primary: string | undefined): ToldRisk | undefined {
  const isPromise = ({ id, kind }: ToldRisk) =>
    GOAL_KINDS.includes(kind) && id.endsWith(`/${kind}/${primary}`);
  const [first, ...more] = risks.filter((one) => !isPromise(one));
  if ((first?.impact?.dP?.[0] ?? 0) > 0) return first;
  return [first, ...more].find((one) => one !== undefined && GOAL_KINDS.includes(one.kind)) ?? first;
}

/** What a risk is told by in the first sentence. */
type ToldRisk = Pick<Risk, 'id' | 'kind' | 'statement'> & Partial<Pick<Risk, 'impact'>>;

const GOAL_KINDS: readonly RiskKind[] = ['unrealistic_goal', 'early_failure', 'stalled_goal'];

function whyUnknown({ goals, unmatched }: HeadlineNumbers['goals']): string {
  const primary = goals.find(({ isPrimary }) => isPrimary);
  if (primary !== undefined) return `as long as too little is known to forecast “${primary.name}”`;
  const [name] = unmatched;
  if (goals.length > 0 || name === undefined) return 'without a dated goal';
  return `as long as nothing in the data goes by the name of its goal “${name}”`;
}

const VERDICTS: Readonly<Record<Exclude<HeadlineLevel, 'unknown'>, string>> = {
  not_set_up: 'is not set up for success',
  goal_unrealistic: 'has a goal that is unrealistic as stated',
  at_risk: 'is at risk',
  on_track_unproven: 'is on track, as far as forecasts that are not proven can say',
  set_up: 'is set up for success',
};

/** What is known of how the team works. Of one whose goal stands still, not how fast it was. */
function factsOf(
  definition: CycleTimeDefinition,
  { metrics, basicallyDone, workstreams }: HeadlineNumbers,
  isStalled: boolean,
): readonly string[] {
  return [
    ...(isStalled ? [] : flow(definition, metrics.throughput.perWeek, metrics.cycleTime.p85)),
    nearlyDone(basicallyDone.count),
    sprawl(workstreams.effective),
  ].filter((fact) => fact !== undefined);
}

function flow(definition: CycleTimeDefinition, perWeek: Measurement, p85: Measurement): readonly string[] {
  const count = perWeek.kind === 'value' ? `${rounded(perWeek.value)} items a week` : undefined;
  const share = p85.kind === 'value' ? shareWithin(definition, durationWords(definition, p85)) : undefined;
  if (definition.finish === 'late') {
    return [
      ...(count === undefined ? [] : [`finishes ${count}`]),
      ...(share === undefined ? [] : [`brings ${share}`]),
    ];
  }
  return [count, share]
    .filter((part) => part !== undefined)
    .map((part, i) => (i === 0 ? `finishes ${part}` : part));
}

function nearlyDone(count: Measurement): string | undefined {
  if (count.kind !== 'value' || count.value === 0) return undefined;
  return `has ${plural(count.value, 'item')} that ${count.value === 1 ? 'is' : 'are'} basically done but not Done`;
}

function sprawl(effective: Measurement): string | undefined {
  return effective.kind === 'value' ? `works on ${plural(effective.value, 'workstream')} at once` : undefined;
}

function joined(facts: readonly string[]): string {
  if (facts.length === 1) return facts[0] ?? '';
  return `${facts.slice(0, -1).join(', ')} and ${facts.at(-1)}`;
}
