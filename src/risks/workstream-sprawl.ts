import { sum } from 'd3-array';
import { startOf } from '#domain/calendar.ts';
import type { Measurement, Value } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { plural, rounded } from '#domain/wording.ts';
import { isInProgress, type WorkItem } from '#domain/work-item.ts';
import { crowding, isInCurrentStream } from '#metrics/crowding.ts';
import { goalFocus, isPausable, timeThatCouldPause } from '#metrics/goal-focus.ts';
import { goalItems, NO_GOAL } from '#metrics/goal-items.ts';
import { type ItemEffort, itemEffort } from '#metrics/item-effort.ts';
import { itemRef } from '#metrics/item-ref.ts';
import { newWorkWhileGoalWaits } from '#metrics/new-work.ts';
import { fewestToPause } from '#metrics/pausable-streams.ts';
import { recentEffort } from '#metrics/recent-effort.ts';
import { MIN_ATTRIBUTED } from '#metrics/workstream-level.ts';
import { SPRAWL_EVIDENCE, workstreams } from '#metrics/workstreams.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import { peopleIn, rangeIn } from './people-range.ts';
import type { Relief } from './relief.ts';
import type { Evidence } from './risk.ts';
import type { Detector, SignalOption } from './signal.ts';

/**
 * A team that has fewer than two people for each line of work it has open.
 *
 * By the pigeonhole principle some work then rests on one person, wherever the others go: the only threshold, and no
 * benchmark. Lines of work are those at a time: what followed another within the month, or has ended, is not open beside it.
 * How likely it is so is read from whole weeks drawn again. Relieved, the time on those of them that are outside the goal
 * and could pause would be free; without a goal nothing says which these are. Sprawl is never turned into hours lost.
 *
 * Sees nothing where less than 60 % of the effort is on items of which anything was heard in that time: what was begun
 * and forgotten would look like a line of work that somebody is on.
 */
export const workstreamSprawl: Detector = (view) => {
  const { people, fewerThanTwo } = crowding(view);
  if (people.kind === 'insufficient') return [];
  if (fewerThanTwo.kind === 'insufficient' || fewerThanTwo.value < 0.5) return [];
  if (!isAlive(view)) return [];
  const couldPause = timeOutsideGoal(view);
  return [
    {
      kind: 'workstream_sprawl',
      // Worked out when it is told: most days are looked back on only to decide whether it lasts.
      get statement() {
        return statementOn(view);
      },
      get evidence() {
        return evidenceOn(view);
      },
      probabilityReal: fewerThanTwo.value,
      get confidence() {
        return trustIn({ 'the spread': workstreams(view).atOnce });
      },
      note: SPRAWL_EVIDENCE,
      owner: 'leadership',
      ...(couldPause.kind === 'value' && goalFocus(view).couldPause.kind !== 'value'
        ? { ofTooFew: true as const }
        : {}),
      ...(couldPause.kind === 'value'
        ? {
            relief: pausable(view, couldPause),
            relievedIf: 'the work outside the goal paused',
            cost: { fte: rangeIn(couldPause) },
          }
        : {}),
      get options() {
        return optionsIn(view, couldPause);
      },
    },
  ];
};

function optionsIn(view: TeamView, couldPause: Measurement): readonly SignalOption[] {
  const fewest = fewestToPause(view);
  return [
    {
      action: 'Pause the work outside the goal, and let its people work on the goal together.',
      assumption: 'What pauses can wait: it is neither support nor incidents.',
      whoDecides: 'leadership',
      relief: () => (couldPause.kind === 'value' ? pausable(view, couldPause) : NOT_SEEN),
    },
    ...('kind' in fewest
      ? []
      : [
          {
            action: `Pause the ${fewest.streams === 1 ? 'smallest workstream' : `${fewest.streams} smallest workstreams`} of the ${fewest.of} outside the goal.`,
            assumption: 'There are then two people for each of the rest.',
            whoDecides: 'leadership',
            relief: () =>
              ({ kind: 'people', fte: [fewest.fte, fewest.fte, fewest.fte], from: fewest.effort }) as const,
          } as const,
        ]),
    {
      action: 'Put two people on what each would do alone, and begin nothing new until it is done.',
      assumption: 'What waits can wait.',
      whoDecides: 'team',
      relief: () => 'studies disagree about what working together and on less at once changes',
    },
  ];
}

const NOT_SEEN = 'it is not seen how much of the work lies outside a goal';

function pausable(view: TeamView, couldPause: Value): Relief {
  return { kind: 'people', fte: peopleIn(couldPause), from: () => pausableEffort(view) };
}

function statementOn(view: TeamView): string {
  const { people, atOnce, onePerson } = workstreams(view);
  if (people.kind === 'insufficient' || atOnce.kind === 'insufficient') return '';
  const each = people.value / atOnce.value;
  const alone =
    onePerson.kind === 'value' && onePerson.value > 0
      ? ` ${onePerson.value} of ${plural(onePerson.n, 'workstream')} ${onePerson.value === 1 ? 'rests' : 'rest'} on one person nearly alone.`
      : '';
  return `${people.value} people work as if on ${rounded(atOnce.value)} equal workstreams at a time: ${plural(each, 'person', 'people')} for each.${alone}`;
}

function evidenceOn(view: TeamView): readonly Evidence[] {
  const { atOnce, peoplePerEffective, effective, onePerson } = workstreams(view);
  return [
    evidenceOf('workstreams.atOnce', atOnce),
    evidenceOf('workstreams.peoplePerEffective', peoplePerEffective),
    evidenceOf('workstreams.effective', effective),
    evidenceOf('workstreams.onePerson', onePerson),
    evidenceOf('goalFocus.share', goalFocus(view).share, outsideGoal(view)),
    evidenceOf('newWork.perWeek', newWorkWhileGoalWaits(view).perWeek),
  ];
}

/** Whether enough of the effort is on items that anything happened to meanwhile. */
function isAlive(view: TeamView): boolean {
  const { days, workdays } = recentEffort(view);
  const since = startOf(workdays[0] ?? view.day, view.team.timezone);
  const isHeardOf = ({ issue }: WorkItem) => (issue.events.at(-1)?.at ?? issue.createdAt) >= since;
  const alive = sum(days, ({ items }) => items.filter(isHeardOf).length / items.length);
  return alive >= MIN_ATTRIBUTED * days.length;
}

function timeOutsideGoal(view: TeamView): Measurement {
  const could = streamsThatCouldPause(view);
  return could === undefined ? NO_GOAL : timeThatCouldPause(view, could);
}

function pausableEffort(view: TeamView): ItemEffort {
  const could = streamsThatCouldPause(view);
  return itemEffort(view, (item) => (could?.(item) ? 1 : 0));
}

/** What lies in a workstream that the team still has, and outside the goal: single bugs are none, nor what has ended. */
function streamsThatCouldPause(view: TeamView): ((item: WorkItem) => boolean) | undefined {
  const isGoal = goalItems(view);
  if (isGoal === undefined) return undefined;
  const [could, isCurrent] = [isPausable(view, isGoal), isInCurrentStream(view)];
  return (item) => could(item) && isCurrent(item);
}

function outsideGoal(view: TeamView) {
  const isGoal = goalItems(view);
  if (isGoal === undefined) return [];
  return view.items
    .filter((item) => isInProgress(item.stage) && !isGoal(item))
    .map((item) => refWhy(itemRef(view, item), 'in progress, outside the goal'));
}
