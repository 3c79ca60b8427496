import { expect, test } from 'vitest';
import type { Reference, Version } from '#domain/reference.ts';
import { earlierView, teamView } from '#domain/team-view.ts';
import { referenceAsOf, type VersionObservation } from '#domain/version-history.ts';
import { day } from '#tests/builders/day.ts';
import { history, team } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const version = (id: string, changes: Partial<Version> = {}): Version => ({
  id,
  projectId: 'pay',
  name: `1.${id}`,
  released: false,
  ...changes,
});
const one = version('1', { releaseDay: day('2026-01-20') });
const moved = version('1', { releaseDay: day('2026-02-20') });
const observations: readonly VersionObservation[] = [
  { at: 100, version: one },
  { at: 200, version: moved },
  { at: 200, version: version('2') },
  { at: 300, version: version('2'), removed: true },
];
const reference: Reference = {
  ...history([]).reference,
  versions: [moved],
  versionHistory: { since: 100, observations },
};
const asOf = (moment: number) => referenceAsOf(reference, moment).versions;

test('a version has the dates it was last seen with, once it was seen and while it is there', () => {
  expect(asOf(101)).toEqual([one]);
  expect(asOf(200)).toEqual([one]);
  expect(asOf(201)).toEqual([moved, version('2')]);
  expect(asOf(301)).toEqual([moved]);
});

test('before the first reading, what was seen then is the nearest there is, and what came later is not known', () => {
  expect(asOf(1)).toEqual([one]);
});

test('a reference without a history of versions is what it is', () => {
  const { versionHistory: _, ...plain } = reference;
  expect(referenceAsOf(plain, 1)).toBe(plain);
});

test('the replay of an earlier day knows the versions of that day', () => {
  const instants = ['2026-01-10T08:00Z', '2026-01-12T08:00Z'].map((text) => Date.parse(text));
  const [first = 0, second = 0] = instants;
  const source = {
    issues: [issue('PAY-1', 'To Do 2d → Done', { versions: ['1'] })],
    reference: {
      ...reference,
      versionHistory: {
        since: first,
        observations: [
          { at: first, version: one },
          { at: second, version: moved },
        ],
      },
    },
  };
  const views = ['2026-01-08', '2026-01-10', '2026-01-11', '2026-01-12'].map((text) =>
    teamView(team(), day(text), [source]),
  );
  expect(views.map((view) => view.references.get('acme')?.versions)).toEqual([[one], [one], [one], [moved]]);
  const now = teamView(team(), day('2026-01-20'), [source]);
  for (const view of views) expect(earlierView(now, view.day)).toEqual(view);
});
