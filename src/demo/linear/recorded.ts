import type { JiraIssue, JiraSite } from '../jira/model.ts';
import { propertiesOf } from '../jira/recorded-values.ts';
import { uuidOf } from './ids.ts';
import { stateDates, withValues } from './issue-change.ts';
import type {
  LinearAttachment,
  LinearHistoryEntry,
  LinearIssue,
  LinearRelation,
  LinearState,
  LinearWorkspace,
} from './model.ts';
import { cyclesOf } from './recorded-cycles.ts';
import { type Recording, replayed } from './recorded-history.ts';
import {
  isEpic,
  labelIdsOf,
  labelsOf,
  milestonesOf,
  projectStatusesOf,
  projectsOf,
  sinceBeginning,
  statesOf,
  teamsOf,
  usersOf,
} from './recorded-reference.ts';
import { linearId, linearPriority, wholeSecond } from './recorded-words.ts';

const DAY = 86_400_000;
/** Linear archives finished work by itself, in batches. */
const ARCHIVED_AFTER = 180 * DAY;

/**
 * The Linear workspace that would hold what a Jira site does: projects are teams, statuses workflow states, epics
 * projects, versions milestones, sprints cycles; components and issue types are labels. Jira lets an issue be in
 * several versions and sprints; Linear knows one of each, so it is the last. Work that was finished long ago is
 * archived.
 */
export function workspaceOfRecorded(site: JiraSite): LinearWorkspace {
  const recording: Recording = {
    site,
    issueIds: new Set(site.issues.map(({ id }) => id)),
    epicIds: new Set(site.issues.filter(isEpic).map(({ id }) => id)),
    projectIdsWithVersions: new Set(site.versions.map(({ projectId }) => projectId)),
  };
  const states = statesOf(site);
  const read = site.issues
    .filter((issue) => !isEpic(issue))
    .map((issue) => issueOf(issue, recording, states));
  const issues = read.map(({ issue }) => archivedWhenOld(issue, states, site.now));
  return {
    now: site.now,
    organization: {
      ...sinceBeginning(site, uuidOf('organization', site.baseName)),
      name: site.baseName,
      urlKey: site.baseName,
    },
    teams: teamsOf(site),
    states,
    users: usersOf(site),
    labels: labelsOf(site),
    cycles: cyclesOf(site, issues, states),
    projectStatuses: projectStatusesOf(site),
    projects: projectsOf(site, recording.projectIdsWithVersions),
    milestones: milestonesOf(site),
    projectUpdates: [],
    initiatives: [],
    initiativeUpdates: [],
    initiativeToProjects: [],
    releasePipelines: [],
    releases: [],
    issues,
    relations: relationsOf(site),
    attachments: read.flatMap(({ attachments }) => attachments),
    comments: [],
  };
}

function issueOf(
  issue: JiraIssue,
  recording: Recording,
  states: readonly LinearState[],
): { readonly issue: LinearIssue; readonly attachments: readonly LinearAttachment[] } {
  const { fields } = issue;
  const projectId = fields.project.id;
  const { entries, versionIds, previousIdentifiers, attachments } = replayed(issue, recording);
  const { parent } = fields;
  const inEpic = parent !== undefined && fields.issuetype.hierarchyLevel === 0;
  const rest = recording.projectIdsWithVersions.has(projectId) ? linearId.teamProject(projectId) : undefined;
  const isKnown = parent !== undefined && recording.issueIds.has(parent.id);
  const held = (fields.fixVersions ?? []).map(({ id }) => id);
  const version = held.includes(versionIds.at(-1) ?? '') ? versionIds.at(-1) : held.at(-1);
  const createdAt = wholeSecond(issue.created);
  const id = linearId.issue(issue.id);
  const person = fields.creator ?? fields.reporter;
  const plain: LinearIssue = {
    id,
    createdAt,
    // In Linear nothing that is recorded leaves `updatedAt` behind.
    updatedAt: Math.max(wholeSecond(issue.updated), ...entries.map((entry) => entry.createdAt)),
    number: Number(issue.key.split('-').at(-1)),
    previousIdentifiers,
    title: fields.summary,
    priority: linearPriority(fields.priority?.name),
    stateId: linearId.state(projectId, fields.status.id),
    teamId: linearId.team(projectId),
    labelIds: labelIdsOf(issue),
    history: entries,
  };
  const estimate = estimateOf(issue, recording.site);
  const cycleId = cycleOf(issue, recording.site);
  return {
    issue: withValues(plain, {
      estimate,
      dueDate: fields.duedate,
      creatorId: person === undefined ? undefined : linearId.user(person.accountId),
      assigneeId: fields.assignee === undefined ? undefined : linearId.user(fields.assignee.accountId),
      projectId: inEpic ? linearId.project(parent.id) : rest,
      parentId: isKnown && !inEpic ? linearId.issue(parent.id) : undefined,
      projectMilestoneId: version === undefined ? undefined : linearId.milestone(version),
      cycleId,
      ...datesOf(plain, states),
    }),
    attachments: attachments.map((attachment) => ({
      id: linearId.attachment(attachment.id),
      createdAt: attachment.at,
      updatedAt: attachment.at,
      issueId: id,
      title: attachment.title,
      url: `https://files.evenkeel.example/${attachment.id}`,
    })),
  };
}

