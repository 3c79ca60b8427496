import type { Measurement } from '#domain/measurement.ts';
import type { TeamReport } from '#report/team-report.ts';
import { LEVEL_NAMES, SIGNAL_WORDS } from '#report/vocabulary.ts';
import { interval, percent, plural, rounded, stated } from '#report/words.ts';
import { levelReason, momentWords } from './content/team-content.ts';
import { plainText } from './plain-text.ts';
import { cut, padded, wrapped } from './terminal-text.ts';

const WIDTH = 100;
const NAME_WIDTH = 24;
const SENTENCE_LINES = 4;
const OLDEST = 2;
const FINDING_LINES = 2;

/** A report for a terminal: what one reads before deciding to open the page. At most 25 lines of 100 columns. */
export function teamSummary(report: TeamReport): string {
  const { team, headline, metrics, basicallyDone, workstreams, slos, dataQuality } = report;
  const { cycleTime, throughput, workInProgress, workItemAge } = metrics;
  const lines = [
    `${team.name} · ${momentWords(report)}`,
    ...wrapped(headline.sentence, WIDTH, SENTENCE_LINES),
    `Level: ${LEVEL_NAMES[headline.level].toLowerCase()} (${levelReason(report)})`,
    'How it flows (90 % interval, n)',
    numberLine('Finished in a week', throughput.perWeek),
    numberLine('Half finish within', cycleTime.p50),
    numberLine('85 % finish within', cycleTime.p85),
    numberLine('In progress now', workInProgress.now),
    numberLine('Aged out', workItemAge.agedOut),
    'Basically done',
    numberLine('Called done, not Done', basicallyDone.count),
    numberLine('Half is Done within', basicallyDone.halfLife),
    ...basicallyDone.items
      .slice(0, OLDEST)
      .map(
        ({ key, title, ageDays, signals }) =>
          `  ${padded(key, 12)} ${padded(plural(Math.round(ageDays), 'day'), 9)} ${signals[0] === undefined ? '' : `${SIGNAL_WORDS[signals[0]]}: `}${plainText(title)}`,
      ),
    'Can it be relied on',
    ...slos.map(({ objective, inTime }) => numberLine(`In time, ${percent(objective)} promised`, inTime)),
    'Where the effort goes',
    numberLine('Effective workstreams', workstreams.effective),
    numberLine('People for each of them', workstreams.peoplePerEffective),
    ...findingLines(dataQuality),
  ];
  return lines.map((line) => cut(line, WIDTH)).join('\n');
}

function numberLine(name: string, number: Measurement): string {
  const rest = number.kind === 'value' ? ` (${interval(number) || 'exact'}, n ${rounded(number.n)})` : '';
  return `  ${padded(name, NAME_WIDTH)} ${stated(number)}${rest}`;
}

function findingLines([first, ...others]: TeamReport['dataQuality']): readonly string[] {
  if (first === undefined) return ['How sure we are: nothing in the data makes the numbers less sure'];
  const sentence = wrapped(first.sentence, WIDTH - 2, FINDING_LINES).map((line) => `  ${line}`);
  return [`How sure we are: ${plural(1 + others.length, 'finding')} about the data, the first:`, ...sentence];
}
