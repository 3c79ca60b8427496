import type { Measurement, Value } from '#domain/measurement.ts';
import { plural, rounded } from './words.ts';

/** The team's level in one word, the rule that gave it, and the sentence a person would say. */
export interface Headline {
  readonly level: 'unknown';
  readonly clause: string;
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
}

/**
 * The first sentence of a report. Without a dated goal nobody can say whether a team is set up for it, so the level
 * is `unknown` and not a comfortable green; the sentence says what is known instead.
 */
export function headline(team: string, numbers: HeadlineNumbers): Headline {
  const facts = [
    ...flow(numbers.metrics.throughput.perWeek, numbers.metrics.cycleTime.p85),
    nearlyDone(numbers.basicallyDone.count),
    sprawl(numbers.workstreams.effective),
  ].filter((fact) => fact !== undefined);
  const known =
    facts.length > 0
      ? `${team} ${joined(facts)}.`
      : `There is not enough history of ${team} yet to state a number.`;
  return {
    level: 'unknown',
    clause: '1: no committed dated goal',
    sentence: `${known} Whether it is set up for success cannot be said without a dated goal.`,
  };
}

function flow(perWeek: Measurement, p85: Measurement): readonly string[] {
  const parts = [
    perWeek.kind === 'value' ? `${rounded(perWeek.value)} items a week` : undefined,
    p85.kind === 'value' ? `85 % of what it starts within ${within(p85)}` : undefined,
  ].filter((part) => part !== undefined);
  return parts.map((part, i) => (i === 0 ? `finishes ${part}` : part));
}

function within(days: Value): string {
  return `${days.bound === '>' ? 'more than ' : ''}${plural(days.value, 'day')}`;
}

function nearlyDone(count: Measurement): string | undefined {
  if (count.kind !== 'value' || count.value === 0) return undefined;
  return `has ${plural(count.value, 'item')} that ${count.value === 1 ? 'is' : 'are'} basically done but not Done`;
}

function sprawl(effective: Measurement): string | undefined {
  return effective.kind === 'value' ? `works on ${rounded(effective.value)} workstreams at once` : undefined;
}

function joined(facts: readonly string[]): string {
  if (facts.length === 1) return facts[0] ?? '';
  return `${facts.slice(0, -1).join(', ')} and ${facts.at(-1)}`;
}
