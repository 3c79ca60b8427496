import type { TeamReport } from '#report/team-report.ts';
import { longDay } from '#report/words.ts';
import { basicallyDoneSection } from './basically-done.ts';
import type { Section } from './blocks.ts';
import { certaintySection } from './certainty.ts';
import { changesSection } from './changes.ts';
import { drainsSection } from './drains.ts';
import { effortSection } from './effort.ts';
import { flowSection } from './flow.ts';
import { forecastSection } from './forecast.ts';
import { goalsSection } from './goals.ts';
import { predictabilitySection } from './predictability.ts';
import { risksSection } from './risks.ts';

/** How to read the numbers, once for all of them. */
export const READING_AID =
  'With each number stand its 90 % interval, the range that the truth lies in nine times out of ten, and n, how many observations it rests on.';

/** Everything a team report says below its first sentence, in the order in which people ask. */
export function teamSections(report: TeamReport): readonly Section[] {
  return [
    risksSection(report),
    changesSection(report),
    flowSection(report),
    basicallyDoneSection(report),
    predictabilitySection(report),
    forecastSection(report),
    goalsSection(report),
    effortSection(report),
    drainsSection(report),
    certaintySection(report),
  ];
}

/** Why the level is what it is. */
export function levelReason({ headline }: TeamReport): string {
  return `rule ${headline.clause}`;
}

/** The moment the report speaks of. */
export function momentWords({ asOf, team }: TeamReport): string {
  return `As of the end of ${longDay(asOf)}, ${team.timezone}`;
}
