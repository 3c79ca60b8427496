import { oncePerView } from '#domain/once.ts';
import { teamForecast } from './team-forecast.ts';

/** What a team's forecasts turned out to be worth: of the shortest horizon, for which most are resolved. */
export const teamCalibration = oncePerView((view) => teamForecast(view).calibration);
