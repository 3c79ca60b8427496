import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { TEAM_DEFAULTS, type Team } from '#domain/team.ts';
import { isLoopback } from '../src/loopback.ts';
import type { Config, SourceConfig } from './config.ts';
import { ConfigError, type Mistake } from './config-error.ts';
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
  return [at(issue.path, issue.message)];
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
const SECRET_PATH = /(^|\.)(apiToken|apiKey)$|^server\.tokens\[\d+\]$/;

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

function toConfig(document: ConfigDocument): Config {
  const zone = document.organisation?.timezone ?? TEAM_DEFAULTS.timezone;
  return {
    organisation: { name: document.organisation?.name ?? 'Our organisation', timezone: zone },
    sources: document.sources.map((source) => toSource(source, document)),
    teams: document.teams.map((team) => toTeam(team, zone)),
    server: {
      host: document.server?.host ?? '127.0.0.1',
      port: document.server?.port ?? 7300,
      allowedHosts: document.server?.allowedHosts ?? [],
      tokens: document.server?.tokens ?? [],
    },
    syncEveryMinutes: document.sync?.everyMinutes ?? 30,
  };
}

function toSource(source: ConfigDocument['sources'][number], document: ConfigDocument): SourceConfig {
  const filters = document.teams
    .flatMap((team) => team.scope)
    .filter((filter) => filter.source === source.id);
  const named = filters.every((filter) => filter.projects)
    ? [...new Set(filters.flatMap((filter) => filter.projects ?? []))]
    : undefined;
  const projects = source.projects ?? (named && named.length > 0 ? named : undefined);
  const { id, kind, url, auth } = source;
  return { id, kind, url: url.replace(/\/+$/, ''), auth, ...(projects ? { projects } : {}) };
}

function toTeam(team: ConfigDocument['teams'][number], organisationZone: string): Team {
  const { timezone, calendar, stages, workstreamBy, scope, ...rest } = team;
  return withoutUndefined({
    ...rest,
    scope: scope.map(withoutUndefined),
    timezone: timezone ?? organisationZone,
    calendar: calendar ?? TEAM_DEFAULTS.calendar,
    stages: stages ?? TEAM_DEFAULTS.stages,
    workstreamBy: workstreamBy ?? TEAM_DEFAULTS.workstreamBy,
  });
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

function child(value: unknown, key: string): object | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = (value as Record<string, unknown>)[key];
  return typeof found === 'object' && found !== null ? found : undefined;
}

function list(value: unknown, key: string): readonly unknown[] {
  const found = child(value, key);
  return Array.isArray(found) ? found : [];
}

function text(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = (value as Record<string, unknown>)[key];
  return typeof found === 'string' ? found : undefined;
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}
