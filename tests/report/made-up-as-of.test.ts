import { describe, expect, test } from 'vitest';
import { endOf } from '#domain/calendar.ts';
import type { Reference } from '#domain/reference.ts';
import { teamView } from '#domain/team-view.ts';
import { teamReport } from '#report/team-report.ts';
import { type Draft, issueOf } from '../../bench/detectors/draft.ts';
import { HEALTHY, healthyTeam } from '../../bench/detectors/healthy.ts';
import type { MadeUp } from '../../bench/detectors/team.ts';
import { planted, TROUBLES } from '../../bench/detectors/troubles.ts';

/** How long a trouble has lasted when its team is looked at, and which week that is of a team that has none. */
const WEEKS_OF_TROUBLE = 12;
const WEEK_OF_HEALTH = 55;

interface Case {
  readonly name: string;
  readonly made: () => { readonly team: MadeUp; readonly week: number };
}

const cases: readonly Case[] = [
  ...TROUBLES.map((trouble) => ({
    name: trouble.name,
    made: () => {
      const { made, onset } = planted(trouble, 'as of');
      return { team: made, week: Math.max(40, onset + WEEKS_OF_TROUBLE) };
    },
  })),
  ...HEALTHY.map((way) => ({
    name: way.name,
    made: () => ({ team: healthyTeam(way, 'as of', true), week: WEEK_OF_HEALTH }),
  })),
];

/** What the reports of these teams told numbers of: a law that compares nothing with nothing holds nothing. */
const told = new Set<string>();

describe('the report of a made-up team is the same with what happened later and without', () => {
  test.each(cases)('$name', { timeout: 60_000 }, ({ made }) => {
    const { team, week } = made();
    const day = team.endOfWeek(week);
    const moment = endOf(day, team.team.timezone);
    const drafts = [...team.life.tickets, ...team.life.epics].map(({ draft }) => draft);
    const reportOf = (some: readonly Draft[], reference: Reference) =>
      teamReport(teamView(team.team, day, [{ reference, issues: some.map(issueOf) }], team.evidence));

    const now = plain(reportOf(drafts, team.reference));
    const then = plain(
      reportOf(drafts.filter(isBefore(moment)).map(cutAt(moment)), referenceAt(team, moment)),
    );

    expect(now).toEqual(then);
    for (const path of numbersIn(now)) told.add(path);
  });

  test('and they tell of what the fuzzed timelines cannot', () => {
    const missing = TOLD.filter((path) => ![...told].some((one) => one.startsWith(path)));
    expect(missing).toEqual([]);
  });
});

const TOLD = [
  'forecast.milestones.',
  'metrics.asks.leadership',
  'metrics.goalFocus.share',
  'metrics.incidents.perQuarter',
  'metrics.knowledge.truckFactor',
  'metrics.newWork.perWeek',
  'metrics.supportLoad.fte',
  'metrics.swarmRate',
  'metrics.turnover.rate',
  'metrics.updates.sinceLast',
  'risks.',
  'slos.',
];

const isBefore =
  (moment: number) =>
  ({ createdAt }: Draft): boolean =>
    createdAt < moment;

/** The issue while nothing of what it went through later had happened. */
const cutAt =
  (moment: number) =>
  (draft: Draft): Draft => ({
    ...draft,
    planned: draft.planned.filter(({ at }) => at < moment),
    texts: draft.texts.filter(({ since }) => since < moment),
  });

/** What was known of versions, cycles and updates: the dates of the first are kept from the past by their history alone. */
function referenceAt({ reference, endOfWeek, weekOf }: MadeUp, moment: number): Reference {
  const day = endOfWeek(weekOf(moment - 1));
  const { updates, versions, cycles } = reference;
  return {
    ...reference,
    versions: versions.map((one) =>
      one.releaseDay !== undefined && one.releaseDay > day ? { ...one, released: false } : one,
    ),
    cycles: cycles.filter(({ startAt = 0 }) => startAt < moment),
    ...(updates === undefined ? {} : { updates: updates.filter(({ at }) => at < moment) }),
  };
}

function plain(report: unknown): unknown {
  return JSON.parse(JSON.stringify(report));
}

/** The places in a report at which a number stands. */
function numbersIn(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('kind' in value && value.kind === 'value') return [path];
  return Object.entries(value).flatMap(([key, one]) => numbersIn(one, path === '' ? key : `${path}.${key}`));
}
