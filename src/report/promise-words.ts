import type { GoalOutlook } from '#forecast/team-goals.ts';
import { chanceWords } from '#risks/goal-words.ts';
import { longDay, plural } from './words.ts';

/** What was promised and how likely it is, as a clause: "24 items of “Checkout” are promised for …". */
export function promiseWords({ name, forecast }: Pick<GoalOutlook, 'name' | 'forecast'>): string {
  const { date, state, probability, scope } = forecast;
  const open = scope.open.kind === 'value' ? scope.open.value : undefined;
  if (date === undefined) return `“${name}” has no date`;
  if (state === 'done') return `all of “${name}”, promised for ${longDay(date)}, is done`;
  const count = open === undefined || open === 0 ? 'work' : plural(open, 'item');
  if (state === 'date_passed') return `the date of “${name}”, ${longDay(date)}, passed with ${count} left`;
  const promised = `${count} of “${name}” ${open !== undefined && open > 1 ? 'are' : 'is'} promised for ${longDay(date)}`;
  if (probability.kind === 'insufficient') return promised;
  return `${promised} with a chance of ${chanceWords(probability)}`;
}
