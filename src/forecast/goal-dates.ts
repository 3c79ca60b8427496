import { mean } from 'd3-array';
import { exactCount, type Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { GoalBasis } from './goal-forecast.ts';
import type { MilestoneForecast } from './milestone-forecast.ts';
import { needs } from './scope-forecast.ts';

/** The one day to quote for a goal, and how it is meant. */
export interface GoalDates {
  /** `realistic`: 85 % sure. `best_case`: one time in seven, and only with the set-up it presumes. */
  readonly tone: 'realistic' | 'best_case';
  readonly chance: 0.85 | 0.15;
  /** Days ahead within which all of it is done with that chance. */
  readonly within: Measurement;
  /** What the best case presumes: so many items a week, to be held beside the pace there is. */
  readonly presumedPace?: Measurement;
}

const QUARTER_DAYS = 92;

/**
 * In two tones: within a quarter the day that is 85 % sure, further ahead the best case with what it presumes.
 *
 * A quarter ahead people plan with a date; beyond it they look for what is possible, and a sure day is then so far off
 * that it says little. Which of the two goes by the goal's date, and without one, or when it has passed, by the sure day.
 */
export function goalDates(
  view: TeamView,
  { model, days }: GoalBasis,
  { within15, within85 }: MilestoneForecast,
): GoalDates {
  const ahead =
    days !== undefined && days > 0 ? days : within85.kind === 'value' ? within85.value : undefined;
  const isNear = ahead !== undefined && ahead <= QUARTER_DAYS;
  if (isNear || within15.kind === 'insufficient')
    return { tone: 'realistic', chance: 0.85, within: within85 };
  const presumed =
    model === undefined || within15.value === 0
      ? undefined
      : (mean(needs(model)(within15.value)) ?? 0) / (within15.value / 7);
  return {
    tone: 'best_case',
    chance: 0.15,
    within: within15,
    ...(presumed === undefined
      ? {}
      : {
          presumedPace: {
            ...exactCount(
              presumed,
              'items_per_week',
              { from: view.day, to: view.day },
              'pace_that_the_best_case_presumes',
            ),
            n: model?.open ?? 0,
            confidence: 'medium',
          },
        }),
  };
}
