import { max, min } from 'd3-array';
import { customIntervals, setIntervals } from '#domain/field-values.ts';
import type { FieldValue, Gate, LinkedWork } from '#domain/gate.ts';
import type { NamedValue } from '#domain/issue.ts';
import { fitsAny } from '#domain/team.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { isClosed, steadyStatuses, type WorkItem } from '#domain/work-item.ts';
import type { Stage } from '#domain/workflow.ts';
import { childrenByParent } from '../children.ts';
import { releases } from '../release.ts';
import { belongingWork, isLinkedWork } from './belonging.ts';
import { kpisOfItem, kpiWords } from './kpi.ts';
import { claimedSince, deployedAt, lastVerification, PRODUCTION } from './recorded.ts';
import type { Ask, Shown } from './shown.ts';

const lacking = (what: string): Shown => ({ kind: 'lacking', what });
const shown = (since?: number): Shown => (since === undefined ? { kind: 'shown' } : { kind: 'shown', since });

/** It stands in a stage or one behind it, since it last came there from before it. */
export function inStage(stage: NonNullable<Gate['stage']>): Ask {
  const behind = STAGES_FROM[stage];
  return ({ stays }) => {
    const before = stays.findLastIndex((stay) => !behind.includes(stay.stage));
    const first = stays[before + 1];
    return first === undefined ? lacking(STAGE_WORDS[stage]) : shown(first.from);
  };
}

const STAGES_FROM: Readonly<Record<NonNullable<Gate['stage']>, readonly Stage[]>> = {
  active: ['active', 'late', 'done'],
  late: ['late', 'done'],
  done: ['done'],
};

const STAGE_WORDS = { active: 'being begun', late: 'a late status', done: 'being called done' } as const;

/** It stands in one of some statuses, by name or id, since it last came there from another one. */
export function inStatus(view: TeamView, statuses: readonly string[]): Ask {
  const named = new Map(
    [...view.references.values()].flatMap(({ source, statuses: known }) =>
      known.map(({ id, name }) => [issueRef(source, id), name] as const),
    ),
  );
  const missing = lacking(`the status ${statuses.join(' or ')}`);
  return ({ issue }) => {
    const { stays } = steadyStatuses(issue);
    const before = stays.findLastIndex(
      ({ value, name }) => !fitsAny(statuses, [value, name, named.get(issueRef(issue.source, value))]),
    );
    const first = stays[before + 1];
    return first === undefined ? missing : shown(first.from);
  };
}

/** It has one of some labels, by name or id, since it last got one. */
export function withLabel(labels: readonly string[]): Ask {
  return ({ issue }) => {
    const named = issue.events.filter(({ field, to }) => field === 'labels' && to !== undefined);
    const hasOne = (members: readonly string[]) =>
      members.some((id) => fitsAny(labels, [id, named.findLast(({ to }) => to === id)?.toName]));
    const held = setIntervals(issue, 'labels');
    const without = held.findLastIndex(({ value }) => !hasOne(value));
    const first = held[without + 1];
    return first === undefined ? lacking(`the label ${labels.join(' or ')}`) : shown(first.from);
  };
}

/** A field of the tracker's own holds something, or one of some values, by id or name, since it last came to. */
export function withField(view: TeamView, { name, values }: FieldValue): Ask {
  const missing = lacking(
    `the field ${name} ${values === undefined ? 'filled in' : `set to ${values.join(' or ')}`}`,
  );
  const isSet = (held: NamedValue | undefined) =>
    held !== undefined && (values === undefined || fitsAny(values, wordsOf(held)));
  const since = ({ issue }: WorkItem, id: string) => {
    const stretches = customIntervals(issue, id);
    const before = stretches.findLastIndex(({ value }) => !isSet(value));
    return stretches[before + 1]?.from;
  };
  return (item) => {
    const fields = view.references.get(item.issue.source)?.fields ?? [];
    // Nobody keeps two fields from having one name.
    const asked = fields.filter((field) => fitsAny([name], [field.id, field.name]));
    const first = min(asked, ({ id }) => since(item, id));
    return first === undefined ? missing : shown(first);
  };
}

