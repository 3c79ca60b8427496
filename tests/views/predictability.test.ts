import { describe, expect, test } from 'vitest';
import type { TeamReport } from '#report/team-report.ts';
import type { Block } from '#views/content/blocks.ts';
import { otherDefinitions } from '#views/content/other-definitions.ts';
import { predictabilitySection } from '#views/content/predictability.ts';
import { busyReport, newTeamReport } from './reports.ts';

const busy = busyReport();
const [slo] = busy.slos;
if (slo === undefined) throw new RangeError('a report has a delivery promise');

describe('in short', () => {
  test('each promise is answered in a sentence, before any number', () => {
    // 36 decided, 8 missed; 4 weeks with 14; the first date kept by 60 %, the last by 76 %.
    expect(sentencesOf(busy)).toEqual([
      'The delivery promise: 78 % finished in time over 8 weeks, 80 % are promised. Chance may explain that, or the last 2 weeks are better.',
      'The rhythm of the weeks: 14 finished in the last 4 weeks, where the weeks before let one expect 13. That is no sign of a drop.',
      'Cycles: 59 % of what they commit to is done by their end. Whether that gets better or worse cannot be told.',
      'Due dates: 60 % of items were done by the date first promised; by the last date set it looks like 76 %.',
    ]);
  });

  test('what cannot be said is said to be so', () => {
    expect(sentencesOf(newTeamReport())).toEqual([
      'The delivery promise: there is too little to say whether it is kept.',
      'The rhythm of the weeks: there is too little to say whether it has changed.',
      'Cycles: none that items were committed to has ended in the last 180 days.',
      'Due dates: none has come in the last 180 days.',
    ]);
  });

  test('an alert is a broken promise, and more in time than promised a kept one', () => {
    expect(sentencesOf({ ...busy, slos: [{ ...slo, alert: true }] })[0]).toBe(
      'The delivery promise is being broken: 78 % finished in time over 8 weeks, 80 % are promised, and the last 2 weeks are no better.',
    );
    expect(sentencesOf({ ...busy, slos: [{ ...slo, objective: 0.75 }] })[0]).toBe(
      'The delivery promise is kept: 78 % finished in time over 8 weeks, 75 % are promised.',
    );
  });

  test('an alarm is a drop', () => {
    const { stability } = busy.metrics;
    const dropped = { ...stability, recent: { ...stability.recent, alarm: true } };
    expect(sentencesOf({ ...busy, metrics: { ...busy.metrics, stability: dropped } })[1]).toMatch(
      /^The rhythm of the weeks has dropped: 14 finished .* Chance alone hardly does that\.$/,
    );
  });
});

test('the promise is told with its days, once they are known', () => {
  expect(titlesOf(busy)).toContain('The delivery promise: 80 % of items finish within 15 days');
  expect(titlesOf(newTeamReport())).toContain(
    'The delivery promise: 80 % of items finish within their usual time',
  );
});

test('numbers that lack the same data say so once, and what a team does not do takes no table', () => {
  const { blocks } = predictabilitySection(newTeamReport());
  const rows = (title: string) =>
    blocks.flatMap((block) => (block.kind === 'numbers' && block.title.startsWith(title) ? block.rows : []));
  expect(rows('The delivery promise').map(({ name }) => name)).toEqual(['Finished in time, over 8 weeks']);
  expect(rows('Where the time').map(({ name }) => name)).toEqual(['Being worked on']);
  expect(titlesOf(newTeamReport())).not.toContain('Due dates, held to the first one set');
});

test('weeks that stand out are told with what is unusual about them', () => {
  const { stability } = busy.metrics;
  const [week] = stability.weeks;
  if (week === undefined) throw new RangeError('a busy team has weeks');
  const signals = [{ ...week, count: 19, rule: 'outside_limits', side: 'above' }] as const;
  const chart = { ...stability.chart, signals };
  const report = { ...busy, metrics: { ...busy.metrics, stability: { ...stability, chart } } };
  const table = predictabilitySection(report).blocks.find(
    (block) => block.kind === 'table' && block.title.startsWith('Weeks that stand out'),
  );
  expect(table).toMatchObject({
    rows: [[[{ kind: 'day', day: week.from }], ['Far above the usual, with 19 finished']]],
  });
});

test('cycle time is shown under each definition, with the team’s marked; one sentence where none can be told', () => {
  const table = otherDefinitions(busy);
  expect(table.kind === 'numbers' && table.rows.map(({ name }) => name).slice(0, 2)).toEqual([
    'From the first start to the last finish, everything counted (this team’s)',
    'Only the time in progress',
  ]);
  expect(otherDefinitions(newTeamReport())).toEqual({
    kind: 'paragraph',
    words: [
      'What cycle time would be if it were counted in another way cannot be told: not enough data: 0 finished items with a recorded start, 5 needed.',
    ],
  });
});

function sentencesOf(report: TeamReport): readonly string[] {
  const [first] = predictabilitySection(report).blocks;
  return first?.kind === 'list'
    ? first.items.map(([sentence]) => (typeof sentence === 'string' ? sentence : ''))
    : [];
}

function titlesOf(report: TeamReport): readonly string[] {
  return predictabilitySection(report).blocks.map((block: Block) => ('title' in block ? block.title : ''));
}
