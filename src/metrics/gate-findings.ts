import type { Gate } from '#domain/gate.ts';
import { goalsOf } from '#domain/goal-items.ts';
import { fitsAny } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { counted, type Finding, someNames } from './finding.ts';
import { wordsOf } from './gates/evidence.ts';
import { kpiState } from './gates/kpi.ts';
import { releaseEnvironments } from './gates/progress.ts';

/** What is said of Done, in the configuration or by records, that nothing goes by. */
export function gateFindings(view: TeamView): readonly Finding[] {
  const unmatched = unmatchedNames(view);
  const unmeasured = goalsOf(view).flatMap((goal) =>
    (goal.kpis ?? [])
      .filter((kpi) => kpiState(view, goal, kpi).current === undefined)
      .map((kpi) => `${kpi.name ?? kpi.id} (${goal.name})`),
  );
  const elsewhere = unaskedEnvironments(view);
  return [
    {
      check: 'gate_unmatched',
      count: unmatched.length,
      items: [],
      affects: ['basicallyDone'],
      sentence: `${counted(unmatched.length, 'name in a gate fits', 'names in gates fit')} nothing in the data or the records: ${someNames(unmatched)}. Until mended, they open no gate.`,
    },
    {
      check: 'kpi_without_values',
      count: unmeasured.length,
      items: [],
      affects: ['basicallyDone'],
      sentence: `${counted(unmeasured.length, 'KPI of a goal has', 'KPIs of goals have')} no recorded value: ${someNames(unmeasured)}. Whether the work is taken up is not known.`,
    },
    {
      check: 'deployments_elsewhere',
      count: elsewhere.length,
      items: [],
      affects: ['basicallyDone'],
      sentence: `Deployments are told to ${someNames(elsewhere)} only, and none of these counts as released (${releaseEnvironments(view).join(', ')}). Name yours under \`gates.released.environments\`.`,
    },
  ];
}

/** Where nothing went to an environment that counts: the environments there are. */
function unaskedEnvironments(view: TeamView): readonly string[] {
  const told = [...new Set(view.evidence.deployments.map(({ environment }) => environment))];
  return fitsAny(releaseEnvironments(view), told) ? [] : told.toSorted();
}

/** Names in gates that no status, label, type or link has, and that no deployment went to. */
function unmatchedNames(view: TeamView): readonly string[] {
  const gates = Object.entries(view.team.gates ?? {});
  if (gates.length === 0) return [];
  const there = vocabulary(view);
  return gates.flatMap(([level, some]) =>
    some
      .flatMap((gate) => namesIn(gate))
      .filter(({ kind, name }) => !isThere(there[kind], kind, name))
      .map(({ key, name }) => `${level}.${key}: ${name}`),
  );
}

type Kind = 'statuses' | 'labels' | 'fields' | 'values' | 'environments' | 'types' | 'links';

function namesIn({ statuses = [], labels = [], field, environments = [], linked = {} }: Gate) {
  const of = (kind: Kind, key: string, names: readonly string[] = []) =>
    names.map((name) => ({ kind, key, name }));
  return [
    ...of('statuses', 'statuses', statuses),
    ...of('labels', 'labels', labels),
    ...of('fields', 'field', field === undefined ? [] : [field.name]),
    ...of('values', 'field.values', field?.values),
    ...of('environments', 'environments', environments),
    ...of('links', 'linked.links', linked.links),
    ...of('types', 'linked.types', linked.types),
    ...of('labels', 'linked.labels', linked.labels),
  ];
}

/** Words of links may be a part of the link's name. */
function isThere(there: readonly string[], kind: Kind, name: string): boolean {
  if (kind !== 'links') return fitsAny([name], there);
  return there.some((phrase) => phrase.toLowerCase().includes(name.toLowerCase()));
}

function vocabulary(view: TeamView): Readonly<Record<Kind, readonly string[]>> {
  const references = [...view.references.values()];
  const named = { status: new Set<string>(), labels: new Set<string>(), links: new Set<string>() };
  const fields = references.flatMap(({ fields: asked = [] }) => asked);
  const fieldIds = new Set(fields.map(({ id }) => id));
  const values = new Set<string>();
  for (const { issue } of view.byRef.values()) {
    for (const { field, to, toName } of issue.events) {
      if (to !== undefined && fieldIds.has(field)) {
        for (const word of wordsOf({ value: to, ...(toName === undefined ? {} : { name: toName }) }))
          values.add(word);
      }
      if (field !== 'status' && field !== 'labels' && field !== 'links') continue;
      if (to !== undefined && field !== 'links') named[field].add(to);
      if (toName !== undefined) named[field].add(toName);
    }
  }
  const ids = (some: readonly { readonly id: string; readonly name: string }[]) =>
    some.flatMap(({ id, name }) => [id, name]);
  return {
    statuses: [...named.status, ...references.flatMap(({ statuses }) => ids(statuses))],
    labels: [...named.labels],
    links: [...named.links],
    fields: ids(fields),
    values: [...values],
    types: references.flatMap(({ types }) => ids(types)),
    environments: view.evidence.deployments.map(({ environment }) => environment),
  };
}
