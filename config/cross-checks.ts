import { isLoopback } from '../src/loopback.ts';
import type { At, Mistake } from './config-error.ts';
import { fieldMistakes } from './gate-fields.ts';
import { goalMistakes } from './goal-mistakes.ts';
import { child, list, text, twice } from './raw.ts';
import { rosterMistakes } from './roster-mistakes.ts';

/** What no single value shows: ids given twice, references to sources that are not there, an open address. */
export function crossChecks(document: unknown, at: At): readonly Mistake[] {
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

/** Two groups of one id, or with one of their streams or labels in common: the later one would lose it without a word. */
function alternativesMistakes(team: unknown, t: number, at: At): readonly Mistake[] {
  const groups = list(team, 'alternatives');
  const ids = groups.map((group) => text(group, 'id'));
  const again = twice(ids).map((i) =>
    at(['teams', t, 'alternatives', i, 'id'], `two groups have the id "${ids[i]}"; rename one`),
  );
  const shared = groups.flatMap((group, g) =>
    (['streams', 'labels'] as const).flatMap((key) => {
      const taken = groups.slice(0, g).flatMap((other) => list(other, key).map(folded));
      return list(group, key).flatMap((name, n) =>
        typeof name === 'string' && taken.includes(folded(name))
          ? [
              at(
                ['teams', t, 'alternatives', g, key, n],
                `"${name}" is in a group above; a line of work is part of one choice`,
              ),
            ]
          : [],
      );
    }),
  );
  return [...again, ...shared];
}

function folded(name: unknown): unknown {
  return typeof name === 'string' ? name.toLowerCase() : name;
}
