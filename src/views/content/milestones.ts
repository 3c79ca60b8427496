import type { MilestoneForecast } from '#forecast/milestone-forecast.ts';
import { TOO_FAR } from '#forecast/milestone-numbers.ts';
import type { TeamMilestones } from '#forecast/team-milestones.ts';
import { longDay, plural, stated } from '#report/words.ts';
import { type Block, type Cell, day, end, itemWords, paragraph, start, type Words } from './blocks.ts';

/** What will become of the versions and epics that are ahead. */
export function milestoneBlocks({ milestones, milestonesLeftOut: more }: TeamMilestones): readonly Block[] {
  if (milestones.length === 0) return [];
  return [
    {
      kind: 'table',
      title: 'Milestones ahead',
      columns: [
        start('Milestone'),
        start('Date'),
        end('Done by then'),
        end('85 % sure: done within'),
        end('Open'),
        end('Growth'),
        end('Pace needed'),
      ],
      rows: milestones.map(cells),
      shown: SHOWN,
      rowsAre: 'milestones',
    },
    ...(more > 0 ? [paragraph(`${plural(more, 'further milestone')} left out.`)] : []),
  ];
}

const SHOWN = 6;

function cells(milestone: MilestoneForecast): readonly Cell[] {
  const { date, state, probability, scope, growthPerWeek, ambition } = milestone;
  const number = (of: typeof probability): Cell => ({ kind: 'number', number: of });
  const known = (of: typeof probability): Cell => (of.kind === 'value' ? number(of) : ['not known']);
  return [
    name(milestone),
    date === undefined ? ['none'] : state === 'date_passed' ? [day(date), ', passed'] : [day(date)],
    state === 'undated' ? ['no date'] : number(probability),
    sureWithin(milestone),
    number(scope.open),
    known(growthPerWeek),
    known(ambition),
  ];
}

function name(milestone: MilestoneForecast): Words {
  // The key of a version holds its name.
  if (milestone.kind === 'version') return [{ kind: 'link', text: milestone.key, url: milestone.url }];
  return itemWords(milestone);
}

function sureWithin({ within85, probability, state }: MilestoneForecast): Cell {
  if (within85.kind === 'value') return { kind: 'number', number: within85 };
  if (within85.what === TOO_FAR) return [`more than ${plural(within85.have, 'day')}`];
  // Why nothing is known is said once.
  return probability.kind === 'insufficient' && state !== 'undated'
    ? ['not known']
    : { kind: 'number', number: within85 };
}

/** The one thing to know about a milestone. */
export function milestoneSentence({
  state,
  date,
  dateFrom,
  dateKnownOnlyNow,
  probability,
  scope,
}: MilestoneForecast): string {
  const open = scope.open.kind === 'value' ? scope.open.value : 0;
  switch (state) {
    case 'done':
      return 'Nothing under it is left to do: it is done.';
    case 'undated':
      return 'It has no date of its own.';
    case 'date_passed':
      return `Its date, ${longDay(date ?? '')}, has passed with ${plural(open, 'item')} open.`;
    case 'ahead': {
      const sure = probability.kind === 'value' ? ` (confidence: ${probability.confidence})` : '';
      const whose =
        dateFrom === 'asked' ? '' : `, the day it is ${dateFrom === 'version' ? 'planned for' : 'due'}`;
      const today = dateKnownOnlyNow ? ' That day is the one set today: no older one is known.' : '';
      return `Done by the end of ${longDay(date ?? '')}${whose}: ${stated(probability)}${sure}.${today}`;
    }
    default:
      return state satisfies never;
  }
}
