import type {
  JiraComment,
  JiraField,
  JiraHistory,
  JiraIssue,
  JiraSite,
  JiraStatus,
  JiraUser,
} from './model.ts';

/** Writes the site's data as Jira Cloud's JSON. */
export interface Renderer {
  /** The issue with the named fields; `undefined` fields stands for all. Unknown names are passed over, as in Jira. */
  issue(
    issue: JiraIssue,
    fields: ReadonlySet<string> | undefined,
    updated: number,
  ): Readonly<Record<string, unknown>>;
  status(status: JiraStatus): Readonly<Record<string, unknown>>;
  /** The e-mail is shown of those who let others see it. */
  user(user: JiraUser & { readonly emailAddress?: string }): Readonly<Record<string, unknown>>;
  comment(issue: JiraIssue, comment: JiraComment): Readonly<Record<string, unknown>>;
  /** The same history has a number for `created` in bulk answers and text everywhere else. */
  history(history: JiraHistory, created: 'number' | 'text'): Readonly<Record<string, unknown>>;
  /** An instant in the site's zone: `2026-07-01T09:00:00.000-0700`. */
  instant(milliseconds: number): string;
}

/** Jira does not say how many; its page of comments has more. */
const MOST_INLINE_COMMENTS = 20;

/** A renderer for one site, served at `baseUrl()`. */
export function createRenderer(site: JiraSite, baseUrl: () => string): Renderer {
  const statuses = new Map(site.statuses.map((status) => [status.id, status]));
  const listFields = new Set(site.fields.filter(({ schema }) => schema.type === 'array').map(({ id }) => id));
  const instant = instantWriter(site.zone ?? 'UTC');
  const self = (path: string): { readonly self: string } => ({ self: `${baseUrl()}${path}` });

  const user: Renderer['user'] = ({ accountId, displayName, emailAddress, active = true }) => ({
    ...self(`/rest/api/3/user?accountId=${encodeURIComponent(accountId)}`),
    accountId,
    displayName,
    ...(emailAddress === undefined ? {} : { emailAddress }),
    active,
    accountType: 'atlassian',
  });

  const status: Renderer['status'] = ({ id, name, category, projectId }) => ({
    ...self(`/rest/api/3/status/${id}`),
    id,
    name,
    statusCategory: STATUS_CATEGORIES[category],
    ...(projectId === undefined ? {} : { scope: { type: 'PROJECT', project: { id: projectId } } }),
  });

  const value = (issue: JiraIssue, field: JiraField['id'], updated: number): unknown => {
    switch (field) {
      case 'created':
        return instant(issue.created);
      case 'updated':
        return instant(updated);
      case 'status': {
        const { id, name, category = 'new' } = issue.fields.status;
        return status(statuses.get(id) ?? { id, name, category });
      }
      case 'assignee':
      case 'reporter':
      case 'creator': {
        const person = issue.fields[field];
        return person === undefined ? null : user(person);
      }
      case 'comment':
        return inlineComments(issue);
      default:
        return (
          issue.fields[field] ?? (listFields.has(field) && !field.startsWith('customfield_') ? [] : null)
        );
    }
  };

  const comment: Renderer['comment'] = (issue, { id, created, updated, author, body }) => ({
    ...self(`/rest/api/3/issue/${issue.id}/comment/${id}`),
    id,
    ...(author === undefined ? {} : { author: user(author) }),
    body,
    created: instant(created),
    updated: instant(updated),
  });

  /** Only the first come with an issue; `total` tells of the others. */
  function inlineComments(issue: JiraIssue): object {
    const { comments = [] } = issue;
    const shown = comments.slice(0, MOST_INLINE_COMMENTS).map((one) => comment(issue, one));
    return { comments: shown, maxResults: shown.length, total: comments.length, startAt: 0 };
  }

  return {
    status,
    user,
    comment,
    instant,
    issue: (issue, fields, updated) => {
      const known = new Set([...site.fields.map(({ id }) => id), ...Object.keys(issue.fields), 'comment']);
      const shown = [...known].filter((field) => fields === undefined || fields.has(field));
      return {
        expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
        id: issue.id,
        ...self(`/rest/api/3/issue/${issue.id}`),
        key: issue.key,
        fields: Object.fromEntries(shown.map((field) => [field, value(issue, field, updated)])),
      };
    },
    history: ({ id, author, created, items }, form) => ({
      id,
      ...(author === undefined ? { author: null } : { author: user(author) }),
      created: form === 'number' ? created : instant(created),
      items,
    }),
  };
}

const STATUS_CATEGORIES: Readonly<Record<JiraStatus['category'], object>> = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
};

function instantWriter(zone: string): (milliseconds: number) => string {
  const offsets = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  return (milliseconds) => {
    // `longOffset` writes `GMT`, `GMT-07:00` or `GMT+05:45`.
    const name =
      offsets.formatToParts(milliseconds).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
    const [, sign = '+', hours = '00', minutes = '00'] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
    const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
    return new Date(milliseconds + offset).toISOString().replace('Z', `${sign}${hours}${minutes}`);
  };
}
