import { type CalendarDay, plusDays } from '#domain/calendar.ts';
import type { Measurement } from '#domain/measurement.ts';
import type { MilestoneAnswer } from '#forecast/milestone-answer.ts';
import type { MilestoneForecast } from '#forecast/milestone-forecast.ts';
import { TOO_FAR } from '#forecast/milestone-numbers.ts';
import { methodWords } from '#report/vocabulary.ts';
import { interval, longDay, plural, stated } from '#report/words.ts';
import { milestoneSentence } from './content/milestones.ts';
import { markdownLink, markdownText } from './markdown-text.ts';

/** The forecast of one milestone, as Markdown. */
export function milestoneMarkdown({ team, asOf, milestone, how }: MilestoneAnswer): string {
  const { key, title, url, within15, state } = milestone;
  const name = key.endsWith(title) ? '' : ` ${markdownText(title)}`;
  const isTold = state !== 'done' && (within15.kind === 'value' || within15.what === TOO_FAR);
  return [
    `# Forecast for ${markdownText(team.name)}`,
    `As of the end of ${longDay(asOf)}: ${markdownLink(key, url)}${name}.`,
    milestoneSentence(milestone),
    ...(isTold ? [days(milestone, asOf)] : []),
    numbers(milestone),
    ...(isTold ? [`How: ${how}.`] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

function days({ within15, within50, within85 }: MilestoneForecast, asOf: CalendarDay): string {
  const row = (sure: string, within: Measurement) => {
    if (within.kind === 'insufficient')
      return `| ${sure} | not known: more than ${plural(within.have, 'day')} ahead |`;
    const { value, bound, confidence } = within;
    const from = bound === undefined ? '' : 'not before ';
    return `| ${sure} | ${from}${longDay(plusDays(asOf, value))}, ${plural(value, 'day')} ahead (confidence: ${confidence}) |`;
  };
  return [
    '| how sure | all of it done by the end of |',
    '|---|---|',
    row('15 % (best case)', within15),
    row('50 %', within50),
    row('85 % (realistic)', within85),
  ].join('\n');
}

function numbers({ scope, growthPerWeek, pacePerWeek, ambition }: MilestoneForecast): string {
  const unsplit = scope.unsplit.kind === 'value' ? scope.unsplit.value : 0;
  const told: readonly (readonly [string, Measurement])[] = [
    ['Open', scope.open],
    ['Done', scope.done],
    ...(unsplit > 0
      ? ([
          ['Open epics without items', scope.unsplit],
          ['Items that those may hold', scope.undiscovered],
        ] as const)
      : []),
    ['Growth', growthPerWeek],
    ['Pace', pacePerWeek],
    ['Pace needed for the date, over the pace there is', ambition],
  ];
  return [
    '| what | how much | how counted |',
    '|---|---|---|',
    ...told.map(([name, number]) => `| ${name} | ${withInterval(number)} | ${counted(number)} |`),
  ].join('\n');
}

function withInterval(number: Measurement): string {
  const range = number.kind === 'value' ? interval(number) : '';
  return range === '' ? stated(number) : `${stated(number)} (90 %: ${range})`;
}

const counted = (number: Measurement) => (number.kind === 'value' ? methodWords(number.method) : '');
