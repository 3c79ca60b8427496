import type { GoalOutlook } from '#forecast/team-goals.ts';
import type { GoalChange } from '#risks/goal-change.ts';
import { longDay, plural, stated } from '../words.ts';
import { causeWords } from './chance-words.ts';
import { type ChangeLine, type Compared, toldAgain } from './change-line.ts';
import type { Passage } from './passage.ts';

/**
 * A chance that moved by a tenth is told whatever its interval: both come from nearly the same weeks, so what is unsure
 * about one is unsure about the other in the same way, and what lies between is what happened since.
 */
const NOTABLE = 0.1;

/** Goals that are new, gone, done or late, whose date was moved, whose chance changed, or whose scope did. */
export function goalLines(
  before: Compared,
  now: Compared,
  { goals: changes }: Passage,
): readonly ChangeLine[] {
  const then = new Map(before.goals.goals.map((goal) => [goal.id, goal]));
  const today = new Set(now.goals.goals.map(({ id }) => id));
  return [
    ...now.goals.goals.flatMap((goal) => {
      const earlier = then.get(goal.id);
      const change = changes.find(({ id }) => id === goal.id);
      return earlier === undefined
        ? [line('goal_named', goal, 'is a goal now')]
        : [
            ...dateMoved(earlier, goal),
            ...stateLines(earlier, goal, change),
            ...scopeLine(earlier, goal, change),
          ];
    }),
    ...before.goals.goals
      .filter(({ id }) => !today.has(id))
      .map((goal) => line('goal_gone', goal, 'is no goal any more')),
  ];
}

function line(
  kind: ChangeLine['kind'],
  { name, forecast: { key, title, url } }: GoalOutlook,
  words: string,
  more: Partial<ChangeLine> = {},
): ChangeLine {
  return { kind, sentence: `“${name}” ${words}.`, items: [{ key, title, url }], ...more };
}

function dateMoved(before: GoalOutlook, now: GoalOutlook): readonly ChangeLine[] {
  const [from, to] = [before.forecast.date, now.forecast.date];
  if (from === to) return [];
  const words =
    to === undefined
      ? 'has no date any more'
      : from === undefined
        ? `has a date now: ${longDay(to)}`
        : `is due on ${longDay(to)} and was on ${longDay(from)}`;
  const ends = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return [line('goal_date_moved', now, words, ends)];
}

/** What is certain is told as such, and what it does to the chance not once more. */
function stateLines(
  before: GoalOutlook,
  now: GoalOutlook,
  change: GoalChange | undefined,
): readonly ChangeLine[] {
  const [then, today] = [before.forecast, now.forecast];
  if (today.state !== then.state && today.state === 'done') {
    return [line('goal_done', now, 'is done: nothing is left of it', withItems(change?.scope.finished))];
  }
  if (today.state !== then.state && today.state === 'date_passed') {
    return [
      line('goal_date_passed', now, `was not done by its date; ${stated(today.scope.open)} are left`, {
        from: then.scope.open,
        to: today.scope.open,
      }),
    ];
  }
  return chanceLine(before, now, change);
}

function chanceLine(
  before: GoalOutlook,
  now: GoalOutlook,
  change: GoalChange | undefined,
): readonly ChangeLine[] {
  const [from, to] = [before.forecast.probability, now.forecast.probability];
  const again = toldAgain(from, to);
  if (again !== undefined) {
    return [line('goal_chance', now, `has a chance that ${again}`, { from, to })];
  }
  if (from.kind === 'insufficient' || to.kind === 'insufficient') return [];
  if (Math.abs(to.value - from.value) < NOTABLE - 1e-9) return [];
  const chance = change?.chance;
  const causes = chance === undefined ? '' : causeWords(chance);
  return [
    line(
      'goal_chance',
      now,
      `has a chance of ${stated(to)}, before ${stated(from)}${causes === '' ? '' : `: ${causes}`}`,
      {
        from,
        to,
        ...(chance === undefined ? {} : { chance }),
      },
    ),
  ];
}

function scopeLine(
  before: GoalOutlook,
  now: GoalOutlook,
  change: GoalChange | undefined,
): readonly ChangeLine[] {
  if (change === undefined) return [];
  const { added, removed } = change.scope;
  const net = added.length - removed.length;
  if (net === 0) return [];
  const moved = [
    added.length === 0 ? undefined : `${plural(added.length, 'item')} came in`,
    removed.length === 0 ? undefined : `${plural(removed.length, 'item')} went out without being done`,
  ].filter((part) => part !== undefined);
  return [
    line('goal_scope', now, `${net > 0 ? 'grew' : 'shrank'}: ${moved.join(', ')}`, {
      from: before.forecast.scope.open,
      to: now.forecast.scope.open,
      items: [...added, ...removed],
    }),
  ];
}

function withItems(items: ChangeLine['items'] | undefined): Partial<ChangeLine> {
  return items === undefined || items.length === 0 ? {} : { items };
}
