import { describe, expect, test } from 'vitest';
import { isKnownKind, workKindsOf } from '#metrics/work-kinds.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const seen = (...all: readonly IssueOptions[]) =>
  view(
    team(),
    '2026-01-30',
    all.map((one, i) => issue(`PAY-${i + 1}`, 'In Progress', one)),
  );
const kinds = (one: IssueOptions) => {
  const of = seen(one);
  return of.items.flatMap((item) => workKindsOf(of)(item));
};

describe('a kind of work is guessed', () => {
  test.each([
    'support',
    'Customer Support',
    'customer-support',
    'L2 support',
    'helpdesk',
    'Service Desk',
    'type: support',
  ])('as support from a label or a component that is nothing but “%s”', (name) => {
    expect(kinds({ labels: [name] })).toEqual(['support']);
    expect(kinds({ components: [name] })).toEqual(['support']);
  });

  test.each([
    ['Production incident', 'incident'],
    ['sev-1', 'incident'],
    ['hotfix', 'incident'],
    ['ad-hoc', 'unplanned'],
    ['interrupt', 'unplanned'],
    ['fast_track', 'expedite'],
  ])('from the label %s as %s', (name, kind) => {
    expect(kinds({ labels: [name] })).toEqual([kind]);
  });

  test.each([
    'customer-portal',
    'Customer Experience',
    'customers-api',
    'Customers',
    'customer-request',
    'support-dark-mode',
    'support-portal',
    'incident-management',
    'hotfix-tooling',
    'ad-hoc-queries',
    'fast-track-checkout',
  ])('never from the label or the component %s, which is what something is about', (name) => {
    expect(kinds({ labels: [name] })).toEqual([]);
    expect(kinds({ components: [name] })).toEqual([]);
  });

  test('from a word in the name of a type, which says what an item is', () => {
    expect(kinds({ type: 'Support request' })).toEqual(['support']);
    expect(kinds({ type: 'Production incident' })).toEqual(['incident']);
  });
});

test('a guess that rests on components for the most part is none to decide by', () => {
  const basis = (...all: readonly IssueOptions[]) => isKnownKind(seen(...all), 'support')?.isFirm;
  const [labelled, about] = [{ labels: ['support'] }, { components: ['Support'] }];
  expect(basis(labelled, labelled)).toBe(true);
  expect(basis({ type: 'Support' }, about)).toBe(true);
  expect(basis(labelled, about, about)).toBe(false);
  expect(basis({})).toBeUndefined();
});
