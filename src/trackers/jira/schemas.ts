import { z } from 'zod';

/*
 * What we read of Jira's answers, and nothing else: everything not named here is dropped at the door, names of
 * people among it, save those that quotes must not have. Lists may not be missing, since a missing list read as an
 * empty one would be a silent gap.
 */

/** Jira writes instants as epoch milliseconds, as ISO text, and as ISO text with an offset without a colon. */
const instant = z.union([z.number(), z.string()]).transform((value, context) => {
  const at = typeof value === 'number' ? value : Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (Number.isFinite(at)) return at;
  context.addIssue({ code: 'custom', message: 'is no instant' });
  return z.NEVER;
});

const id = z.union([z.string(), z.number().transform(String)]);
const named = z.object({ id, name: z.string().nullish() });
const person = z.object({ accountId: z.string().nullish() }).nullish();
/** Only where a quote must not have it. */
const namedPerson = z
  .object({ accountId: z.string().nullish(), displayName: z.string().nullish() })
  .nullish();
const listOf = <T extends z.ZodType>(element: T) => z.array(element).nullish();

const token = z.string().nullish();

export const serverInfo = z.object({ baseUrl: z.string(), serverTime: instant });

/** Only whether we are let in matters; who we are does not. */
export const myself = z.object({});

export const fieldList = z.array(
  z.object({
    id: z.string(),
    name: z.string().nullish(),
    schema: z
      .object({
        type: z.string().nullish(),
        items: z.string().nullish(),
        custom: z.string().nullish(),
      })
      .nullish(),
  }),
);

const issueType = z.object({
  id,
  name: z.string(),
  subtask: z.boolean().nullish(),
  hierarchyLevel: z.number().nullish(),
});
export type JiraIssueType = z.infer<typeof issueType>;

export const project = z.object({
  id,
  key: z.string(),
  name: z.string(),
  issueTypes: listOf(issueType),
  insight: z.object({ totalIssueCount: z.number().nullish() }).nullish(),
  archived: z.boolean().nullish(),
  deleted: z.boolean().nullish(),
});
export type JiraProject = z.infer<typeof project>;

/** The statuses of a project come once for every issue type that uses them. */
export const projectStatuses = z.array(
  issueType.extend({
    statuses: z.array(
      z.object({ id, name: z.string(), statusCategory: z.object({ key: z.string() }).nullish() }),
    ),
  }),
);
export type JiraProjectStatuses = z.infer<typeof projectStatuses>;

export const version = z.object({
  id,
  name: z.string(),
  released: z.boolean().nullish(),
  releaseDate: z.string().nullish(),
});
export type JiraVersion = z.infer<typeof version>;

export const board = z.object({
  id,
  name: z.string().nullish(),
  type: z.string().nullish(),
  location: z.object({ projectId: id.nullish() }).nullish(),
});

export const boardConfiguration = z.object({
  columnConfig: z
    .object({ columns: z.array(z.object({ name: z.string(), statuses: z.array(z.object({ id })) })) })
    .nullish(),
  estimation: z.object({ field: z.object({ fieldId: z.string().nullish() }).nullish() }).nullish(),
});

export const sprint = z.object({
  id,
  name: z.string(),
  startDate: instant.nullish(),
  endDate: instant.nullish(),
  completeDate: instant.nullish(),
  // A list of sprints and an issue call it differently.
  originBoardId: id.nullish(),
  boardId: id.nullish(),
});
export type JiraSprint = z.infer<typeof sprint>;

const linkedIssue = z.object({ id: id.nullish(), key: z.string() }).nullish();
const link = z.object({
  type: z.object({ inward: z.string().nullish(), outward: z.string().nullish() }).nullish(),
  inwardIssue: linkedIssue,
  outwardIssue: linkedIssue,
});

const issue = z.object({
  id,
  key: z.string(),
  // Custom fields have a number for a name and any shape at all: they are read where they are understood.
  fields: z.looseObject({
    created: instant,
    updated: instant,
    status: named,
    issuetype: named.extend({ hierarchyLevel: z.number().nullish() }),
    project: named,
    summary: z.string().nullish(),
    priority: named.nullish(),
    resolution: named.nullish(),
    assignee: namedPerson,
    reporter: namedPerson,
    creator: namedPerson,
    parent: z.object({ id, key: z.string().nullish() }).nullish(),
    duedate: z.string().nullish(),
    timeestimate: z.number().nullish(),
    timeoriginalestimate: z.number().nullish(),
    labels: listOf(z.string()),
    fixVersions: listOf(named),
    components: listOf(named),
    issuelinks: listOf(link),
  }),
});
export type JiraIssue = z.infer<typeof issue>;

const comment = z.object({
  id,
  created: instant,
  updated: instant.nullish(),
  author: person,
  // A tree, which is read as far as it is understood.
  body: z.unknown(),
});
export type JiraComment = z.infer<typeof comment>;

export const commentPage = z.object({ comments: z.array(comment), total: z.number() });

const pageOf = <T extends z.ZodType>(row: T) =>
  z
    .object({ issues: z.array(row), nextPageToken: token, isLast: z.boolean().nullish() })
    .refine((page) => page.isLast !== false || Boolean(page.nextPageToken), {
      message: 'says that more follows, but not where',
    });

export const searchPage = pageOf(issue);

/** A page of a search for ids alone. */
export const idPage = pageOf(z.object({ id }));

/** Issues that were asked for by id. */
export const issueList = z.object({ issues: z.array(issue) });

export const tenantInfo = z.object({ cloudId: z.string().min(1) });

/** One changed field. Values that are no text are left out. */
export interface JiraHistoryItem {
  readonly field: string;
  readonly fieldId: string | undefined;
  readonly isCustom: boolean;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly fromText: string | undefined;
  readonly toText: string | undefined;
}

// Not a zod object: one that knows of a property `toString` finds that method in every item without it.
const historyItem = z.unknown().transform((value, context): JiraHistoryItem => {
  const own = (name: string): string | undefined => {
    const found: unknown =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? Reflect.get(value, name)
        : undefined;
    return typeof found === 'string' ? found : undefined;
  };
  const field = own('field');
  if (field === undefined) {
    context.addIssue({ code: 'custom', message: 'names no field' });
    return z.NEVER;
  }
  return {
    field,
    fieldId: own('fieldId'),
    isCustom: own('fieldtype') === 'custom',
    from: own('from'),
    to: own('to'),
    fromText: own('fromString'),
    toText: own('toString'),
  };
});

const history = z.object({ id, created: instant, author: person, items: z.array(historyItem) });
export type JiraHistory = z.infer<typeof history>;

export const historyPage = z.object({
  issueChangeLogs: z.array(z.object({ issueId: id, changeHistories: z.array(history) })),
  nextPageToken: token,
});

/** A page of a list that is walked by position. `startAt` is checked, so that a page given twice skips no rows. */
export const pageAt = <T extends z.ZodType>(row: T, startAt: number) =>
  z
    .object({
      values: z.array(row),
      startAt: z.number().nullish(),
      total: z.number().nullish(),
      isLast: z.boolean().nullish(),
    })
    .refine((page) => (page.startAt ?? startAt) === startAt, {
      message: 'is another page than the one asked for',
    });
