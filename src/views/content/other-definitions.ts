import type { TeamReport } from '#report/team-report.ts';
import { DEFINITION_WORDS } from '#report/vocabulary.ts';
import { sentenceCase, stated } from '#report/words.ts';
import { type Block, numbers, paragraph } from './blocks.ts';

/** What the cycle time would be if it were counted in another way: tools differ, and so do their numbers. */
export function otherDefinitions({ definitions }: TeamReport): Block {
  const { cycleTimeAlternatives: readings } = definitions;
  const [first] = readings;
  const isTold = readings.some(
    ({ headlineP85, p50 }) => headlineP85.kind === 'value' || p50.kind === 'value',
  );
  if (first !== undefined && !isTold) {
    return paragraph(
      `What cycle time would be if it were counted in another way cannot be told: ${stated(first.p50)}.`,
    );
  }
  return numbers(
    'Cycle time, if it were counted in another way',
    [
      '85 % within, in the first sentence',
      'Half of the same finished items within',
      '85 % of them within',
      'Within the promised time',
    ],
    readings.map(({ name, chosen, headlineP85, p50, p85, withinExpectation }) => [
      `${sentenceCase(DEFINITION_WORDS[name])}${chosen ? ' (this team’s)' : ''}`,
      headlineP85,
      p50,
      p85,
      withinExpectation,
    ]),
  );
}
