import type { TeamView } from '#domain/team-view.ts';
import { teamCalibration } from '#forecast/team-calibration.ts';
import { UNCALIBRATED } from './goal-words.ts';
import type { Impact, Trust } from './risk.ts';

/**
 * How far a risk's numbers can be trusted with its cost among them: a cost in the goal's chance is worth no more than the
 * forecasts it was read from, so it is highly sure only where these came true as often as they said (METRICS 2.5).
 */
export function trustWithCost(view: TeamView, { level, reasons }: Trust, { dP }: Impact): Trust {
  const { verdict } = teamCalibration(view);
  if (dP === undefined || verdict === 'consistent') return { level, reasons };
  const doubt = verdict === 'under_confident' ? 'the team’s forecasts promised too little' : UNCALIBRATED;
  return {
    level: level === 'high' ? 'medium' : level,
    reasons: reasons.includes(doubt) ? reasons : [...reasons, doubt],
  };
}