/** The ids and names in a value of a field: a list of choices has several. */
export function wordsOf({ value, name }: NamedValue): readonly string[] {
  const parts = [...(name ?? '').split(','), ...value.replaceAll(/^\[|\]$/g, '').split(',')];
  return [value, ...(name === undefined ? [] : [name]), ...parts.map((part) => part.trim())].filter(
    (word) => word !== '',
  );
}

/** It is done, and a version of it is released or its status says so. */
export function inReleasedVersion(view: TeamView): Ask {
  const releaseOf = releases(view);
  return (item) => {
    // A version that an unfinished item is planned for says nothing about the item when it is released without it.
    if (item.stage !== 'done') return lacking(RELEASE);
    const release = releaseOf(item);
    if (release.kind === 'released') return shown(release.at);
    return release.kind === 'released_undated' ? shown() : lacking(RELEASE);
  };
}

const RELEASE = 'a released version';

/** A deployment to one of some environments contains it. */
export function deployed(view: TeamView, environments: readonly string[]): Ask {
  const at = deployedAt(view, environments);
  const words = environments === PRODUCTION ? PRODUCTION[0] : environments.join(' or ');
  const missing = lacking(`a deployment to ${words}`);
  return (item) => {
    const since = at(item);
    return since === undefined ? missing : shown(since);
  };
}

/** It has parts, at least one of them done, and all of them are closed. */
export function withClosedChildren(view: TeamView): Ask {
  const children = childrenByParent(view);
  return ({ issue }) => {
    const parts = children.get(issueRef(issue.source, issue.id)) ?? [];
    const isDone = parts.some(({ stage }) => stage === 'done') && parts.every(({ stage }) => isClosed(stage));
    return isDone ? shown(closedAt(parts)) : lacking('all its parts closed');
  };
}

/** Work of some kind belongs to it, and all of that is done; what was dropped is not asked for. */
export function withLinkedWorkDone(view: TeamView, linked: LinkedWork): Ask {
  const belonging = belongingWork(view);
  const words = [...(linked.links ?? []), ...(linked.types ?? []), ...(linked.labels ?? [])].join(', ');
  return (item) => {
    const work = belonging(item)
      .filter((one) => isLinkedWork(linked, one))
      .map((one) => one.item)
      .filter(({ stage }) => stage !== 'cancelled');
    const isDone = work.length > 0 && work.every(({ stage }) => stage === 'done');
    return isDone ? shown(closedAt(work)) : lacking(`its work done that is ${words}`);
  };
}

/** The last verification recorded of it passed. */
export function verified(view: TeamView): Ask {
  const last = lastVerification(view);
  return (item) => {
    const said = last(item);
    if (said?.outcome === 'passed') return shown(Math.max(said.at, claimedSince(item)?.since ?? said.at));
    return lacking(`a verification that passed${said === undefined ? '' : ' (the last one failed)'}`);
  };
}

/** Some KPIs of its goals, or all of them, are at their target. */
export function withKpis(view: TeamView, kpis: NonNullable<Gate['kpis']>): Ask {
  const kpisOf = kpisOfItem(view);
  return (item) => {
    const asked = kpisOf(item).filter(({ kpi }) => kpis === 'all' || kpis.includes(kpi.id));
    const open = asked.filter(({ reachedAt }) => reachedAt === undefined);
    if (asked.length === 0) return lacking('a KPI of its goal at its target');
    return open.length === 0
      ? shown(max(asked, ({ reachedAt }) => reachedAt))
      : lacking(open.map(kpiWords).join(', and '));
  };
}

function closedAt(work: readonly WorkItem[]): number | undefined {
  return max(work, ({ finishedAt, cancelledAt }) => finishedAt ?? cancelledAt);
}
