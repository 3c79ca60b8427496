import { parseDay } from '#domain/calendar.ts';
import type { DoneEvidence } from '#domain/done-evidence.ts';
import type { Issue } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import { TEAM_DEFAULTS, type Team } from '#domain/team.ts';
import { type SourceHistory, type TeamView, teamView } from '#domain/team-view.ts';
import { frozen } from './frozen.ts';
import { STATUSES, TYPES } from './vocabulary.ts';

/** A team whose scope is every issue of project PAY at the source acme, unless told otherwise. */
export function team(changes: Partial<Team> = {}): Team {
  return frozen({
    ...TEAM_DEFAULTS,
    id: 'payments',
    name: 'Payments',
    scope: [{ source: 'acme', projects: ['PAY'] }],
    ...changes,
  });
}

/** Issues of one source with a vocabulary that covers them. */
export function history(issues: readonly Issue[], changes: Partial<Reference> = {}): SourceHistory {
  const source = changes.source ?? issues[0]?.source ?? 'acme';
  const projects = new Set(issues.map((issue) => issue.current.scalars.project?.name ?? ''));
  return frozen({
    reference: {
      source,
      siteUrl: `https://${source}.example`,
      projects: [...projects].map((key) => ({ id: key.toLowerCase(), key, name: key })),
      statuses: STATUSES,
      types: TYPES,
      versions: [],
      cycles: [],
      ...changes,
    },
    issues,
  });
}

/** A team's work as of the end of a day, from issues of any number of sources. */
export function view(
  of: Team,
  day: string,
  issues: readonly Issue[],
  changes: Partial<Reference> = {},
  evidence?: DoneEvidence,
): TeamView {
  const parsed = parseDay(day);
  if (parsed === undefined) throw new RangeError(`"${day}" is no day`);
  const sources = new Set(issues.map((issue) => issue.source));
  const histories = [...sources].map((source) =>
    history(
      issues.filter((issue) => issue.source === source),
      { ...changes, source },
    ),
  );
  return teamView(of, parsed, histories.length > 0 ? histories : [history([], changes)], evidence);
}
