import type { Mistake } from './config-error.ts';
import { gateLists } from './gates.ts';
import { child, list, text } from './raw.ts';
import type { ConfigDocument } from './schema.ts';

/** The fields that gates ask for of a source: by all teams with issues of it, each once. */
export function fieldsAsked({ teams }: ConfigDocument, source: string): readonly string[] {
  const names = teams
    .filter(({ scope }) => scope.some((filter) => filter.source === source))
    .flatMap(({ gates }) => Object.values(gates === undefined ? {} : gateLists(gates)).flat())
    .flatMap(({ field }) => field?.name ?? []);
  return [...new Set(names)];
}

/**
 * A gate whose only evidence is a field, of a team with issues of Linear: these have no fields of their own, so that it
 * would stay closed for good. Beside other evidence it is no mistake in a team that has issues of Jira as well.
 */
export function fieldMistakes(
  document: unknown,
  t: number,
  at: (path: readonly PropertyKey[], message: string) => Mistake,
): readonly Mistake[] {
  const team = list(document, 'teams')[t];
  const scoped = list(team, 'scope').map((filter) => text(filter, 'source'));
  const read = list(document, 'sources').filter((source) => scoped.includes(text(source, 'id')));
  const [linear] = read.filter((source) => text(source, 'kind') === 'linear');
  if (linear === undefined) return [];
  const hasJira = read.some((source) => text(source, 'kind') === 'jira');
  return eachGate(team).flatMap(({ path, gate }) => {
    const name = text(child(gate, 'field'), 'name');
    const isAlone = Object.keys(gate).length === 1;
    if (name === undefined || (hasJira && !isAlone)) return [];
    const id = text(linear, 'id') ?? '';
    const remedy = hasJira
      ? 'name beside it what shows it there, such as `labels: [signed-off]`'
      : 'name what shows it there in its place, such as `labels: [signed-off]`';
    return [
      at(
        ['teams', t, 'gates', ...path, 'field', 'name'],
        `“${name}” would be looked for in vain in the source "${id}": Linear has no fields of one's own, so the gate would never open; ${remedy}`,
      ),
    ];
  });
}

interface PlacedGate {
  readonly path: readonly PropertyKey[];
  readonly gate: object;
}

/** The gates of a team, each with its place below `gates`. */
export function eachGate(team: unknown): readonly PlacedGate[] {
  const gates = child(team, 'gates') ?? {};
  return Object.keys(gates).flatMap((level): readonly PlacedGate[] => {
    const several = list(gates, level);
    const one = child(gates, level);
    if (several.length === 0) return one === undefined ? [] : [{ path: [level], gate: one }];
    return several.flatMap((gate, g) =>
      typeof gate === 'object' && gate !== null ? [{ path: [level, g], gate }] : [],
    );
  });
}
