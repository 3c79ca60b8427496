import { type CalendarDay, plusDays } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { knownCompletions } from '#forecast/known-completions.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { ratesOf } from '#forecast/rates.ts';
import { DETECTORS } from '#risks/detectors.ts';
import type { GoalAhead } from '#risks/impact.ts';
import type { RiskKind } from '#risks/risk.ts';
import { watch } from '#risks/seen.ts';
import { around, type Work } from '#tests/risks/working-team.ts';
import { worked } from '#tests/risks/working-teams.ts';

/** Ways to work that are well, each hard for some detector. */
export const WAYS: Readonly<Record<string, Partial<Work>>> = {
  'six items a week': {},
  'three items a week': { perWeek: 3, doing: around(5, 0.9), review: around(2, 0.9) },
  'twelve items a week': { perWeek: 12, doing: around(5, 0.9), review: around(2, 0.9) },
  'slow and honest reviews': { review: around(12, 0.5) },
  'times that differ much': { doing: around(6, 1.2) },
  'holidays nobody entered': { away: [30, 31, 50, 51, 52] },
  'a train every six weeks': { reviewUntil: (at) => Math.ceil(at / SIX_WEEKS) * SIX_WEEKS },
  'dates of which nine in ten hold': {
    options: (_, doneAt, random) => ({
      dueDate: new Date(doneAt + (random.next() % 10 === 0 ? -10 : 3) * DAY).toISOString().slice(0, 10),
    }),
  },
};
const DAY = 86_400_000;
const SIX_WEEKS = 42 * DAY;

/** What is said of a team because it has told us no goal is no false alarm. */
const OF_GOALS: readonly RiskKind[] = ['no_dated_goal', 'unclear_goal', 'unrealistic_goal', 'early_failure'];

/** The first weeks in which a risk stands raised, over one year of a team that is well. */
export function falselyRaised(way: Partial<Work>, seed: string): readonly RiskKind[] {
  const whole = worked({ ...way, seed });
  const { seenOn } = watch(whole, { detectors: DETECTORS, goalAhead: eightWeeksOfWork });
  const begun: RiskKind[] = [];
  let before = new Set<RiskKind>();
  for (let ago = 51; ago >= 0; ago -= 1) {
    const day: CalendarDay = plusDays(whole.day, -7 * ago);
    const raised = seenOn(day)
      .filter(({ isRaised }) => isRaised)
      .map(({ signal }) => signal.kind);
    begun.push(...new Set(raised.filter((kind) => !before.has(kind) && !OF_GOALS.includes(kind))));
    before = new Set(raised);
  }
  return begun;
}

/** A goal that the team reaches one time in two: where relief moves its chance most. */
function eightWeeksOfWork(view: TeamView): GoalAhead | undefined {
  const rates = ratesOf(knownCompletions(view)(view.day, 182));
  if ('kind' in rates) return undefined;
  return {
    id: 'goal',
    model: {
      open: Math.round(56 * rates.recent),
      undiscovered: [0],
      pace: { rates, share: 1, finished: rates.completions },
      prior: SHIPPED_PRIOR,
    },
    days: 56,
    people: 4,
  };
}
