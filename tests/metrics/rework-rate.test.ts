import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import { MS_PER_DAY } from '#domain/calendar.ts';
import type { Deployment } from '#domain/done-evidence.ts';
import type { Gates } from '#domain/gate.ts';
import { reworkRate } from '#metrics/rework-rate.ts';
import { deployment, evidence } from '#tests/builders/evidence.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** Mondays; the view ends with the last day of June. */
const FIRST = Date.UTC(2026, 1, 2, 12);
const issues = [issue('PAY-1', 'In Progress 1d → Done', { from: '2026-01-05' })];

/** One deployment a week from February on; those of some weeks were rework. */
const weekly = (count: number, isRework: (week: number) => boolean, more: Partial<Deployment> = {}) =>
  range(count).map((week) =>
    deployment(FIRST + 7 * week * MS_PER_DAY, ['PAY-1'], { rework: isRework(week), ...more }),
  );
const rate = (deployments: readonly Deployment[], gates?: Gates, day = '2026-06-30') =>
  reworkRate(view(team(gates === undefined ? {} : { gates }), day, issues, {}, evidence({ deployments })));

describe('the rework rate', () => {
  test('is the part of the deployments that an incident was why, with the wider of two intervals', () => {
    // 3 of 20: Jeffreys' 90 %, of Beta(3.5, 17.5), is .0562 to .3137. Of twenty shares, three
    // of 1 and the rest 0, t is .15 ± 1.729 × .0819 = .0084 to .2916, which is wider.
    expect(rate(weekly(20, (week) => week % 7 === 3))).toMatchObject({
      kind: 'value',
      value: 0.15,
      unit: 'share',
      interval90: [expect.closeTo(0.0084, 3), expect.closeTo(0.2916, 3)],
      n: 20,
      confidence: 'medium',
      excluded: [],
      window: { from: '2026-01-02', to: '2026-06-30' },
    });
  });

  test('is not told below 20 that say, however many do not', () => {
    const silent = range(30).map((i) => deployment(FIRST + i * MS_PER_DAY, ['PAY-1'], { id: `s${i}` }));
    expect(rate([...weekly(19, () => false), ...silent])).toEqual({
      kind: 'insufficient',
      have: 19,
      need: 20,
      what: 'deployments in 180 days that say whether they were rework',
    });
    expect(rate([...weekly(20, () => false), ...silent])).toMatchObject({
      value: 0,
      n: 20,
      confidence: 'low',
      excluded: [{ reason: 'deployment_without_word', count: 30 }],
    });
  });

  test('is that of the team, where work counts as released, in the last 180 days', () => {
    const ours = weekly(20, () => false);
    const others = weekly(20, () => true, { issues: ['LAB-1'] });
    const staged = weekly(20, () => true, { environment: 'staging' });
    const all = [...ours, ...others, ...staged].map((one, i) => ({ ...one, id: String(i) }));
    expect(rate(all)).toMatchObject({ value: 0, n: 20 });
    expect(rate(all, { released: [{ environments: ['staging'] }] })).toMatchObject({ value: 1, n: 20 });
    expect(rate(ours, undefined, '2026-08-10')).toMatchObject({ kind: 'insufficient', have: 18 });
  });

  test('of a day knows nothing that was told later', () => {
    const late = weekly(20, () => true).map((one) => ({ ...one, recordedAt: Date.UTC(2026, 6, 3) }));
    expect(rate(late)).toMatchObject({ kind: 'insufficient', have: 0 });
    expect(rate(late, undefined, '2026-07-03')).toMatchObject({ value: 1 });
  });

  test('is not taken from tickets: an incident that went out says nothing of why', () => {
    const incident = issue('PAY-2', 'In Progress 1d → Done', { type: 'Incident' });
    const told = range(25).map((i) => deployment(FIRST + i * MS_PER_DAY, ['PAY-2'], { id: `i${i}` }));
    const seen = view(team(), '2026-06-30', [incident], {}, evidence({ deployments: told }));
    expect(reworkRate(seen)).toMatchObject({ kind: 'insufficient', have: 0 });
  });
});
