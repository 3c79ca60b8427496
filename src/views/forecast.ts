import { lackWords } from '#domain/lack-words.ts';
import type { Answered, DatesOfItems, ItemsByDate } from '#forecast/answer.ts';
import type { Calibration } from '#forecast/track-record.ts';
import { longDay, percent, plural, rounded } from '#report/words.ts';
import { markdownText } from './markdown-text.ts';

/** The answer to a question about the future, as Markdown. */
export function forecastMarkdown(answered: Answered): string {
  const { team, asOf, answer, calibration, elsewhere, how } = answered;
  return [
    `# Forecast for ${markdownText(team.name)}`,
    `As of the end of ${longDay(asOf)}.`,
    ...answerParts(answered),
    ...(answer.kind === 'insufficient'
      ? []
      : [calibrationWords(calibration), ...elsewhereWords(elsewhere), `How: ${how}.`]),
  ]
    .join('\n\n')
    .concat('\n');
}

function answerParts({ answer, question, asOf }: Answered): readonly string[] {
  switch (answer.kind) {
    case 'insufficient':
      return [`Not enough data: ${lackWords(answer)}.`];
    case 'items_by_date':
      return itemsByDate(answer, question.kind === 'by' ? question.date : asOf);
    case 'dates_of_items':
      return datesOfItems(answer, question.kind === 'items' ? question.items : 0);
    default:
      return answer satisfies never;
  }
}

function itemsByDate({ atLeast, range90, days, itemsPerWeek, confidence }: ItemsByDate, by: string) {
  return [
    `Done by the end of ${longDay(by)}, ${plural(days, 'day')} ahead, at a recent pace of ${rounded(itemsPerWeek)} items a week (confidence: ${confidence}):`,
    [
      '| how sure | items |',
      '|---|---|',
      ...atLeast.map(({ chance, items }) => `| ${percent(chance)} | at least ${rounded(items)} |`),
      `| 90 % | ${rounded(range90[0])} to ${rounded(range90[1])} |`,
    ].join('\n'),
  ];
}

function datesOfItems({ dates, itemsPerWeek }: DatesOfItems, items: number) {
  return [
    `${plural(items, 'more item')} done, at a recent pace of ${rounded(itemsPerWeek)} items a week:`,
    [
      '| how sure | by the end of |',
      '|---|---|',
      ...dates.map((one) =>
        one.kind === 'on'
          ? `| ${percent(one.chance)} | ${longDay(one.date)}, ${plural(one.days, 'day')} ahead (confidence: ${one.confidence}) |`
          : `| ${percent(one.chance)} | not known: more than ${one.have} ${one.what} |`,
      ),
    ].join('\n'),
  ];
}

function calibrationWords({ verdict, coverage85, resolved }: Calibration): string {
  if (verdict === 'insufficient' || coverage85.kind === 'insufficient') {
    const why = coverage85.kind === 'insufficient' ? ` (${lackWords(coverage85)})` : '';
    return `Calibration unknown${why}.`;
  }
  const worth = {
    consistent: 'Calibration consistent with 85 %',
    over_confident: 'Calibration off: such forecasts promised too much',
    under_confident: 'Calibration off: such forecasts promised too little',
  }[verdict];
  return `${worth}: replayed on this team's past, "85 % sure of at least" came true in ${percent(coverage85.value)} of ${resolved} cases.`;
}

/** What the word of the method was worth for others: the classic one is not told without it. */
function elsewhereWords(elsewhere: Answered['elsewhere']): readonly string[] {
  if (elsewhere === undefined) return [];
  const { days, forecasts, projects, coverage85, interval } = elsewhere;
  const range = `${percent(interval.lower)} to ${percent(interval.upper)}`;
  return [
    `Measured on ${plural(projects, 'real project')}: "85 % sure of at least" came true in ${percent(coverage85)} (${range}) of ${plural(forecasts, 'forecast')} for ${plural(days, 'day')} ahead.`,
  ];
}
