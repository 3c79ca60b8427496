import type { At, Mistake } from './config-error.ts';
import { eachGate } from './gate-fields.ts';
import { overlap } from './overlap.ts';
import { child, list, text, twice } from './raw.ts';

/** What is wrong between the goals of a team, their KPIs, and the gates that wait for these. */
export function goalMistakes(
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
    const from = text(goal, 'from');
    const early = (path: readonly (string | number)[], date: string | undefined, what: string) =>
      from === undefined || date === undefined || date >= from
        ? []
        : [
            at(
              [...place(g), ...path],
              `${what} lies before ${from}, the first day on which this is the goal: mend the one that is wrong`,
            ),
          ];
    return [
      ...early(['date'], text(goal, 'date'), 'the date'),
      ...list(goal, 'kpis').flatMap((kpi, k) =>
        early(['kpis', k, 'date'], text(kpi, 'date'), 'the day of this KPI'),
      ),
      ...(source === undefined || sources.includes(source)
        ? []
        : [at([...place(g), 'milestone', 'source'], `there is no source "${source}"; there are: ${known}`)]),
      ...twice(ids).map((i) =>
        at([...place(g), 'kpis', i, 'id'], `two KPIs of this goal have the id "${ids[i]}"; rename one`),
      ),
    ];
  });
  const again = goals.flatMap((goal, g) => {
    const id = text(goal, 'id');
    const isTaken = goals.slice(0, g).some((other) => text(other, 'id') === id && overlap(other, goal));
    if (id === undefined || !isTaken) return [];
    const message = `two goals have the id "${id}" at the same time; rename one, or say with from and to when each is it`;
    return [at([...place(g), 'id'], message)];
  });
  const kpis = goals.flatMap((goal) => list(goal, 'kpis').flatMap((kpi) => text(kpi, 'id') ?? []));
  return [...ofGoals, ...again, ...gateMistakes(team, t, kpis, at), ...adoptionMistakes(team, t, kpis, at)];
}

/** Where Done means adopted and neither a KPI nor a gate would show that anything is, nothing would ever be Done. */
function adoptionMistakes(team: unknown, t: number, kpis: readonly string[], at: At): readonly Mistake[] {
  const isShown = kpis.length > 0 || 'adopted' in (child(team, 'gates') ?? {});
  if (text(team, 'doneMeans') !== 'adopted' || isShown) return [];
  const message =
    '"adopted": no goal of this team has a KPI, so nothing would ever be Done: name one under goal.kpis, or under gates.adopted what shows it';
  return [at(['teams', t, 'doneMeans'], message)];
}

/** A gate that waits for a KPI no goal has would never open. */
function gateMistakes(team: unknown, t: number, kpis: readonly string[], at: At): readonly Mistake[] {
  const there =
    kpis.length === 0 ? 'there are none: name them under goal.kpis' : `there are: ${kpis.join(', ')}`;
  return eachGate(team).flatMap(({ path, gate }) => {
    const place = ['teams', t, 'gates', ...path, 'kpis'];
    if (text(gate, 'kpis') === 'all' && kpis.length === 0) {
      return [at(place, '"all": no goal of this team has a KPI: name them under goal.kpis')];
    }
    return list(gate, 'kpis').flatMap((id, k) =>
      typeof id !== 'string' || kpis.includes(id)
        ? []
        : [at([...place, k], `no goal of this team has a KPI "${id}"; ${there}`)],
    );
  });
}
