import type { GoalOutlook, TeamGoals } from '#forecast/team-goals.ts';
import type { Presence } from '#metrics/clarity.ts';
import type { TeamReport } from '#report/team-report.ts';
import { OWNER_WORDS } from '#report/vocabulary.ts';
import { plural, rounded } from '#report/words.ts';
import {
  type Block,
  type Cell,
  day,
  end,
  itemWords,
  numbersTold,
  paragraph,
  type Section,
  start,
  type Table,
  type Words,
} from './blocks.ts';

/** What the team committed to, what that says of itself, and what its work waits for. */
export function goalsSection({ goals, metrics }: TeamReport): Section {
  const { blockedBy, asks, sharedGoals, churn, updates } = metrics;
  return {
    id: 'goals',
    title: 'What was promised, and what it waits for',
    blocks: [
      ...commitment(goals),
      ...goalTable(goals.goals),
      ...clarityTable(metrics.clarity),
      numbersTold(
        `Of the time ${blockedBy.of === 'goal' ? 'the goals’ items' : 'items'} were under way, the part spent waiting`,
        [
          ['For leaders: a decision, an approval, or another team', blockedBy.leadership],
          ['For the team itself', blockedBy.team],
          ['For somebody outside', blockedBy.external],
          ['For whom is not said', blockedBy.unknown],
        ],
      ),
      waitingTable(blockedBy.waiting),
      numbersTold('Asking and answering', [
        ['Of what was blocked, the part that somebody asked about', asks.askedAbout],
        ['Until half of what leaders are asked is answered', asks.leadership.median],
        ['Asked of leaders and open', asks.leadership.open],
        ['Until half of what others ask of the team is answered', asks.team.median],
        ['Asked of the team and open', asks.team.open],
        ['Dependencies on other teams that serve no goal both have', sharedGoals.withoutSharedGoal],
      ]),
      numbersTold('How steady the target is', [
        ['Changes of priority or target, for each week an item is in progress', churn.rate],
        ['The part of these that nothing explains', churn.unexplained],
        ['Items put back after a day’s work or more', churn.thrash],
        ['Person-days that had gone into these', churn.thrownBack],
      ]),
      numbersTold('How often somebody says how it is going', [
        ['Of the last 8 weeks, the part with an update', updates.weeksWithUpdate],
        ['Since the last one', updates.sinceLast],
      ]),
    ],
  };
}

function commitment({ commitment: by, unmatched }: TeamGoals): readonly Block[] {
  const words: Readonly<Record<TeamGoals['commitment'], string | undefined>> = {
    named: undefined,
    auto: 'Every dated version and epic of the team’s own counts as a commitment, as configured.',
    none: 'The team named no goal, so what a risk costs cannot be stated: a date in the tracker alone is no commitment.',
  };
  const said = words[by];
  return [
    ...(said === undefined ? [] : [paragraph(said)]),
    ...(unmatched.length === 0
      ? []
      : [paragraph(`Nothing in the data matches ${unmatched.map((name) => `“${name}”`).join(', ')}.`)]),
  ];
}

function goalTable(goals: readonly GoalOutlook[]): readonly Table[] {
  if (goals.length === 0) return [];
  return [
    {
      kind: 'table',
      title: 'Goals',
      columns: [
        start('Goal'),
        start('Date'),
        end('Done by then'),
        start('The day to quote'),
        end('Pace needed'),
        end('Open'),
      ],
      rows: goals.map((goal): readonly Cell[] => {
        const { date, state, probability, ambition, scope } = goal.forecast;
        const number = (of: typeof probability): Cell => ({ kind: 'number', number: of });
        return [
          nameOf(goal),
          date === undefined ? ['none'] : state === 'date_passed' ? [day(date), ', passed'] : [day(date)],
          number(probability),
          quoted(goal),
          ambition.kind === 'value' ? number(ambition) : ['not known'],
          number(scope.open),
        ];
      }),
      shown: SHOWN,
      rowsAre: 'goals',
    },
  ];
}

const SHOWN = 8;

function nameOf({ name, isPrimary, adopters, forecast: { key, url } }: GoalOutlook): Words {
  const by = adopters.length === 0 ? '' : `, to be taken up by ${adopters.join(', ')}`;
  const next = isPrimary ? ' (the one that chances and costs speak of)' : '';
  return [{ kind: 'link', text: key, url }, ` ${name}${by}${next}`];
}

/** Within a quarter the sure day; further ahead the best case, and what it presumes. */
function quoted({ dates: { tone, within, presumedPace }, forecast: { pacePerWeek } }: GoalOutlook): Words {
  if (within.kind === 'insufficient') return ['not known'];
  const days = plural(within.value, 'day');
  if (tone === 'realistic') return [`realistic (85 % sure): within ${days}`];
  const pace =
    presumedPace?.kind === 'value' && pacePerWeek.kind === 'value'
      ? `, presuming ${rounded(presumedPace.value)} items a week in place of ${rounded(pacePerWeek.value)}`
      : '';
  return [`best case (15 %): within ${days}${pace}`];
}

function clarityTable({ goals, leftOut }: TeamReport['metrics']['clarity']): readonly Block[] {
  if (goals.length === 0) return [];
  return [
    {
      kind: 'table',
      title: 'What goals and epics say of themselves',
      columns: ['Goal or epic', 'Problem', 'Impact', 'Success metric', 'Owner', 'Date'].map(start),
      rows: goals.map((one): readonly Cell[] => [
        itemWords(one),
        ...(['problem', 'impact', 'metric', 'owner', 'date'] as const).map((fact) => said(one.facts[fact])),
      ]),
      shown: SHOWN,
      rowsAre: 'goals and epics',
    },
    ...(leftOut > 0 ? [paragraph(`${plural(leftOut, 'further epic')} left out.`)] : []),
  ];
}

function said(fact: Presence): Words {
  switch (fact.presence) {
    case 'present':
      return [fact.quote];
    case 'not_found':
      return ['not found'];
    case 'unknown':
      return ['not read'];
    default:
      return fact satisfies never;
  }
}

function waitingTable(waiting: TeamReport['metrics']['blockedBy']['waiting']): Table {
  return {
    kind: 'table',
    title: 'Waiting now, the longest first',
    columns: [start('Item'), start('For whose move'), start('Since'), end('That is')],
    rows: waiting.map((item): readonly Cell[] => [
      itemWords(item),
      [`${OWNER_WORDS[item.owner]}${item.isGoal ? ' (goal)' : ''}`],
      [day(item.since)],
      [plural(Math.round(item.days), 'day')],
    ]),
    shown: SHOWN,
    rowsAre: 'waiting items',
  };
}
