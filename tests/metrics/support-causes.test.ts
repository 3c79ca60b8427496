import { describe, expect, test } from 'vitest';
import { largestSupportCause } from '#metrics/support-causes.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

/** One person on each item all along; the last of them on something else than support. */
const causeOf = (...support: readonly IssueOptions[]) =>
  largestSupportCause(
    view(team({ work: { support: { types: ['Support'] } } }), '2026-01-30', [
      ...support.map((more, i) =>
        issue(`PAY-${i + 1}`, 'In Progress', { type: 'Support', assignee: `p${i}`, ...more }),
      ),
      issue('PAY-99', 'In Progress', { assignee: 'p99', components: ['Payouts'] }),
    ]),
  );
const of = (...components: readonly string[]): IssueOptions => ({ components });

describe('the largest cause of support', () => {
  test('is a component, with its part of the effort on support alone', () => {
    expect(causeOf(of('Payouts'), of('Payouts'), of('Payouts'), of('Log-in'))).toMatchObject({
      by: 'component',
      name: 'Payouts',
      share: 0.75,
    });
  });

  test('has half of what two components are about', () => {
    const cause = causeOf(of('Payouts'), of('Payouts'), of('Payouts', 'Log-in'), of('Log-in'));
    expect(cause).toMatchObject({ name: 'Payouts', share: 2.5 / 4 });
    if ('kind' in cause) throw new Error('there is one');
    expect([...cause.effort()]).toEqual([
      ['acme/pay1', expect.closeTo(1, 12)],
      ['acme/pay2', expect.closeTo(1, 12)],
      ['acme/pay3', expect.closeTo(0.5, 12)],
    ]);
  });

  test('is a label where no component tells it', () => {
    const labelled = (label: string): IssueOptions => ({
      labels: [label, 'desk'],
      components: ['Support desk'],
    });
    expect(causeOf(...['refund', 'refund', 'refund', 'log-in'].map(labelled))).toMatchObject({
      by: 'label',
      name: 'refund',
      share: 0.75,
    });
  });

  test('is not told below 60 % of it with a name of its own, or three people on it', () => {
    expect(causeOf(of('Payouts'), of('Payouts'), of('Payouts'), {}, {}, {})).toMatchObject({
      have: 50,
      need: 60,
    });
    expect(causeOf(of('Payouts'), of('Payouts'), of('Log-in'))).toMatchObject({ have: 2, need: 3 });
    expect(causeOf()).toMatchObject({ kind: 'insufficient' });
  });
});
