import { documentOf } from '../jira/document.ts';
import type { JiraHistory, JiraIssue, JiraIssueFields, JiraSprint, JiraSprintValue } from '../jira/model.ts';
import type { Draft, DraftLink } from './draft.ts';
import { EPIC_TEXTS } from './epic-texts.ts';
import { type KeyOf, type Past, play } from './history.ts';
import { NOW } from './present.ts';
import type { TeamPlan } from './team-plan.ts';
import {
  byName,
  FLAGGED,
  ISSUE_TYPES,
  POINTS,
  PRIORITIES,
  RESOLUTIONS,
  SPRINT,
  STATUSES,
} from './workflow.ts';

/** The drafts of one team. */
export interface TeamDrafts {
  readonly plan: TeamPlan;
  readonly drafts: readonly Draft[];
}

const FIRST_ISSUE = 20_001;
const FIRST_HISTORY = 500_001;

/**
 * The issues of all teams that exist at the present. Ids and keys follow the order of creation, and ids of histories
 * the order in which they were saved, as a site's own counters do. `keyOf` tells what became of a draft.
 */
export function createIssues(teams: readonly TeamDrafts[]): {
  readonly issues: readonly JiraIssue[];
  readonly keyOf: KeyOf;
} {
  const written = teams
    .flatMap(({ plan, drafts }) => drafts.map((draft) => ({ plan, draft })))
    .filter(({ draft }) => draft.created <= NOW)
    .sort((a, b) => a.draft.created - b.draft.created);
  const counters = new Map<TeamPlan, number>();
  const names = new Map(
    written.map(({ plan, draft }, i) => {
      const number = (counters.get(plan) ?? 0) + 1;
      counters.set(plan, number);
      return [draft, { id: String(FIRST_ISSUE + i), key: `${plan.projectKey}-${number}` }];
    }),
  );
  const keyOf: KeyOf = (draft) => {
    const name = names.get(draft);
    if (name === undefined) throw new RangeError(`"${draft.title}" is not written down yet`);
    return name;
  };

  const played = written.map(({ plan, draft }) => ({ plan, draft, past: play(draft, NOW, keyOf) }));
  const saves = played.flatMap(({ past }) => past.saved).sort((a, b) => a.edit.at - b.edit.at);
  const historyIds = new Map(saves.map((saved, i) => [saved, String(FIRST_HISTORY + i)]));
  const issues = played.map(({ plan, draft, past }): JiraIssue => {
    const histories = past.saved.map(
      (saved): JiraHistory => ({
        id: historyIds.get(saved) ?? '',
        created: saved.edit.at,
        author: saved.edit.by,
        items: saved.items,
      }),
    );
    return {
      ...keyOf(draft),
      created: draft.created,
      updated: histories.at(-1)?.created ?? draft.created,
      fields: fieldsOf(plan, draft, past, keyOf),
      histories,
    };
  });
  return { issues, keyOf };
}

function fieldsOf(plan: TeamPlan, draft: Draft, { values, resolvedAt }: Past, keyOf: KeyOf): JiraIssueFields {
  const { id: typeId, name: typeName, hierarchyLevel } = byName(ISSUE_TYPES, draft.type);
  const { id: statusId, name: statusName } = byName(STATUSES, values.status);
  const text = hierarchyLevel > 0 ? EPIC_TEXTS.get(draft.title) : undefined;
  return {
    summary: draft.title,
    ...(text === undefined ? {} : { description: documentOf(text) }),
    project: { id: plan.projectId, key: plan.projectKey, name: plan.name },
    issuetype: { id: typeId, name: typeName, subtask: hierarchyLevel < 0, hierarchyLevel },
    status: { id: statusId, name: statusName },
    priority: byName(PRIORITIES, values.priority),
    reporter: draft.creator,
    creator: draft.creator,
    labels: values.labels,
    components: values.components,
    fixVersions: values.versions,
    issuelinks: values.links.map((link) => shownLink(link, keyOf)),
    ...(values.resolution === undefined ? {} : { resolution: byName(RESOLUTIONS, values.resolution) }),
    ...(resolvedAt === undefined
      ? {}
      : { resolutiondate: new Date(resolvedAt).toISOString().replace('Z', '+0000') }),
    ...(values.assignee === undefined ? {} : { assignee: values.assignee }),
    ...(values.dueDate === undefined ? {} : { duedate: values.dueDate }),
    ...(values.parent === undefined ? {} : { parent: keyOf(values.parent) }),
    ...(values.points === undefined ? {} : { [POINTS]: values.points }),
    ...(values.sprints.length === 0 ? {} : { [SPRINT]: values.sprints.map(shownSprint) }),
    ...(values.flagged ? { [FLAGGED]: [{ id: '10019', value: 'Impediment' }] } : {}),
  };
}

function shownLink({ id, phrase, other }: DraftLink, keyOf: KeyOf): object {
  const type =
    phrase === 'relates to'
      ? { id: '10003', name: 'Relates', inward: 'relates to', outward: 'relates to' }
      : { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' };
  return { id, type, [phrase === type.inward ? 'inwardIssue' : 'outwardIssue']: keyOf(other) };
}

function shownSprint({
  id,
  name,
  state,
  boardId,
  startDate,
  endDate,
  completeDate,
}: JiraSprint): JiraSprintValue {
  const iso = (instant: number): string => new Date(instant).toISOString();
  return {
    id,
    name,
    state,
    boardId,
    ...(startDate === undefined ? {} : { startDate: iso(startDate) }),
    ...(endDate === undefined ? {} : { endDate: iso(endDate) }),
    ...(completeDate === undefined ? {} : { completeDate: iso(completeDate) }),
  };
}
