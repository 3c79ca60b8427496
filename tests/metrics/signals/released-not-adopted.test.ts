import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '#domain/calendar.ts';
import type { DoneEvidence } from '#domain/done-evidence.ts';
import type { Issue } from '#domain/issue.ts';
import type { Version } from '#domain/reference.ts';
import type { Team } from '#domain/team.ts';
import { ledger } from '#metrics/ledger.ts';
import { day } from '#tests/builders/day.ts';
import { evidence, kpiValue } from '#tests/builders/evidence.ts';
import { goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** Released ten days after 1 January; the KPI is to be there thirty days after, and it is day 35. */
const out: Version = {
  id: '1.0',
  projectId: 'pay',
  name: '1.0',
  released: true,
  releaseDay: '2026-01-10' as CalendarDay,
};
const migrated = {
  id: 'migrated',
  name: 'teams migrated',
  target: 4,
  direction: 'up',
  date: day('2026-01-31'),
} as const;
const label = goal(undefined, { scope: { kind: 'label', name: 'go' }, adopters: ['Web'], kpis: [migrated] });
const item = issue('PAY-1', 'In Progress 2d → Done', {
  from: '2026-01-02',
  labels: ['go'],
  versions: ['1.0'],
});
const at = (date: string) => Date.parse(`2026-01-${date}T12:00Z`);
const one = evidence({ kpiValues: [kpiValue(at('20'), 'migrated', 1)] });

function lines(
  told: DoneEvidence,
  date = '2026-02-05',
  issues: readonly Issue[] = [item],
  of: Partial<Team> = {},
) {
  const seen = view(team({ goals: [label], ...of }), date, issues, { versions: [out] }, told);
  return ledger(seen).map(({ line }) => line);
}

describe('released work that has to be adopted', () => {
  test('is basically done when its KPI is below the target past its date (WX-A8)', () => {
    for (const of of [{}, { doneMeans: 'adopted' }] as const) {
      expect(lines(one, '2026-02-05', [item], of)).toMatchObject([
        {
          key: 'PAY-1',
          // What is out is claimed to be out, not only to be merged.
          claimed: 'released',
          achieved: 'released',
          required: 'adopted',
          lacking: ['teams migrated: 1, target 4 by Sat 31 January 2026'],
          signals: ['released_not_adopted'],
          confidence: 'high',
          whoseMove: 'unknown',
        },
      ]);
    }
  });

  test('is not before that date, nor at the target, nor where nobody recorded a value', () => {
    expect(lines(one, '2026-01-31')).toEqual([]);
    expect(lines(evidence({ kpiValues: [kpiValue(at('20'), 'migrated', 4)] }))).toEqual([]);
    expect(lines(evidence({}))).toEqual([]);
  });

  test('is not where it is not out', () => {
    const open = issue('PAY-1', 'In Progress', { labels: ['go'] });
    expect(lines(one, '2026-02-05', [open])).toEqual([]);
  });

  test('is not where what the team says shows a release is missing', () => {
    const plain = issue('PAY-1', 'In Progress 2d → Done', { from: '2026-01-02', labels: ['go'] });
    const signals = (of: Partial<Team>) =>
      lines(one, '2026-02-05', [plain], of).flatMap((line) => line.signals);
    expect(signals({})).toEqual(['released_not_adopted']);
    expect(signals({ gates: { released: [{ environments: ['production'] }] } })).toEqual(['gate_closed']);
  });

  test('may go by a KPI that has to come down, by the date of the goal', () => {
    const errors = { id: 'errors', target: 1, direction: 'down' } as const;
    const goals = [{ ...label, date: day('2026-01-31'), kpis: [errors] }];
    const told = (value: number) => evidence({ kpiValues: [kpiValue(at('20'), 'errors', value)] });
    expect(lines(told(3), '2026-02-05', [item], { goals })).toHaveLength(1);
    expect(lines(told(1), '2026-02-05', [item], { goals })).toEqual([]);
  });

  test('is a soft sign when nothing but adoption is open', () => {
    const linked = (title: string) => [
      issue('PAY-1', 'In Progress 2d → Done', {
        from: '2026-01-02',
        labels: ['go'],
        versions: ['1.0'],
        changes: [{ at: '1h', field: 'links', to: 'WEB-1', toName: 'relates to' }],
      }),
      issue('WEB-1', 'To Do', { title }),
    ];
    expect(lines(evidence({}), '2026-01-12', linked('Onboard the shops'))).toMatchObject([
      { signals: ['released_not_adopted'], lacking: ['work that is open: WEB-1'], confidence: 'low' },
    ]);
    expect(lines(evidence({}), '2026-01-12', linked('Refunds'))).toEqual([]);
  });
});

describe('what has to be adopted', () => {
  test('is the epic a goal hangs on and not each of its items, and nothing where no KPI or nobody is named', () => {
    const epic = issue('PAY-9', 'In Progress 5d → Done', { type: 'Epic' });
    const child = issue('PAY-1', 'In Progress 2d → Done', { parent: 'PAY-9', versions: ['1.0'] });
    const hung = { ...label, scope: { kind: 'parent', name: 'PAY-9' } } as const;
    const keys = (goals: Team['goals'] & object) =>
      lines(one, '2026-02-05', [epic, child], { goals }).map(({ key }) => key);
    expect(keys([hung])).toEqual(['PAY-9']);
    const { adopters: _adopters, ...nobody } = hung;
    expect(keys([nobody])).toEqual([]);
    const { kpis: _kpis, ...unmeasured } = hung;
    expect(keys([unmeasured])).toEqual([]);
  });
});
