import type { Value } from '#domain/measurement.ts';
import type { WorkKind } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isKnownKind, type KindBasis } from '#metrics/work-kinds.ts';
import type { Range } from './risk.ts';
import type { Signal } from './signal.ts';

/** People's time that would be free: the ends of its interval around what was measured. */
export function peopleIn({ value, interval90: [low, high] }: Value): readonly [number, number, number] {
  return [Math.min(value, low ?? 0), value, Math.max(value, high ?? value)];
}

/** From the low to the high end of what is plausible. */
export function rangeIn(number: Value): Range {
  const [low, , high] = peopleIn(number);
  return [low, high];
}

/** Marks a signal about a kind of work that is known by too weak a guess to decide anything. */
export function guessOf(view: TeamView, kind: WorkKind): Pick<Signal, 'isGuess'> {
  return isKnownKind(view, kind)?.isFirm === false ? { isGuess: true } : {};
}

/** What stands against a number that rests on a guess. */
export function guessDoubt(kind: string, told: KindBasis['by'] | 'unknown'): readonly string[] {
  return told === 'guessed' ? [`what counts as ${kind} was guessed from names`] : [];
}
