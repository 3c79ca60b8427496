import { elapsedDays } from '#domain/calendar.ts';
import { earlierView } from '#domain/team-view.ts';
import type { ItemCase } from './items.ts';
import { ITEM_WEEKS, type LabelledItems, type Stretch } from './labelled.ts';
import { viewOf } from './team.ts';

/** What became of the labelled items in the weekly reports. */
export interface ItemTally {
  readonly positives: number;
  readonly found: number;
  readonly negatives: number;
  /** Well, and named at least once. */
  readonly false: number;
  /** Of those that are well: a report was made while it looked like one in trouble. */
  readonly hard: number;
  readonly hardFalse: number;
  /** In trouble, and named before that began. */
  readonly early: number;
  /** Days from the beginning of the trouble to the first report that names it, and from there to its end. */
  readonly daysTo: readonly number[];
  readonly daysBefore: readonly number[];
  readonly falseHow: readonly string[];
}

/**
 * Asks a signal in each weekly report. An item in trouble is found when a report names it before its trouble ends; an
 * item that is well is a mistake when any report ever names it, and so is an item in trouble named while it was well.
 */
export function tallyOf({ named, isOnlyThen }: ItemCase, { made, labels }: LabelledItems): ItemTally {
  const last = viewOf(made, made.endOfWeek(ITEM_WEEKS.last));
  const reports = Array.from({ length: ITEM_WEEKS.last - ITEM_WEEKS.first + 1 }, (_, i) => {
    const view = earlierView(last, made.endOfWeek(ITEM_WEEKS.first + i));
    return { at: view.asOf, keys: new Set(named(view)) };
  });
  const [begin, end] = [reports[0]?.at ?? 0, last.asOf];
  const daysTo: number[] = [];
  const daysBefore: number[] = [];
  const falseHow: string[] = [];
  let [positives, negatives, hard, hardFalse, early] = [0, 0, 0, 0, 0];
  for (const { key, how, trouble, alike } of labels) {
    const namedAt = reports.filter(({ keys }) => keys.has(key)).map(({ at }) => at);
    const isWell = trouble === undefined || isOnlyThen === true;
    const isWrong = namedAt.some((at) => !isDuring(at, trouble));
    const isHard = isWell && reports.some(({ at }) => isDuring(at, alike));
    if (isWell) negatives += 1;
    else if (isWrong) early += 1;
    if (isHard) hard += 1;
    if (isHard && isWrong) hardFalse += 1;
    if (isWrong) falseHow.push(how);
    if (trouble === undefined || trouble.since < begin || !reports.some(({ at }) => isDuring(at, trouble)))
      continue;
    // What began just before the last reports may still be found in those that are not asked.
    if (Math.min(trouble.until, trouble.since + WATCHED_MS) > end) continue;
    positives += 1;
    const first = namedAt.find((at) => isDuring(at, trouble));
    if (first === undefined) continue;
    daysTo.push(elapsedDays(trouble.since, first));
    daysBefore.push(elapsedDays(first, trouble.until));
  }
  return {
    positives,
    found: daysTo.length,
    negatives,
    false: falseHow.length - early,
    hard,
    hardFalse,
    early,
    daysTo,
    daysBefore,
    falseHow,
  };
}

const WATCHED_MS = 60 * 86_400_000;

function isDuring(at: number, stretch: Stretch | undefined): boolean {
  return stretch !== undefined && at >= stretch.since && at <= stretch.until;
}