/** When work began and ended, by the states the issue went through. */
function datesOf(issue: LinearIssue, states: readonly LinearState[]): Partial<LinearIssue> {
  const moves = issue.history.filter(({ toStateId }) => toStateId !== undefined);
  const first = { stateId: moves[0]?.fromStateId ?? issue.stateId, at: issue.createdAt };
  let dates: Partial<LinearIssue> = {};
  let { stateId } = first;
  for (const { stateId: next, at } of [
    first,
    ...moves.map((move) => ({ stateId: move.toStateId ?? '', at: move.createdAt })),
  ]) {
    dates = withValues(dates, stateDates({ ...dates, stateId }, next, at, states));
    stateId = next;
  }
  return dates;
}

function archivedWhenOld(issue: LinearIssue, states: readonly LinearState[], now: number): LinearIssue {
  const type = states.find(({ id }) => id === issue.stateId)?.type ?? '';
  const due = Math.ceil((issue.updatedAt + ARCHIVED_AFTER) / DAY) * DAY;
  if (!['completed', 'canceled', 'duplicate'].includes(type) || due > now) return issue;
  const filing: LinearHistoryEntry = {
    id: uuidOf('archived by itself', issue.id),
    createdAt: due,
    updatedAt: due,
    archived: true,
    autoArchived: true,
  };
  return {
    ...issue,
    archivedAt: due,
    autoArchivedAt: due,
    history: [...issue.history, filing].map((entry) => ({ ...entry, archivedAt: due })),
  };
}

function estimateOf({ fields }: JiraIssue, site: JiraSite): number | undefined {
  const field = site.fields.find(
    ({ name, schema }) =>
      schema.custom?.endsWith('jsw-story-points') === true || /^story points?/i.test(name),
  );
  const value = field === undefined ? undefined : fields[field.id];
  return typeof value === 'number' ? value : undefined;
}

function cycleOf({ fields }: JiraIssue, site: JiraSite): string | undefined {
  const field = site.fields.find(({ schema }) => schema.custom?.endsWith('gh-sprint') === true);
  const sprints = [field === undefined ? [] : fields[field.id]]
    .flat()
    .map((value) => propertiesOf(value)['id']);
  const last = sprints.filter((id) => typeof id === 'number').at(-1);
  return last === undefined ? undefined : linearId.cycle(last);
}

/** Each link once, as the issue tells it that it leads out of, and only between issues that are there. */
function relationsOf(site: JiraSite): readonly LinearRelation[] {
  const ids = new Set(site.issues.filter((issue) => !isEpic(issue)).map(({ id }) => id));
  return site.issues.flatMap((issue) =>
    (issue.fields.issuelinks ?? []).flatMap((value): readonly LinearRelation[] => {
      const link = propertiesOf(value);
      const other = propertiesOf(link['outwardIssue']);
      const name = String(propertiesOf(link['type'])['name']);
      if (!ids.has(String(other['id'])) || !ids.has(issue.id)) return [];
      const at = wholeSecond(linkedAt(issue, String(other['key'])));
      return [
        {
          id: uuidOf('relation', String(link['id'])),
          createdAt: at,
          updatedAt: at,
          issueId: linearId.issue(issue.id),
          relatedIssueId: linearId.issue(String(other['id'])),
          type: /block/i.test(name) ? 'blocks' : /duplicat/i.test(name) ? 'duplicate' : 'related',
        },
      ];
    }),
  );
}

function linkedAt({ created, histories }: JiraIssue, key: string): number {
  const linking = histories.find(({ items }) =>
    items.some((item) => item.field === 'Link' && item.to === key),
  );
  return linking?.created ?? created;
}
