import type { Measurement } from '#domain/measurement.ts';
import { standingInShort } from '#report/decided-words.ts';
import type { TeamReport } from '#report/team-report.ts';
import { LEVEL_NAMES, SIGNAL_WORDS, VERDICT_WORDS } from '#report/vocabulary.ts';
import { interval, percent, plural, rounded, stated } from '#report/words.ts';
import { levelReason, momentWords } from './content/team-content.ts';
import { plainText } from './plain-text.ts';
import { cut, padded, wrapped } from './terminal-text.ts';

const LINES = 25;
const WIDTH = 100;
const NAME_WIDTH = 24;
const LEVEL_LINES = 2;
const SENTENCE_LINES = 4;
const OLDEST = 2;
const FINDING_LINES = 2;
const RISKS = 2;

/** A report for a terminal: what one reads before deciding to open the page. At most 25 lines of 100 columns. */
export function teamSummary(report: TeamReport): string {
  const { team, headline, metrics, basicallyDone, workstreams, slos, dataQuality } = report;
  const { cycleTime, throughput, workInProgress, workItemAge } = metrics;
  const holdsBack = riskLines(report);
  const level = wrapped(
    `Level: ${LEVEL_NAMES[headline.level].toLowerCase()} (${levelReason(report)})`,
    WIDTH,
    LEVEL_LINES,
  );
  const numbers = [
    ...level,
    ...holdsBack,
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
      .slice(0, Math.max(0, OLDEST - holdsBack.length))
      .map(
        ({ key, title, ageDays, signals }) =>
          `  ${padded(key, 12)} ${padded(plural(Math.round(ageDays), 'day'), 9)} ${signals[0] === undefined ? '' : `${SIGNAL_WORDS[signals[0]]}: `}${plainText(title)}`,
      ),
    'Can it be relied on',
    ...slos.map(({ objective, inTime }) => numberLine(`In time, ${percent(objective)} promised`, inTime)),
    ...forecastLine(report.forecast.howMany),
    'Where the effort goes',
    numberLine('Effective workstreams', workstreams.effective),
    numberLine('People for each of them', workstreams.peoplePerEffective),
    // A reason that takes more lines is worth more than the end of the first finding.
    ...findingLines(dataQuality, FINDING_LINES + 1 - level.length),
  ];
  const sentence = wrapped(headline.sentence, WIDTH, Math.min(SENTENCE_LINES, LINES - 1 - numbers.length));
  const lines = [`${team.name} · ${momentWords(report)}`, ...sentence, ...numbers];
  return lines.map((line) => cut(line, WIDTH)).join('\n');
}

function numberLine(name: string, number: Measurement): string {
  const rest = number.kind === 'value' ? ` (${interval(number) || 'exact'}, n ${rounded(number.n)})` : '';
  return `  ${padded(name, NAME_WIDTH)} ${stated(number)}${rest}`;
}

/** What holds it back most and the first sentence has not said yet. */
function riskLines({ asOf, headline, risks }: TeamReport): readonly string[] {
  return risks
    .filter(({ statement }) => !headline.sentence.includes(statement))
    .slice(0, RISKS)
    .map((risk) => {
      const standing = standingInShort(risk, asOf);
      return `Holds it back${standing === undefined ? '' : ` (${standing})`}: ${plainText(risk.statement)}`;
    });
}

/** The nearest of what is promised, and always what such promises have been worth. */
function forecastLine([next]: TeamReport['forecast']['howMany']): readonly string[] {
  if (next === undefined) return [];
  const { atLeast85, horizonDays, calibration } = next;
  const name = padded(`In ${plural(horizonDays / 7, 'week')}, 85 % sure`, NAME_WIDTH);
  const told = atLeast85.kind === 'value' ? `at least ${stated(atLeast85)}` : stated(atLeast85);
  return [`  ${name} ${told} (${VERDICT_WORDS[calibration.verdict]})`];
}

function findingLines([first, ...others]: TeamReport['dataQuality'], most: number): readonly string[] {
  if (first === undefined) return ['How sure we are: nothing in the data makes the numbers less sure'];
  const sentence = wrapped(first.sentence, WIDTH - 2, most).map((line) => `  ${line}`);
  return [`How sure we are: ${plural(1 + others.length, 'finding')} about the data, the first:`, ...sentence];
}
