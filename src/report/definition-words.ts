import type { Value } from '#domain/measurement.ts';
import type { CycleTimeDefinition } from '#domain/team.ts';
import { plural } from './words.ts';

/** What a definition of cycle time means to a reader: its boundaries, its clock, and what a move back does. */
export interface DefinitionInWords {
  readonly start: string;
  readonly finish: string;
  readonly cycleTime: string;
  readonly backward: string;
}

/** Each part of a definition in words, as the report states it under `definitions`. */
export function definitionInWords(definition: CycleTimeDefinition, timezone: string): DefinitionInWords {
  const { clock, start, finish, backward } = definition;
  const again = backward === 'wiped' && start !== 'created' ? ', since the last move back before it' : '';
  return {
    start: `${STARTS[start]}${again}`,
    finish: FINISHES[finish],
    cycleTime: {
      elapsed: 'elapsed days from start to finish, weekends included',
      active_only: `days spent from start to finish in ${stagesBetween(definition)}, weekends included`,
      inclusive_days: `calendar days touched from start to finish, both ends counted, in ${timezone}`,
    }[clock],
    backward:
      start === 'created'
        ? 'nothing lies before the creation, so no move back undoes it'
        : {
            kept: 'a move back before the start does not undo it',
            wiped: 'a move back before the start makes it forgotten; the next start counts',
          }[backward],
  };
}

/**
 * What cycle time is, as short as a title has to be.
 * @example cycleTimeWords({ clock: 'elapsed', start: 'active', finish: 'done', backward: 'kept' })
 *   // => 'from the first start to done, weekends included'
 * @example cycleTimeWords({ clock: 'active_only', start: 'todo', finish: 'late', backward: 'wiped' })
 *   // => 'from the last commitment to a late stage, without pauses'
 */
export function cycleTimeWords({ clock, start, finish, backward }: CycleTimeDefinition): string {
  const from = start === 'created' ? 'the creation' : `the ${WHICH[backward]} ${BEGINNINGS[start]}`;
  return `from ${from} to ${finish === 'late' ? 'a late stage' : 'done'}, ${CLOCKS[clock]}`;
}

/**
 * A number of days on the clock of a definition.
 * @example daysOf({ clock: 'inclusive_days' }, 9) // => '9 calendar days'
 * @example daysOf({ clock: 'active_only' }, 1) // => '1 day without pauses'
 */
export function daysOf({ clock }: Pick<CycleTimeDefinition, 'clock'>, days: number): string {
  if (clock === 'inclusive_days') return plural(days, 'calendar day');
  return `${plural(days, 'day')}${clock === 'active_only' ? ' without pauses' : ''}`;
}

/** The same of a number that may only be known to be more. */
export function durationWords(definition: Pick<CycleTimeDefinition, 'clock'>, days: Value): string {
  return `${days.bound === '>' ? 'more than ' : ''}${daysOf(definition, days.value)}`;
}

/**
 * What it is called when an item comes to its finish.
 * @example finishVerb({ finish: 'late' }) // => 'reach a late stage'
 */
export function finishVerb({ finish }: Pick<CycleTimeDefinition, 'finish'>): string {
  return finish === 'late' ? 'reach a late stage' : 'finish';
}

/**
 * The share that finishes in time, as the first sentence says it of a team: it goes on from "finishes", and where the
 * finish is a late stage from "brings".
 * @example shareWithin({ clock: 'elapsed', start: 'active', finish: 'done', backward: 'kept' }, '9 days')
 *   // => '85 % of what it starts within 9 days'
 */
export function shareWithin({ start, finish, backward }: CycleTimeDefinition, time: string): string {
  const anew = backward === 'wiped' && start !== 'created' ? ` of its last ${BEGINNINGS[start]}` : '';
  return `85 % of what ${SUBJECTS[start]}${finish === 'late' ? ' to a late stage' : ''} within ${time}${anew}`;
}

/** What is counted in one way for every team, whichever definition of cycle time it goes by. */
export const COUNTED_ALIKE =
  'throughput, forecasts, due dates, cycles and knowledge count what is done; work in progress and flow efficiency run ' +
  'from the first entry into active or late until done or cancelled; no definition of cycle time moves them';

const STARTS: Readonly<Record<CycleTimeDefinition['start'], string>> = {
  created: 'the creation',
  todo: 'first entry into todo, active or late',
  active: 'first entry into active or late',
  late: 'first entry into late',
};

const FINISHES: Readonly<Record<CycleTimeDefinition['finish'], string>> = {
  late: 'last crossing into late or done from a stage before them, while the item stays there',
  done: 'last crossing into done from outside it, while the item is done',
};

const BEGINNINGS: Readonly<Record<Exclude<CycleTimeDefinition['start'], 'created'>, string>> = {
  todo: 'commitment',
  active: 'start',
  late: 'entry into a late stage',
};

const SUBJECTS: Readonly<Record<CycleTimeDefinition['start'], string>> = {
  created: 'is written down',
  todo: 'it commits to',
  active: 'it starts',
  late: 'comes to a late stage',
};

const WHICH: Readonly<Record<CycleTimeDefinition['backward'], string>> = { kept: 'first', wiped: 'last' };

const CLOCKS: Readonly<Record<CycleTimeDefinition['clock'], string>> = {
  elapsed: 'weekends included',
  active_only: 'without pauses',
  inclusive_days: 'in calendar days touched',
};

const STAGES = ['backlog', 'todo', 'active', 'late'] as const;

/** The stages in which the clock of `active_only` runs. */
function stagesBetween({ start, finish }: CycleTimeDefinition): string {
  const first = start === 'created' ? 0 : STAGES.indexOf(start);
  const between = STAGES.slice(first, finish === 'late' ? 3 : 4);
  return between.length < 2 ? between.join('') : `${between.slice(0, -1).join(', ')} or ${between.at(-1)}`;
}
