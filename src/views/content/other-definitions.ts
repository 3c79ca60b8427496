import type { TeamReport } from '#report/team-report.ts';
import { DEFINITION_WORDS } from '#report/vocabulary.ts';
import { sentenceCase, stated } from '#report/words.ts';
import { type Block, numbers, paragraph } from './blocks.ts';

/** What the cycle time would be if it were counted in another way: tools differ, and so do their numbers. */
export function otherDefinitions({ definitions }: TeamReport): Block {
  const { cycleTimeAlternatives: readings } = definitions;
  const [first] = readings;
  if (first !== undefined && readings.every(({ p50 }) => p50.kind === 'insufficient')) {
    return paragraph(
      `What cycle time would be if it were counted in another way cannot be told: ${stated(first.p50)}.`,
    );
  }
  return numbers(
    'Cycle time of the same finished items, if it were counted in another way',
    ['Half within', '85 % within', 'Within the promised time'],
    readings.map(({ name, chosen, p50, p85, withinExpectation }) => [
      `${sentenceCase(DEFINITION_WORDS[name])}${chosen ? ' (this team’s)' : ''}`,
      p50,
      p85,
      withinExpectation,
    ]),
  );
}
