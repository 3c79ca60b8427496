import type { HowMany, WhenFinished } from '#forecast/team-forecast.ts';
import type { Calibration } from '#forecast/track-record.ts';
import type { TeamReport } from '#report/team-report.ts';
import { VERDICT_WORDS } from '#report/vocabulary.ts';
import { longDay, percent, plural, rounded, sentenceCase } from '#report/words.ts';
import { type Block, numbers, numbersTold, paragraph, type Section } from './blocks.ts';
import { milestoneBlocks } from './milestones.ts';

/** What is promised, and before it what such promises have been worth. */
export function forecastSection({ forecast }: TeamReport): Section {
  const { calibration, howMany, when } = forecast;
  return {
    id: 'forecast',
    title: 'What will happen',
    blocks: [
      paragraph(worthWords(calibration)),
      howManyBlock(howMany),
      ...whenBlocks(when, calibration),
      ...milestoneBlocks(forecast),
      ...recordBlocks(howMany),
    ],
  };
}

function howManyBlock(howMany: readonly HowMany[]): Block {
  const title = 'How many more items are finished';
  const named = (ahead: HowMany) =>
    `By ${longDay(ahead.until)}, in ${weeks(ahead)}${label(ahead.calibration)}`;
  if (howMany.every(({ atLeast85 }) => atLeast85.kind === 'insufficient')) {
    return numbersTold(
      title,
      howMany.map((ahead) => [named(ahead), ahead.atLeast85]),
    );
  }
  return numbers(
    title,
    ['85 % sure: at least', 'As likely as not: at least', 'With luck (15 %): at least'],
    howMany.map((ahead) => [named(ahead), ahead.atLeast85, ahead.atLeast50, ahead.atLeast15]),
  );
}

function whenBlocks(when: readonly WhenFinished[], calibration: Calibration): readonly Block[] {
  if (when.length === 0) return [];
  return [
    numbers(
      'When the next items are finished',
      ['As likely as not: within', '85 % sure: within'],
      when.map(({ items, within50, within85 }) => [
        `The next ${plural(items, 'item')}${label(calibration)}`,
        within50,
        within85,
      ]),
    ),
  ];
}

/**
 * What past forecasts have been worth, in a sentence.
 *
 * They are those that would have been made every Monday; a team that begins to ask today has them all the same.
 */
export function worthWords({ verdict, resolved, coverage85 }: Calibration): string {
  const what = sentenceCase(VERDICT_WORDS[verdict]);
  if (coverage85.kind === 'insufficient') {
    return `${what}: of the forecasts that would have been made in the past, ${rounded(resolved)} that do not overlap have come to their end, ${rounded(coverage85.need)} are needed.`;
  }
  const { value, n } = coverage85;
  const kept = `When such a forecast said 85 % in the past, it happened ${percent(value)} of the time (${rounded(Math.round(value * n))} of ${rounded(n)})`;
  return `${what}. ${kept}: ${MEANING[verdict]}`;
}

const MEANING: Readonly<Record<Calibration['verdict'], string>> = {
  consistent: 'no more or less often than chance explains.',
  over_confident: 'less often than chance explains, so expect less than is said here.',
  under_confident: 'more often than chance explains, so more may be expected than is said here.',
  insufficient: 'too few to judge.',
};

/** Where a forecast stands without its sentence, it says so itself when it has not earned its number. */
function label({ verdict }: Calibration): string {
  return verdict === 'consistent' ? '' : ` (${VERDICT_WORDS[verdict]})`;
}

function weeks({ horizonDays }: Pick<HowMany, 'horizonDays'>): string {
  return plural(horizonDays / 7, 'week');
}

function recordBlocks(howMany: readonly HowMany[]): readonly Block[] {
  const told = howMany.filter(({ calibration }) => calibration.coverage85.kind === 'value');
  if (told.length === 0) return [];
  return [
    numbers(
      'How often past forecasts came true',
      ['Said with 50 %', 'Said with 85 %', 'Said with 95 %'],
      told.map(({ calibration, ...ahead }) => [
        `For ${weeks(ahead)} ahead`,
        calibration.coverage50,
        calibration.coverage85,
        calibration.coverage95,
      ]),
    ),
  ];
}
