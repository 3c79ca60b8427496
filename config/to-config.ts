import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import type { Gate, Gates } from '#domain/gate.ts';
import { GOAL_SCOPES, type Goal } from '#domain/goal.ts';
import type { DatedHeadcount } from '#domain/roster.ts';
import { type Alternatives, type CutPoints, TEAM_DEFAULTS, type Team } from '#domain/team.ts';
import type { Config, MemberConfig, SourceConfig } from './config.ts';
import { fieldsAsked } from './gate-fields.ts';
import { gateLists } from './gates.ts';
import type { ConfigDocument } from './schema.ts';

/** A checked document as the program knows it, with every default filled in. */
export function toConfig(document: ConfigDocument): Config {
  const zone = document.organisation?.timezone ?? TEAM_DEFAULTS.timezone;
  return {
    organisation: { name: document.organisation?.name ?? 'Our organisation', timezone: zone },
    sources: document.sources.map((source) => toSource(source, document)),
    teams: document.teams.map((team) => toTeam(team, zone, document.organisation?.cutPoints)),
    ...rostersOf(document),
    server: {
      host: document.server?.host ?? '127.0.0.1',
      port: document.server?.port ?? 7300,
      allowedHosts: document.server?.allowedHosts ?? [],
      tokens: document.server?.tokens ?? [],
    },
    syncEveryMinutes: document.sync?.everyMinutes ?? 30,
    sweepEveryMinutes: {
      cycles: document.sync?.sprintsEveryMinutes ?? 15,
      versions: document.sync?.versionsEveryMinutes ?? 60,
    },
  };
}

function toSource(source: ConfigDocument['sources'][number], document: ConfigDocument): SourceConfig {
  const filters = document.teams
    .flatMap((team) => team.scope)
    .filter((filter) => filter.source === source.id);
  const { id, webhookSecret, comments, descriptions } = source;
  const common = {
    id,
    url: source.url.replace(/\/+$/, ''),
    ...(webhookSecret === undefined ? {} : { webhookSecret }),
    ...(comments === undefined ? {} : { comments }),
    ...(descriptions === undefined ? {} : { descriptions }),
  };
  if (source.kind === 'linear') {
    const teams = source.teams ?? namedIn(filters.map((filter) => filter.teams));
    return { ...common, kind: source.kind, auth: source.auth, ...(teams ? { teams } : {}) };
  }
  const projects = source.projects ?? namedIn(filters.map((filter) => filter.projects));
  const auth = withoutUndefined(source.auth);
  const fields = fieldsAsked(document, id);
  return {
    ...common,
    kind: source.kind,
    auth,
    ...(projects ? { projects } : {}),
    ...(fields.length > 0 ? { fields } : {}),
  };
}

/** What the filters name together; undefined when one of them names nothing, and so means everything. */
function namedIn(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const named = lists.flatMap((list) => list ?? []);
  return lists.includes(undefined) || named.length === 0 ? undefined : [...new Set(named)];
}

function toTeam(
  team: ConfigDocument['teams'][number],
  organisationZone: string,
  cutPoints: CutPoints | undefined,
): Team {
  const { timezone, calendar, stages, workstreamBy, scope, headcount, work, alternatives, gates, ...rest } =
    team;
  const { members: _, goal, ...said } = rest;
  return withoutUndefined({
    ...said,
    headcount: typeof headcount === 'object' ? headcount.map(toHeadcount) : headcount,
    work: work && toWork(work),
    alternatives: alternatives?.map(toAlternatives),
    gates: gates && toGates(gates),
    goals: goal && toGoals(goal),
    scope: scope.map(withoutUndefined),
    timezone: timezone ?? organisationZone,
    calendar: calendar ?? TEAM_DEFAULTS.calendar,
    stages: stages ?? TEAM_DEFAULTS.stages,
    workstreamBy: workstreamBy ?? TEAM_DEFAULTS.workstreamBy,
    cutPoints,
  });
}

type TeamDocument = ConfigDocument['teams'][number];

function rostersOf({ teams }: ConfigDocument): Pick<Config, 'rosters'> {
  const rosters = teams.flatMap(({ id, members }) => (members ? [[id, members.map(toMember)] as const] : []));
  return rosters.length === 0 ? {} : { rosters: Object.fromEntries(rosters) };
}

function toWork(work: NonNullable<TeamDocument['work']>): NonNullable<Team['work']> {
  const { support, incident, unplanned, expedite } = work;
  return withoutUndefined({
    support: support && withoutUndefined(support),
    incident: incident && withoutUndefined(incident),
    unplanned: unplanned && withoutUndefined(unplanned),
    expedite: expedite && withoutUndefined(expedite),
  });
}

function toMember({
  ids,
  fte,
  skills,
  from,
  to,
}: NonNullable<TeamDocument['members']>[number]): MemberConfig {
  return withoutUndefined({ ids, fte, skills, from: asDay(from), to: asDay(to) });
}

function toHeadcount({ people, from }: DatedDocument): DatedHeadcount {
  return withoutUndefined({ people, from: asDay(from) });
}

type DatedDocument = Extract<TeamDocument['headcount'], readonly unknown[]>[number];

function toAlternatives(group: NonNullable<TeamDocument['alternatives']>[number]): Alternatives {
  return withoutUndefined({ ...group, decideBy: asDay(group.decideBy) });
}

function toGates(gates: NonNullable<TeamDocument['gates']>): Gates {
  const toGate = ({ linked, field, ...gate }: GateDocument): Gate =>
    withoutUndefined({
      ...gate,
      linked: linked && withoutUndefined(linked),
      field: field && withoutUndefined(field),
    });
  return Object.fromEntries(
    Object.entries(gateLists(gates)).map(([level, some]) => [level, some.map(toGate)]),
  );
}

type GateDocument = NonNullable<ReturnType<typeof gateLists>['merged']>[number];

function toGoals(goals: NonNullable<TeamDocument['goal']>): NonNullable<Team['goals']> {
  if (goals === 'auto') return goals;
  return (Array.isArray(goals) ? goals : [goals]).map(toGoal);
}

function toGoal({ milestone, date, from, to, kpis, ...goal }: GoalDocument): Goal {
  const { source, ...named } = milestone;
  const kind = GOAL_SCOPES.find((one) => named[one] !== undefined) ?? 'parent';
  return withoutUndefined({
    ...goal,
    scope: withoutUndefined({ kind, name: named[kind] ?? '', source }),
    kpis: kpis?.map((kpi) => withoutUndefined({ ...kpi, date: asDay(kpi.date) })),
    date: asDay(date),
    from: asDay(from),
    to: asDay(to),
  });
}

type GoalDocument = Exclude<NonNullable<TeamDocument['goal']>, 'auto' | readonly unknown[]>;

/** A date that was checked to be one. */
function asDay(text: string | undefined): CalendarDay | undefined {
  return text === undefined ? undefined : parseDay(text);
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Defined<T>;
}
