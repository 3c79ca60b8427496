import type { CalendarDay } from '#domain/calendar.ts';
import { type CutPoints, TEAM_DEFAULTS } from '#domain/team.ts';
import type { Range } from './risk.ts';

/** In one word, whether a team can make what it is asked for. From bad to good; `unknown` is not good. */
export type HeadlineLevel =
  | 'unknown'
  | 'not_set_up'
  | 'goal_unrealistic'
  | 'at_risk'
  | 'on_track_unproven'
  | 'set_up';

/** What the level is decided from. None of it is asked for before it decides, or is told. */
export interface Circumstances {
  /** The chance that the primary milestone lands by its date; absent without one, or when it cannot be told. */
  readonly chance?: number;
  /** Whether its date is over with something left: then the chance is none, and that is no forecast. */
  readonly datePassed?: boolean;
  /** How much each raised risk, relieved, would lift the chance. */
  readonly raised: Iterable<Lift>;
  /** Those of them that relief could lift it of at all, where these are known sooner than all. */
  readonly relievable?: Iterable<Lift>;
  /** How much all raised drains relieved together would. */
  readonly together?: Range | undefined;
  /** The same of drains that are seen and not raised yet. */
  readonly suspected: readonly Range[];
  /** The same of raised risks whose cause was only guessed. They are among those raised, and not among those relievable. */
  readonly guessed?: readonly Range[];
  readonly serviceLevelAlert: boolean;
  readonly earlyFailure: boolean;
  /** What the team's forecasts turned out to be worth. */
  readonly calibration: 'consistent' | 'over_confident' | 'under_confident' | 'insufficient';
}

/** By how much relief of a risk lifts the chance; absent where that cannot be computed. */
export interface Lift {
  readonly id: string;
  readonly dP?: Range;
}

/** The level, and the rule that gave it in words that name the numbers. */
export interface LevelFound {
  readonly level: HeadlineLevel;
  readonly clause: string;
  /** Present when the day alone would give another level, which counts once two Mondays in a row have found it. */
  readonly held?: {
    /** The day whose evaluation found the level that is held. */
    readonly foundOn: CalendarDay;
    readonly today: HeadlineLevel;
  };
}

/**
 * The level of a team by rules tried in order, of which the first that holds decides: no weights, no sum.
 *
 * A lift counts by the low end of its range, a suspected one by its high end. A goal with a poor chance that no relief
 * would mend is an ambition problem and not the team's (METRICS 2.3). The clause names the cut point that decided.
 *
 * @example levelOf({ chance: 0.31, raised: [{ id: 'support', dP: [0.21, 0.42] }], suspected: [], serviceLevelAlert: false, earlyFailure: false, calibration: 'consistent' }).level
 *   // => 'not_set_up'
 */
export function levelOf(given: Circumstances, cut: CutPoints = TEAM_DEFAULTS.cutPoints): LevelFound {
  const { chance } = given;
  if (chance === undefined)
    return { level: 'unknown', clause: '1: no committed dated goal, or no forecast for it' };
  const below = given.datePassed
    ? 'the date has passed with work left,'
    : `${likely(chance, cut.realistic)} is below ${percent(cut.realistic)}`;
  if (chance < cut.realistic) {
    const lift = `lifts it by at least ${percent(NOTABLE_LIFT)}`;
    if (some(given.relievable ?? given.raised, ({ dP }) => lifts(dP))) {
      return { level: 'not_set_up', clause: `2: ${below} and relief of a raised risk ${lift}` };
    }
    if (lifts(given.together)) {
      return { level: 'not_set_up', clause: `2: ${below} and relief of all raised risks together ${lift}` };
    }
    return {
      level: 'goal_unrealistic',
      get clause() {
        return `3: ${below} and no raised risk ${lift}${hintOf(given)}`;
      },
    };
  }
  const isUnsafe = chance < cut.safe;
  if (isUnsafe || some(given.raised, () => true) || given.serviceLevelAlert || given.earlyFailure) {
    return {
      level: 'at_risk',
      get clause() {
        const { length } = [...given.raised];
        const reasons = [
          isUnsafe ? `${likely(chance, cut.safe)} is below ${percent(cut.safe)}` : undefined,
          length > 0 ? `${length} raised ${length === 1 ? 'risk' : 'risks'}` : undefined,
          given.serviceLevelAlert ? 'a service level alert' : undefined,
          given.earlyFailure ? 'early failure' : undefined,
        ];
        return `4: ${reasons.filter((reason) => reason !== undefined).join(', ')}`;
      },
    };
  }
  const { calibration } = given;
  const safe = `${likely(chance, cut.safe)} is ${percent(cut.safe)} or more`;
  if (calibration === 'insufficient' || calibration === 'over_confident') {
    const why =
      calibration === 'insufficient' ? 'too few forecasts are resolved' : 'its forecasts promised too much';
    return { level: 'on_track_unproven', clause: `5: ${safe}, nothing raised, but ${why}` };
  }
  return {
    level: 'set_up',
    clause: `6: ${safe}, nothing raised, and its forecasts came true as often as they said`,
  };
}

function hintOf({ suspected, guessed = [] }: Circumstances): string {
  if (suspected.some(couldLift)) return '; a drain is suspected that is not raised yet';
  return guessed.some(couldLift) ? '; a drain is suspected that only names of components tell' : '';
}

function some<One>(all: Iterable<One>, holds: (one: One) => boolean): boolean {
  for (const one of all) if (holds(one)) return true;
  return false;
}

const NOTABLE_LIFT = 0.2;

/** Nobody has evidence for more or less than this of a chance. */
const [LEAST, MOST] = [0.05, 0.95];

/** The chance in words that stand on the same side of a cut point as it does. */
function likely(chance: number, cut: number): string {
  if (chance >= MOST) return `P > ${percent(MOST)}`;
  if (chance <= LEAST) return `P < ${percent(LEAST)}`;
  const isRoundedUp = chance < cut && Math.round(100 * chance) >= Math.round(100 * cut);
  return isRoundedUp ? `P = ${(Math.floor(1000 * chance) / 10).toFixed(1)} %` : `P = ${percent(chance)}`;
}

const lifts = (dP: Range | undefined): boolean => dP !== undefined && dP[0] >= NOTABLE_LIFT - 1e-9;

/** What is only suspected, or guessed, is only a possibility: its high end counts. */
const couldLift = (dP: Range): boolean => dP[1] >= NOTABLE_LIFT - 1e-9;

const percent = (share: number): string => `${Math.round(100 * share)} %`;
