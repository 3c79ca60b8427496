import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import type { Gate, Gates } from '#domain/gate.ts';
import { GOAL_SCOPES, type Goal } from '#domain/goal.ts';
import type { DatedHeadcount } from '#domain/roster.ts';
import { type Alternatives, TEAM_DEFAULTS, type Team } from '#domain/team.ts';
import { isLoopback } from '../src/loopback.ts';
import type { Config, MemberConfig, SourceConfig } from './config.ts';
import { ConfigError, type Mistake } from './config-error.ts';
import { eachGate, fieldMistakes, fieldsAsked } from './gate-fields.ts';
import { gateLists } from './gates.ts';
import { child, list, text } from './raw.ts';
import { type ConfigDocument, configSchema } from './schema.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a configuration file. Throws `ConfigError` with every mistake in it. */
export function loadConfig(file: string, environment: Environment): Config {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const message =
      'the file cannot be read. Write one (the README shows the smallest that works), name another with --config FILE, or try `evenkeel demo`, which needs none.';
    throw new ConfigError(file, [{ path: '', message }], { cause });
  }
  return parseConfig(text, file, environment);
}

/** Checks a configuration text; `file` is only for messages. Throws `ConfigError` with every mistake in it. */
export function parseConfig(text: string, file: string, environment: Environment): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ConfigError(
      file,
      document.errors.map((error) => ({
        path: '',
        line: lines.linePos(error.pos[0]).line,
        message: `this is not YAML: ${error.message}`,
      })),
    );
  }
  const lineOf = (path: readonly PropertyKey[]): number | undefined => {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node: unknown = document.getIn(path.slice(0, depth), true);
      if (hasRange(node)) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
  const at = (path: readonly PropertyKey[], message: string): Mistake => {
    const line = lineOf(path);
    return { path: pathText(path), ...(line === undefined ? {} : { line }), message };
  };

  let raw: unknown;
  try {
    raw = document.toJS() ?? {};
  } catch (cause) {
    const message = 'its aliases unfold to more than a configuration can be; write the values out instead';
    throw new ConfigError(file, [{ path: '', message }], { cause });
  }
  const references: Mistake[] = [];
  const resolved = resolveReferences(raw, [], environment, (path, message) =>
    references.push(at(path, message)),
  );
  const parsed = configSchema.safeParse(resolved);
  const mistakes = [
    ...references,
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, at))),
    ...crossChecks(resolved, at),
  ];
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(file, mistakes);
  return toConfig(parsed.data);
}

function describeIssue(
  issue: z.core.$ZodIssue,
  at: (path: readonly PropertyKey[], message: string) => Mistake,
): readonly Mistake[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      at([...issue.path, key], 'this key is not known here; check its spelling, or remove it'),
    );
  }
  // zod tells what it expected; what to do about it is ours to say.
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  if (missing) return [at(issue.path, `this is required: give ${WANTED[issue.expected] ?? issue.expected}`)];
  if (issue.code === 'invalid_type') {
    return [
      at(
        issue.path,
        `expected ${WANTED[issue.expected] ?? issue.expected} here; docs/configuration.md shows an example`,
      ),
    ];
  }
  // Where a value may be of several forms, the mistakes are those of the form it has.
  if (issue.code === 'invalid_union') {
    const meant = issue.errors.find((own) =>
      own.every(({ code, path }) => path.length > 0 || !isOtherForm(code)),
    );
    if (meant)
      return meant.flatMap((own) => describeIssue({ ...own, path: [...issue.path, ...own.path] }, at));
  }
  return [at(issue.path, issue.message)];
}

function isOtherForm(code: z.core.$ZodIssue['code']): boolean {
  return code === 'invalid_type' || code === 'invalid_value';
}

const WANTED: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
};

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
/** Keys whose value must be a reference: a secret written into a file ends up in a repository. */
const SECRET_PATH = /(^|\.)(apiToken|apiKey|webhookSecret)$|^server\.tokens\[\d+\]$/;

function resolveReferences(
  value: unknown,
  path: readonly PropertyKey[],
  environment: Environment,
  report: (path: readonly PropertyKey[], message: string) => void,
): unknown {
  if (typeof value === 'string') {
    if (SECRET_PATH.test(pathText(path)) && value.replace(REFERENCE, '') !== '') {
      report(
        path,
        'a secret may not stand in this file: put it into an environment variable and write ${NAME}',
      );
      return value;
    }
    return value.replace(REFERENCE, (_, name: string) => {
      const found = environment[name];
      if (found === undefined || found === '') {
        report(path, `the environment variable ${name} is not set; set it, or add it to .env`);
        return 'unset';
      }
      return found;
    });
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => resolveReferences(item, [...path, i], environment, report));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        resolveReferences(item, [...path, key], environment, report),
      ]),
    );
  }
  return value;
}

