import { percent } from '#domain/wording.ts';
import { teamCalibration } from '#forecast/team-calibration.ts';
import { probabilityShareAbove } from '#statistics/proportion.ts';
import { evidenceOf, trustIn } from './evidence.ts';
import type { Detector } from './signal.ts';

/**
 * Forecasts that promise too much for this team: "85 % sure of at least so many items in four weeks" came true clearly
 * less often.
 *
 * Clearly: Clopper and Pearson's interval of 20 or more forecasts that do not overlap leaves 85 % out. The probability is
 * Jeffreys' that fewer than 85 % come true. Chances cannot be taken at their word then, those that every other risk is
 * costed in among them: so this one hides costs, and has none that could be told.
 */
export const uncalibratedForecast: Detector = (view) => {
  const known = teamCalibration(view);
  const { coverage85, verdict } = known;
  if (verdict !== 'over_confident' || coverage85.kind === 'insufficient') return [];
  const { n, value } = coverage85;
  const kept = Math.round(value * n);
  return [
    {
      kind: 'uncalibrated_forecast',
      statement:
        `Of ${n} forecasts that were ${percent(CLAIM)} sure of at least so many items in four weeks ${kept} came true ` +
        `(${percent(value)}): the chances told for this team are too high.`,
      evidence: [
        evidenceOf('forecast.calibration.coverage85', coverage85),
        evidenceOf('forecast.calibration.coverage50', known.coverage50),
      ],
      probabilityReal: 1 - probabilityShareAbove(kept, n, CLAIM),
      confidence: trustIn(
        {},
        n < TWICE_THE_LEAST ? [`${n} forecasts that do not overlap are resolved, fewer than 40`] : [],
      ),
      owner: 'shared',
      hidesCost: true,
      options: [
        {
          action: 'Promise what the forecasts call 95 % sure until more of them have come true.',
          assumption: 'They stay as far off as they were.',
          whoDecides: 'leadership',
          relief: () => 'it changes what is promised, and not the work',
        },
      ],
    },
  ];
};

const CLAIM = 0.85;
const TWICE_THE_LEAST = 40;
