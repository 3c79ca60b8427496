import { describe, expect, test } from 'vitest';
import type { Team } from '#domain/team.ts';
import { DEFINITION_VERSION, definitionVersion } from '#report/definition-version.ts';
import { EVERY_DEFINITION } from '#tests/builders/definitions.ts';
import { team } from '#tests/builders/team.ts';
import { busyReport } from '#tests/views/reports.ts';

describe('the definition version of a team', () => {
  const ours = definitionVersion(team());
  const elapsed = { clock: 'elapsed', start: 'active', finish: 'done', backward: 'kept' } as const;

  test('begins with the version of our own definitions, which the report carries', () => {
    expect(ours).toMatch(new RegExp(`^${DEFINITION_VERSION.replace('.', '\\.')}-[0-9a-f]{8}$`));
    expect(busyReport().definitionVersion.split('-')[0]).toBe(DEFINITION_VERSION);
  });

  test.each<[string, Partial<Team>]>([
    ['another name', { id: 'refunds', name: 'Refunds', group: 'Commerce' }],
    ['the defaults written down', { cycleTime: elapsed, serviceLevelObjective: 0.8 }],
  ])('is the same for %s', (_, changes) => {
    expect(definitionVersion(team(changes))).toBe(ours);
  });

  test('does not depend on the order in which statuses were mapped', () => {
    const [a, b] = [
      { QA: 'late', Triage: 'backlog' },
      { Triage: 'backlog', QA: 'late' },
    ] as const;
    expect(definitionVersion(team({ stages: { acme: a } }))).toBe(
      definitionVersion(team({ stages: { acme: b } })),
    );
  });

  test('differs for every way to define cycle time, and nowhere else for the same one', () => {
    const versionOf = (cycleTime: Team['cycleTime'] & object) => definitionVersion(team({ cycleTime }));
    const versions = EVERY_DEFINITION.map(versionOf);
    expect(new Set(versions).size).toBe(EVERY_DEFINITION.length);
    expect(versions.filter((version) => version === ours)).toHaveLength(1);
    expect(versionOf({ backward: 'kept', finish: 'done', start: 'active', clock: 'elapsed' })).toBe(ours);
  });

  test('is the same where a default is written down', () => {
    expect(definitionVersion(team({ cutPoints: { realistic: 0.5, safe: 0.8 } }))).toBe(ours);
  });

  test('differs for every definition that differs', () => {
    const changes: readonly Partial<Team>[] = [
      { cycleTime: { ...elapsed, clock: 'active_only' } },
      { cycleTime: { ...elapsed, clock: 'inclusive_days' } },
      { cycleTime: { ...elapsed, start: 'todo' } },
      { cycleTime: { ...elapsed, finish: 'late' } },
      { cycleTime: { ...elapsed, backward: 'wiped' } },
      { serviceLevelObjective: 0.85 },
      { doneMeans: 'released' },
      { workstreamBy: 'component' },
      { timezone: 'Europe/Stockholm' },
      { calendar: { workdays: [1, 2, 3, 4], holidays: [] } },
      { stages: { acme: { QA: 'late' } } },
      { scope: [{ source: 'acme', projects: ['PAY', 'CORE'] }] },
      { headcount: 7 },
      { cutPoints: { realistic: 0.5, safe: 0.9 } },
    ];
    const versions = [ours, ...changes.map((change) => definitionVersion(team(change)))];
    expect(new Set(versions).size).toBe(1 + changes.length);
  });
});

const RAISE =
  `The numbers of a report came out differently for the same history, under definition version ${DEFINITION_VERSION}. ` +
  'By accident: mend it. On purpose: raise DEFINITION_VERSION in src/report/definition-version.ts, say in CHANGELOG.md ' +
  'which numbers move, and run this test once more with -u to write the new file. When the history of ' +
  'tests/views/reports.ts is what changed, -u alone will do.';

test('the numbers of a fixed history move only with the definition version', async () => {
  const { metrics, basicallyDone, workstreams, forecast, slos, definitions } = busyReport();
  const counted = { metrics, basicallyDone, workstreams, forecast, slos, definitions };
  const lines = figures(counted).map(([path, figure]) => `${path} ${figure}`);
  expect(lines.length).toBeGreaterThan(300);
  expect(lines.filter((line) => line.includes('insufficient')).length).toBeLessThan(lines.length / 10);
  try {
    await expect(lines.join('\n').concat('\n')).toMatchFileSnapshot(
      `../golden/numbers-${DEFINITION_VERSION}.txt`,
    );
  } catch (error) {
    if (error instanceof Error) error.message = `${RAISE} (${error.message})`;
    throw error;
  }
});

/**
 * The numbers and verdicts of a document, each with the way to it; of a list the first ten. Words may be written better
 * without a new version.
 */
function figures(value: unknown, path = ''): readonly (readonly [path: string, figure: string])[] {
  if (typeof value === 'number') return [[path, String(Number(value.toPrecision(6)))]];
  if (typeof value === 'boolean' || value === null || path.endsWith('.kind')) return [[path, String(value)]];
  if (typeof value !== 'object') return [];
  const children = Object.entries(value);
  return (Array.isArray(value) ? children.slice(0, 10) : children).flatMap(([key, child]) =>
    figures(child, path === '' ? key : `${path}.${key}`),
  );
}