/** What no single value shows: ids given twice, references to sources that are not there, an open address. */
function crossChecks(
  document: unknown,
  at: (path: readonly PropertyKey[], message: string) => Mistake,
): readonly Mistake[] {
  const sources = list(document, 'sources').map((source) => text(source, 'id'));
  const teams = list(document, 'teams');
  const mistakes = [
    ...twice(sources).map((i) =>
      at(['sources', i, 'id'], `two sources have the id "${sources[i]}"; rename one`),
    ),
    ...twice(teams.map((team) => text(team, 'id'))).map((i) =>
      at(['teams', i, 'id'], `two teams have the id "${text(teams[i], 'id')}"; rename one`),
    ),
  ];
  const known = sources.filter((id) => id !== undefined).join(', ');
  teams.forEach((team, t) => {
    list(team, 'scope').forEach((filter, s) => {
      const source = text(filter, 'source');
      if (source !== undefined && !sources.includes(source)) {
        mistakes.push(
          at(['teams', t, 'scope', s, 'source'], `there is no source "${source}"; there are: ${known}`),
        );
      }
    });
    for (const source of Object.keys(child(team, 'stages') ?? {})) {
      if (!sources.includes(source)) {
        mistakes.push(
          at(['teams', t, 'stages', source], `there is no source "${source}"; there are: ${known}`),
        );
      }
    }
    mistakes.push(
      ...rosterMistakes(team, t, sources, known, at),
      ...alternativesMistakes(team, t, at),
      ...goalMistakes(team, t, sources, known, at),
      ...fieldMistakes(document, t, at),
    );
  });
  const server = child(document, 'server');
  const host = text(server, 'host');
  if (host !== undefined && !isLoopback(host) && list(server, 'tokens').length === 0) {
    mistakes.push(
      at(
        ['server', 'host'],
        `"${host}" can be reached from other machines: configure server.tokens first, or listen on 127.0.0.1`,
      ),
    );
  }
  return mistakes;
}

type At = (path: readonly PropertyKey[], message: string) => Mistake;

function rosterMistakes(
  team: unknown,
  t: number,
  sources: readonly (string | undefined)[],
  known: string,
  at: At,
): readonly Mistake[] {
  return list(team, 'members').flatMap((member, m) =>
    Object.keys(child(member, 'ids') ?? {})
      .filter((source) => !sources.includes(source))
      .map((source) =>
        at(['teams', t, 'members', m, 'ids', source], `there is no source "${source}"; there are: ${known}`),
      ),
  );
}

function alternativesMistakes(team: unknown, t: number, at: At): readonly Mistake[] {
  const ids = list(team, 'alternatives').map((group) => text(group, 'id'));
  return twice(ids).map((i) =>
    at(['teams', t, 'alternatives', i, 'id'], `two groups have the id "${ids[i]}"; rename one`),
  );
}

function goalMistakes(
  team: unknown,
  t: number,
  sources: readonly (string | undefined)[],
  known: string,
  at: At,
): readonly Mistake[] {
  const several = list(team, 'goal');
  const one = child(team, 'goal');
  const goals = several.length > 0 ? several : one === undefined ? [] : [one];
  const place = (g: number) => ['teams', t, 'goal', ...(several.length > 0 ? [g] : [])];
  const ofGoals = goals.flatMap((goal, g) => {
    const source = text(child(goal, 'milestone'), 'source');
    const ids = list(goal, 'kpis').map((kpi) => text(kpi, 'id'));
    return [
      ...(source === undefined || sources.includes(source)
        ? []
        : [at([...place(g), 'milestone', 'source'], `there is no source "${source}"; there are: ${known}`)]),
      ...twice(ids).map((i) =>
        at([...place(g), 'kpis', i, 'id'], `two KPIs of this goal have the id "${ids[i]}"; rename one`),
      ),
    ];
  });
  const kpis = goals.flatMap((goal) => list(goal, 'kpis').flatMap((kpi) => text(kpi, 'id') ?? []));
  return [...ofGoals, ...gateMistakes(team, t, kpis, at)];
}

/** A gate that waits for a KPI no goal has would never open. */
function gateMistakes(team: unknown, t: number, kpis: readonly string[], at: At): readonly Mistake[] {
  return eachGate(team).flatMap(({ path, gate }) =>
    list(gate, 'kpis').flatMap((id, k) => {
      if (typeof id !== 'string' || kpis.includes(id)) return [];
      const there =
        kpis.length === 0 ? 'there are none: name them under goal.kpis' : `there are: ${kpis.join(', ')}`;
      return [
        at(['teams', t, 'gates', ...path, 'kpis', k], `no goal of this team has a KPI "${id}"; ${there}`),
      ];
    }),
  );
}

function toConfig(document: ConfigDocument): Config {
  const zone = document.organisation?.timezone ?? TEAM_DEFAULTS.timezone;
  return {
    organisation: { name: document.organisation?.name ?? 'Our organisation', timezone: zone },
    sources: document.sources.map((source) => toSource(source, document)),
    teams: document.teams.map((team) => toTeam(team, zone)),
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

function toTeam(team: ConfigDocument['teams'][number], organisationZone: string): Team {
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

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

function twice(ids: readonly (string | undefined)[]): readonly number[] {
  return ids.flatMap((id, i) => (id !== undefined && ids.indexOf(id) < i ? [i] : []));
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}
