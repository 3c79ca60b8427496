import { describe, expect, test } from 'vitest';
import type { Goals } from '#domain/goal.ts';
import { teamReport } from '#report/team-report.ts';
import { epicWith, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import type { Block, Cell, Section } from '#views/content/blocks.ts';
import { goalsSection } from '#views/content/goals.ts';

const epic = epicWith('PAY-1', { open: 20, epic: { assignee: 'person-1' } });
const section = (goals: Goals | undefined, on = '2025-11-30'): Section =>
  goalsSection(teamReport(view(team(goals === undefined ? {} : { goals }), on, epic)));

const tableOf = (blocks: readonly Block[], title: string) =>
  blocks.find((block) => block.kind === 'table' && block.title === title);
const textOf = (cell: Cell): string =>
  'kind' in cell
    ? cell.kind
    : cell
        .map((piece) => (typeof piece === 'string' ? piece : piece.kind === 'day' ? piece.day : piece.text))
        .join('');
const rows = (blocks: readonly Block[], title: string): readonly (readonly string[])[] => {
  const table = tableOf(blocks, title);
  return table?.kind === 'table' ? table.rows.map((row) => row.map(textOf)) : [];
};
const said = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.kind === 'paragraph' ? [textOf(block.words)] : []));

describe('the section on goals', () => {
  test('says that without a goal costs cannot be stated, and shows no table of goals', () => {
    const { blocks } = section(undefined);
    expect(said(blocks)[0]).toMatch(/^The team named no goal, so what a risk costs cannot be stated/);
    expect(tableOf(blocks, 'Goals')).toBeUndefined();
  });

  test('quotes the sure day of a goal within a quarter, and the best case with its pace beyond', () => {
    const [near] = rows(section([goal('2026-02-15', { adopters: ['Web', 'Mobile'] })]).blocks, 'Goals');
    expect(near?.[0]).toBe(
      'PAY-1 Checkout is live, to be taken up by Web, Mobile (the one that chances and costs speak of)',
    );
    expect(near?.[3]).toMatch(/^realistic \(85 % sure\): within \d+ days$/);
    const [far] = rows(section([goal('2026-09-30')]).blocks, 'Goals');
    expect(far?.[3]).toMatch(
      /^best case \(15 %\): within \d+ days, presuming [\d.]+ items a week in place of 2$/,
    );
    const [over] = rows(section([goal('2025-11-01')]).blocks, 'Goals');
    expect(over?.[1]).toBe('2025-11-01, passed');
  });

  test('says what a goal says of itself, what is not there, and what was not read; and never who', () => {
    const { blocks } = section([goal('2026-02-15')]);
    expect(rows(blocks, 'What goals and epics say of themselves')).toEqual([
      ['PAY-1 Checkout is live', 'not read', 'not read', 'not read', 'given', '2026-02-15'],
    ]);
    expect(JSON.stringify(blocks)).not.toContain('person-1');
  });

  test('says what was taken for a commitment, and what matched nothing', () => {
    expect(said(section('auto').blocks)[0]).toMatch(/^Every dated version and epic/);
    expect(said(section([goal('2026-02-15', { name: 'Refunds' }, 'PAY-99')]).blocks)[0]).toBe(
      'Nothing in the data matches “Refunds”.',
    );
  });
});
