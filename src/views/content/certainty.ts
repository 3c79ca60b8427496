import type { Exclusion, Measurement } from '#domain/measurement.ts';
import type { GoalElasticity } from '#forecast/goal-elasticity.ts';
import type { Finding } from '#metrics/finding.ts';
import type { TeamReport } from '#report/team-report.ts';
import {
  affectedWords,
  CONFIDENCE_WORDS,
  PLACED_WORDS,
  reasonWords,
  STAGE_WORDS,
} from '#report/vocabulary.ts';
import { percent, plural, rounded, sentenceCase } from '#report/words.ts';
import { percents } from '#risks/chance-words.ts';
import { type Block, end, type Piece, paragraph, type Section, start, type Words } from './blocks.ts';
import { otherDefinitions } from './other-definitions.ts';
import { points } from './risks.ts';

const EXAMPLES = 5;

/** What the numbers rest on: the state of the data, the definitions, what was left out, what is not known. */
export function certaintySection(report: TeamReport): Section {
  return {
    id: 'certainty',
    title: 'How sure we are',
    blocks: [
      ...found(report.dataQuality),
      ...leftOut(report),
      definitions(report),
      otherDefinitions(report),
      stages(report),
      ...dividedGain(report),
      {
        kind: 'list',
        title: 'Known only as of today, whatever date the report is for',
        items: report.definitions.knownOnlyNow.map((fact) => [sentenceCase(fact)]),
      },
    ],
  };
}

/** Here and not among the risks: it answers a question that few ask (METRICS 2.2). */
function dividedGain({ risks, together }: TeamReport): readonly Block[] {
  if (together?.attribution === undefined) return [];
  const items = together.attribution.map(({ risk, dP }): Words => {
    const { statement = risk } = risks.find(({ id }) => id === risk) ?? {};
    return [`${points(dP)}: ${statement}`];
  });
  const title =
    'What each risk adds to the gain of relieving all, on average over every order of relief (Shapley)';
  return [{ kind: 'list', title, items }];
}

function found(findings: readonly Finding[]): readonly Block[] {
  if (findings.length === 0) return [paragraph('Nothing in the data makes the numbers less sure.')];
  return [{ kind: 'list', title: 'What the data show about themselves', items: findings.map(findingWords) }];
}

function findingWords({ sentence, affects, share, items, count }: Finding): Words {
  const examples = items
    .slice(0, EXAMPLES)
    .flatMap(({ key, url }, i): readonly Piece[] => [i === 0 ? ' ' : ', ', { kind: 'link', text: key, url }]);
  const more = count > Math.min(items.length, EXAMPLES) ? ' and others.' : '.';
  return [
    sentence,
    ` Affects ${affectedWords(affects)}.`,
    ...(share === undefined ? [] : [` That is ${percent(share)} of what was checked.`]),
    ...(examples.length === 0 ? [] : [' For example', ...examples, more]),
  ];
}

function leftOut({ metrics, basicallyDone }: TeamReport): readonly Block[] {
  const sources: readonly (readonly [string, Measurement])[] = [
    ['Throughput', metrics.throughput.perWeek],
    ['Cycle time and age', metrics.cycleTime.p50],
    ['Claims of nearly done', basicallyDone.openClaims],
    ['Reopenings', basicallyDone.reopenRate],
  ];
  const rows = sources.flatMap(([from, number]) =>
    exclusions(number).map(({ reason, count }) => [
      [from],
      [sentenceCase(reasonWords(reason))],
      [rounded(count)],
    ]),
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      title: 'Left out of the numbers',
      columns: [start('Left out of'), start('Why'), end('Items')],
      rows,
      shown: rows.length,
      rowsAre: 'reasons',
    },
  ];
}

const exclusions = (number: Measurement): readonly Exclusion[] =>
  number.kind === 'value' ? number.excluded : [];

function definitions({ definitions: its, definitionVersion, elasticity }: TeamReport): Block {
  const rows: readonly (readonly [string, string])[] = [
    ['Start', its.start],
    ['Finish', its.finish],
    ['Cycle time', its.cycleTime],
    ['Moved back', its.backward],
    ['The same for every team', its.countedAlike],
    ['Date', its.asOf],
    ['Items', its.items],
    ['Done means', its.doneMeans],
    [
      'Workstreams by',
      its.workstreamBy === 'auto' ? 'the first level that covers the work' : its.workstreamBy,
    ],
    ...(elasticity === undefined ? [] : [['People who are freed', elasticityWords(elasticity)] as const]),
  ];
  return {
    kind: 'table',
    title: `Definitions, version ${definitionVersion}`,
    columns: [start('Word'), start('What it means here')],
    rows: rows.map(([word, meaning]) => [[word], [sentenceCase(meaning)]]),
    shown: rows.length,
    rowsAre: 'definitions',
  };
}

/** Twice the people are taken to work 2 ** .5 to 2 times as fast, unless the team's weeks say more. */
function elasticityWords({ range, basis, weeks }: GoalElasticity): string {
  const [least, most] = range.map((power) => rounded(2 ** power));
  const counted = `${plural(weeks, 'week')} of work on goals before the quarter began`;
  const why =
    basis === 'own'
      ? `the 90 % interval from ${counted}`
      : `stated, not measured: ${weeks === 0 ? 'no work on goals is known from before the quarter began' : `${counted} ${weeks === 1 ? 'says' : 'say'} too little`}`;
  return `${percents(range)} of their time is taken to go to the goal: with twice the people it goes ${least} to ${most} times as fast; ${why}`;
}

function stages({ definitions: { stages: placements } }: TeamReport): Block {
  return {
    kind: 'table',
    title: 'What each status is taken for, and why',
    columns: [start('Status'), start('Source'), start('Taken for'), start('Because of'), start('How sure')],
    rows: placements.map(({ name, source, stage, by, confidence }) => [
      [name],
      [source],
      [sentenceCase(STAGE_WORDS[stage])],
      [sentenceCase(PLACED_WORDS[by])],
      [sentenceCase(CONFIDENCE_WORDS[confidence])],
    ]),
    shown: placements.length,
    rowsAre: 'statuses',
  };
}
