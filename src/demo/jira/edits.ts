import type { SimulatedClock } from '../clock.ts';
import { changedFields, customField, found, type IssueChanges, sprintValue } from './issue-change.ts';
import { linkedEnds, linksIn, notLeadingTo, showing, unlinkedEnds } from './linking.ts';
import type {
  JiraHistoryItem,
  JiraIssue,
  JiraIssueFields,
  JiraProject,
  JiraSite,
  JiraSprint,
  JiraUser,
} from './model.ts';

type ListName = 'projects' | 'statuses' | 'issueTypes' | 'fields' | 'versions' | 'boards' | 'sprints';

/**
 * Changes of a site while it is served, recorded as Jira would, at the simulated clock. Ids that are not there are a
 * mistake of the caller's and throw a `RangeError`. Without an author a change is an automation's.
 */
export interface JiraEdits {
  readonly createIssue: (
    fields: Pick<JiraIssueFields, 'summary'> & {
      readonly projectId: string;
      readonly typeId: string;
      readonly statusId: string;
    },
    author?: JiraUser,
  ) => JiraIssue;
  /** Changes one issue, or several at one go: then all bear the same millisecond. */
  readonly update: (ids: string | readonly string[], changes: IssueChanges, author?: JiraUser) => void;
  /** Adds a comment, replaces the one with its id, or without a body takes that away. Leaves no history. */
  readonly comment: (
    issueId: string,
    comment: { readonly id: string; readonly author?: JiraUser; readonly body?: unknown },
  ) => void;
  /** A change that leaves no history. */
  readonly touch: (ids: string | readonly string[]) => void;
  /** Makes an issue block another; gives the id of the link. Both histories name the other by its key. */
  readonly link: (blockerId: string, blockedId: string, author?: JiraUser) => string;
  readonly unlink: (linkId: string, author?: JiraUser) => void;
  /** Under a new key; the id stays. What is linked with it or lies under it shows the new one from then on. */
  readonly moveToProject: (id: string, projectId: string, author?: JiraUser) => void;
  /** For good, with its history. What led to it leads there no more, and does not change by that. */
  readonly remove: (ids: string | readonly string[]) => void;
  /** Keeps issues from the reader, or shows them again; they do not change by that. */
  readonly hide: (ids: string | readonly string[], isHidden?: boolean) => void;
  /** Ends a sprint. What is not done goes on into the next one, if one is given. */
  readonly closeSprint: (id: number, nextId?: number) => void;
  /**
   * Adds or replaces anything else, by id: a project that is archived, a version with another date. Touches no issue,
   * though all of a project whose key is another then have that key, without a trace in their histories.
   */
  readonly save: <Name extends ListName>(list: Name, entity: JiraSite[Name][number]) => void;
  readonly drop: (list: ListName, id: string | number) => void;
}

