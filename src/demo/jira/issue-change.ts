import { documentOf } from './document.ts';
import type {
  JiraHistoryItem,
  JiraIssue,
  JiraIssueFields,
  JiraSite,
  JiraSprint,
  JiraSprintValue,
  JiraUser,
} from './model.ts';

/** What an edit sets; `null` clears. What is left out stays as it is. */
export interface IssueChanges {
  readonly statusId?: string;
  readonly summary?: string;
  /** In lines: `## ` before a heading, `- ` before an item of a list. */
  readonly description?: string | null;
  readonly assignee?: JiraUser | null;
  readonly labels?: readonly string[];
  readonly versionIds?: readonly string[];
  readonly sprintIds?: readonly number[];
  readonly parentId?: string | null;
  readonly dueDate?: string | null;
  /** Story points. */
  readonly estimate?: number | null;
  /** Seconds. */
  readonly remainingEstimate?: number | null;
}

/** An issue's fields after a change, and the items Jira records of it: none for what was so before. */
export interface ChangedFields {
  readonly fields: JiraIssueFields;
  readonly items: readonly JiraHistoryItem[];
}

/** Applies a change as Jira does. A value the site does not have is a mistake of the caller's: `RangeError`. */
export function changedFields(site: JiraSite, issue: JiraIssue, changes: IssueChanges): ChangedFields {
  let fields: JiraIssueFields = issue.fields;
  const items: JiraHistoryItem[] = [];
  const set = (id: string, value: unknown): void => {
    const { [id]: _, ...rest } = fields;
    fields = (value === null || value === undefined ? rest : { ...rest, [id]: value }) as JiraIssueFields;
  };
  const record = (field: string, fieldId: string | undefined, from: Side, to: Side): void => {
    if (from.id === to.id && from.text === to.text) return;
    items.push({
      field,
      fieldtype: fieldId?.startsWith('customfield_') === true ? 'custom' : 'jira',
      ...(fieldId === undefined ? {} : { fieldId }),
      from: from.id,
      fromString: from.text,
      to: to.id,
      toString: to.text,
    });
  };

  if (changes.statusId !== undefined) {
    const { id, name } = found(site.statuses, changes.statusId, 'status');
    record('status', 'status', named(fields.status), named({ id, name }));
    set('status', { id, name });
  }
  if (changes.summary !== undefined) {
    record('summary', 'summary', plain(fields.summary), plain(changes.summary));
    set('summary', changes.summary);
  }
  if (changes.description !== undefined) {
    const text = changes.description;
    // The history holds the text itself.
    record(
      'description',
      'description',
      plain(fields.description && JSON.stringify(fields.description)),
      plain(text),
    );
    set('description', text === null ? null : documentOf(text));
  }
  if (changes.assignee !== undefined) {
    record('assignee', 'assignee', person(fields.assignee), person(changes.assignee ?? undefined));
    set('assignee', changes.assignee);
  }
  if (changes.labels !== undefined) {
    record('labels', 'labels', words(fields.labels), words(changes.labels));
    set('labels', changes.labels);
  }
  if (changes.versionIds !== undefined) {
    const before = fields.fixVersions ?? [];
    const after = changes.versionIds.map((id) => {
      const { name } = found(site.versions, id, 'version');
      return { id, name };
    });
    // One item for each that goes and each that comes.
    for (const gone of before.filter(({ id }) => !after.some((one) => one.id === id))) {
      record('Fix Version', 'fixVersions', named(gone), NOTHING);
    }
    for (const come of after.filter(({ id }) => !before.some((one) => one.id === id))) {
      record('Fix Version', 'fixVersions', NOTHING, named(come));
    }
    set('fixVersions', after);
  }
  if (changes.sprintIds !== undefined) {
    const field = customField(site, 'gh-sprint');
    const after = changes.sprintIds.map((id) => sprintValue(found(site.sprints, id, 'sprint')));
    record('Sprint', field, sprintSide(fields[field]), sprintSide(after));
    set(field, after);
  }
  if (changes.parentId !== undefined) {
    const parent = changes.parentId === null ? undefined : found(site.issues, changes.parentId, 'issue');
    const side = (value: JiraIssueFields['parent']): Side =>
      value === undefined ? NOTHING : { id: value.id, text: value.key };
    // It has no field id in the history.
    record('IssueParentAssociation', undefined, side(fields.parent), side(parent));
    set('parent', parent && { id: parent.id, key: parent.key });
  }
  if (changes.dueDate !== undefined) {
    const side = (day: string | null | undefined): Side => ({
      id: day ?? null,
      text: day == null ? null : `${day} 00:00:00.0`,
    });
    record('duedate', 'duedate', side(fields.duedate), side(changes.dueDate));
    set('duedate', changes.dueDate);
  }
  if (changes.estimate !== undefined) {
    const field = customField(site, 'jsw-story-points');
    record('Story point estimate', field, plain(numeral(fields[field])), plain(numeral(changes.estimate)));
    set(field, changes.estimate);
  }
  if (changes.remainingEstimate !== undefined) {
    const side = (seconds: unknown): Side => ({
      id: numeral(seconds) ?? null,
      text: numeral(seconds) ?? null,
    });
    record('timeestimate', 'timeestimate', side(fields['timeestimate']), side(changes.remainingEstimate));
    set('timeestimate', changes.remainingEstimate);
  }
  return { fields, items };
}

/** A sprint as an issue's field shows it. */
export function sprintValue(sprint: JiraSprint): JiraSprintValue {
  const iso = (instant: number): string => new Date(instant).toISOString();
  const { id, name, state, boardId, startDate, endDate, completeDate } = sprint;
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

/** The row with an id, which must be there. */
export function found<Row extends { readonly id: string | number }>(
  rows: readonly Row[],
  id: string | number,
  kind: string,
): Row {
  const row = rows.find((candidate) => candidate.id === id);
  if (row === undefined) throw new RangeError(`The simulated site has no ${kind} ${id}.`);
  return row;
}

/** The id of the site's custom field of a type, which must be there. */
export function customField(site: JiraSite, type: string): string {
  const field = site.fields.find(({ schema }) => schema.custom?.endsWith(`:${type}`) === true);
  if (field === undefined) throw new RangeError(`The simulated site has no field of the type ${type}.`);
  return field.id;
}

interface Side {
  readonly id: string | null;
  readonly text: string | null;
}

const NOTHING: Side = { id: null, text: null };

function named({ id, name }: { readonly id: string; readonly name: string }): Side {
  return { id, text: name };
}

function plain(text: string | null | undefined): Side {
  return { id: null, text: text ?? null };
}

function person(user: JiraUser | undefined): Side {
  return user === undefined ? NOTHING : { id: user.accountId, text: user.displayName };
}

/** Labels come with an empty id. */
function words(labels: readonly string[] = []): Side {
  return { id: '', text: labels.join(' ') };
}

function sprintSide(value: unknown): Side {
  const sprints = Array.isArray(value) ? (value as readonly JiraSprintValue[]) : [];
  return { id: sprints.map(({ id }) => id).join(', '), text: sprints.map(({ name }) => name).join(', ') };
}

function numeral(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : undefined;
}
