import type { Impact } from './risk.ts';

/** What decides, on one day, whether something seen is worth putting before people. */
export interface Seen {
  readonly probabilityReal: number;
  readonly impact: Impact;
  /** It is itself the reason why no cost can be stated, such as a goal without a date. */
  readonly hidesCost: boolean;
}

/**
 * Whether a risk is raised: it is likely to be real, it matters, and it lasts.
 *
 * Real with a probability of .80 or more. It matters when the low end of its cost reaches .10 of probability for the
 * committed milestone, a week, or half a person; or when it is itself what keeps the cost from being computed. A report
 * makes about fifteen such statements every week, of which chance alone would raise some: so what is less sure than .98
 * has to have been worth raising on two Mondays in a row (METRICS 2.1, 2.5).
 *
 * @example isRaised({ probabilityReal: 0.97, impact: { dP: [0.21, 0.42] }, hidesCost: false, persistedWeeks: 2 }) // => true
 * @example isRaised({ probabilityReal: 0.97, impact: { dP: [0.21, 0.42] }, hidesCost: false, persistedWeeks: 1 }) // => false
 * @example isRaised({ probabilityReal: 0.99, impact: {}, hidesCost: false, persistedWeeks: 9 }) // => false
 */
export function isRaised(seen: Seen & { readonly persistedWeeks: number }): boolean {
  return isWorthRaising(seen) && hasLasted(seen, seen.persistedWeeks);
}

/** Whether it has been there for long enough, or is too sure to be waited for. */
export function hasLasted({ probabilityReal }: Pick<Seen, 'probabilityReal'>, weeks: number): boolean {
  return probabilityReal >= NEARLY_SURE || weeks >= WEEKS_TO_LAST;
}

/** The same without asking whether it lasts. */
export function isWorthRaising({ probabilityReal, impact, hidesCost }: Seen): boolean {
  return isLikely({ probabilityReal }) && (hidesCost || matters(impact));
}

/** Whether it is likely enough to be real, whatever it costs. */
export function isLikely({ probabilityReal }: Pick<Seen, 'probabilityReal'>): boolean {
  return probabilityReal >= LIKELY;
}

/** From which probability on it is likely to be real. */
export const LIKELY = 0.8;
const NEARLY_SURE = 0.98;
/** Monday evaluations in a row that show that something lasts. */
export const WEEKS_TO_LAST = 2;

const LEAST = { dP: 0.1, weeks: 1, fte: 0.5 } as const;

function matters(impact: Impact): boolean {
  return (['dP', 'weeks', 'fte'] as const).some((of) => {
    const range = impact[of];
    // A tenth made by subtraction is a tenth.
    return range !== undefined && range[0] >= LEAST[of] - 1e-9;
  });
}