/** Edits of the site that `read` gives and `write` replaces. */
export function createEdits(
  read: () => JiraSite,
  write: (site: JiraSite) => void,
  clock: SimulatedClock,
): JiraEdits {
  const issueOf = (id: string): JiraIssue => found(read().issues, id, 'issue');
  let lastHistory = highest(read().issues.flatMap(({ histories }) => histories.map(({ id }) => id)));
  let lastLink = highest(read().issues.flatMap(({ fields }) => linksIn(fields).map(({ id }) => id)));
  let lastIssue = highest(read().issues.map(({ id }) => id));

  function put(issues: readonly JiraIssue[]): void {
    const changed = new Map(issues.map((issue) => [issue.id, issue]));
    const site = read();
    write({ ...site, issues: site.issues.map((issue) => changed.get(issue.id) ?? issue) });
  }

  function recorded(
    issue: JiraIssue,
    fields: JiraIssueFields,
    items: readonly JiraHistoryItem[],
    author: JiraUser | undefined,
  ): JiraIssue {
    if (items.length === 0) return issue;
    const created = clock.now();
    lastHistory += 1;
    const history = { id: String(lastHistory), created, ...(author === undefined ? {} : { author }), items };
    return { ...issue, fields, updated: created, histories: [...issue.histories, history] };
  }

  function update(ids: string | readonly string[], changes: IssueChanges, author?: JiraUser): void {
    put(
      [ids].flat().map((id) => {
        const { fields, items } = changedFields(read(), issueOf(id), changes);
        return recorded(issueOf(id), fields, items, author);
      }),
    );
  }

  function nextKey(projectId: string): string {
    const { key } = found(read().projects, projectId, 'project');
    const numbers = read()
      .issues.map((issue) => [issue.key, ...formerKeys(issue)])
      .flat();
    const taken = numbers.flatMap((text) => (text.startsWith(`${key}-`) ? [text.slice(key.length + 1)] : []));
    return `${key}-${highest(taken) + 1}`;
  }

  return {
    createIssue: ({ projectId, typeId, statusId, summary }, author) => {
      const site = read();
      const { id, key, name } = found(site.projects, projectId, 'project');
      const type = found(site.issueTypes, typeId, 'issue type');
      const status = found(site.statuses, statusId, 'status');
      lastIssue += 1;
      const issue: JiraIssue = {
        id: String(lastIssue),
        key: nextKey(projectId),
        created: clock.now(),
        updated: clock.now(),
        fields: {
          summary,
          project: { id, key, name },
          issuetype: { ...type, subtask: type.hierarchyLevel < 0 },
          status: { id: status.id, name: status.name },
          ...(author === undefined ? {} : { creator: author, reporter: author }),
        },
        histories: [],
      };
      write({ ...site, issues: [...site.issues, issue] });
      return issue;
    },
    update,
    comment: (issueId, { id, author, body }) => {
      const issue = issueOf(issueId);
      const now = clock.now();
      const { comments = [] } = issue;
      const before = comments.find((one) => one.id === id);
      const written = { id, created: before?.created ?? now, updated: now, body };
      const after = { ...written, ...(author === undefined ? {} : { author }) };
      const rest = comments.filter((one) => one !== before);
      put([{ ...issue, updated: now, comments: body === undefined ? rest : [...rest, after] }]);
    },
    touch: (ids) => {
      put([ids].flat().map((id) => ({ ...issueOf(id), updated: clock.now() })));
    },
    link: (blockerId, blockedId, author) => {
      lastLink += 1;
      const id = String(lastLink);
      const ends = linkedEnds(id, issueOf(blockerId), issueOf(blockedId));
      put(ends.map(({ issue, fields, items }) => recorded(issue, fields, items, author)));
      return id;
    },
    unlink: (linkId, author) => {
      const ends = unlinkedEnds(linkId, read().issues);
      if (ends.length === 0) throw new RangeError(`The simulated site has no link ${linkId}.`);
      put(ends.map(({ issue, fields, items }) => recorded(issue, fields, items, author)));
    },
    moveToProject: (id, projectId, author) => {
      const issue = issueOf(id);
      const { project } = issue.fields;
      const { key, name } = found(read().projects, projectId, 'project');
      const newKey = nextKey(projectId);
      const items: readonly JiraHistoryItem[] = [
        { field: 'Key', fieldtype: 'jira', from: null, fromString: issue.key, to: null, toString: newKey },
        {
          field: 'project',
          fieldtype: 'jira',
          fieldId: 'project',
          from: project.id,
          fromString: project.name,
          to: projectId,
          toString: name,
        },
      ];
      const fields = { ...issue.fields, project: { id: projectId, key, name } };
      put([
        ...read().issues.flatMap((other) => showing(other, { id, key: newKey })),
        { ...recorded(issue, fields, items, author), key: newKey },
      ]);
    },
    remove: (ids) => {
      const gone = new Set([ids].flat().map((id) => issueOf(id).id));
      const left = read().issues.filter(({ id }) => !gone.has(id));
      write({ ...read(), issues: left.map((issue) => notLeadingTo(issue, gone)) });
    },
    hide: (ids, isHidden = true) => {
      put([ids].flat().map((id) => ({ ...issueOf(id), isHidden })));
    },
    closeSprint: (id, nextId) => {
      const sprint = found(read().sprints, id, 'sprint');
      saveSprint({ ...sprint, state: 'closed', completeDate: clock.now() });
      if (nextId === undefined) return;
      const field = customField(read(), 'gh-sprint');
      const done = new Set(
        read()
          .statuses.filter(({ category }) => category === 'done')
          .map((one) => one.id),
      );
      for (const issue of read().issues) {
        const ids = sprintsIn(issue.fields[field]).map((value) => value.id);
        if (!ids.includes(id) || done.has(issue.fields.status.id)) continue;
        update(issue.id, { sprintIds: [...new Set([...ids, nextId])] });
      }
    },
    save: (list, entity) => {
      if (list === 'sprints') saveSprint(entity as JiraSprint);
      else {
        const rows: readonly Row[] = read()[list];
        write({ ...read(), [list]: withRow(rows, entity) });
        if (list === 'projects') rekey(entity as JiraProject);
      }
    },
    drop: (list, id) => {
      const rows: readonly Row[] = read()[list];
      const row = found(rows, id, list);
      write({ ...read(), [list]: rows.filter((other) => other !== row) });
    },
  };

  /** Issues bear the key of their project, and what is linked with them shows it. */
  function rekey({ id: projectId, key, name }: JiraProject): void {
    for (const issue of read().issues) {
      const now = `${key}-${issue.key.slice(issue.key.lastIndexOf('-') + 1)}`;
      if (issue.fields.project.id !== projectId || issue.key === now) continue;
      const { id } = issue;
      put(read().issues.flatMap((other) => showing(other, { id, key: now })));
      const project = { id: projectId, key, name };
      put([{ ...issueOf(id), key: now, fields: { ...issueOf(id).fields, project } }]);
    }
  }

  /** Issues show a sprint as it is now. */
  function saveSprint(sprint: JiraSprint): void {
    const site = read();
    const field = customField(site, 'gh-sprint');
    write({
      ...site,
      sprints: withRow(site.sprints, sprint),
      issues: site.issues.map((issue) => {
        const values = sprintsIn(issue.fields[field]);
        if (!values.some(({ id }) => id === sprint.id)) return issue;
        const now = values.map((value) => (value.id === sprint.id ? sprintValue(sprint) : value));
        return { ...issue, fields: { ...issue.fields, [field]: now } };
      }),
    });
  }
}

interface Row {
  readonly id: string | number;
}

function withRow<One extends Row>(rows: readonly One[], row: One): readonly One[] {
  const isThere = rows.some(({ id }) => id === row.id);
  return isThere ? rows.map((other) => (other.id === row.id ? row : other)) : [...rows, row];
}

function sprintsIn(value: unknown): readonly ReturnType<typeof sprintValue>[] {
  return Array.isArray(value) ? value : [];
}

function formerKeys({ histories }: JiraIssue): readonly string[] {
  return histories.flatMap(({ items }) =>
    items.flatMap(({ field, fromString }) => (field === 'Key' && fromString != null ? [fromString] : [])),
  );
}

function highest(numbers: readonly string[]): number {
  return numbers.reduce((most, text) => (Number(text) > most ? Number(text) : most), 0);
}
