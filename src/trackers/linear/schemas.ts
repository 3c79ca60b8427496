import { z } from 'zod';

/*
 * What we read of Linear's answers, and nothing else. Lists may not be missing, since a missing list read as an empty
 * one would be a silent gap; single values are missing wherever Linear's schema lets them be null.
 */

/** Linear writes instants as ISO text. */
export const instant = z.string().transform((value, context) => {
  const at = Date.parse(value);
  if (Number.isFinite(at)) return at;
  context.addIssue({ code: 'custom', message: 'is no instant' });
  return z.NEVER;
});

const id = z.string().min(1);
const text = z.string().nullish();
const number = z.number().nullish();
const flag = z.boolean().nullish();
const ids = z.array(id).nullish();
const object = z.object({ id }).nullish();
const named = z.object({ id, name: z.string() });

/** A page of a list. */
export const pageOf = <T extends z.ZodType>(node: T) =>
  z.object({
    nodes: z.array(node),
    pageInfo: z
      .object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })
      .refine((page) => !page.hasNextPage || Boolean(page.endCursor), {
        message: 'says that more follows, but not where',
      }),
  });

const entry = z.object({
  id,
  createdAt: instant,
  actorId: text,
  fromStateId: text,
  toStateId: text,
  fromAssigneeId: text,
  toAssigneeId: text,
  fromCycleId: text,
  toCycleId: text,
  fromProjectId: text,
  toProjectId: text,
  fromParentId: text,
  toParentId: text,
  fromTeamId: text,
  toTeamId: text,
  fromPriority: number,
  toPriority: number,
  fromEstimate: number,
  toEstimate: number,
  fromDueDate: text,
  toDueDate: text,
  fromTitle: text,
  toTitle: text,
  fromSlaBreachesAt: instant.nullish(),
  toSlaBreachesAt: instant.nullish(),
  updatedDescription: flag,
  addedLabelIds: ids,
  removedLabelIds: ids,
  addedToReleaseIds: ids,
  removedFromReleaseIds: ids,
  archived: flag,
  trashed: flag,
  fromProjectMilestone: object,
  toProjectMilestone: object,
  fromDelegate: object,
  toDelegate: object,
  relationChanges: z.array(z.object({ identifier: z.string(), type: z.string() })).nullish(),
});
export type LinearEntry = z.infer<typeof entry>;

export const historyPage = pageOf(entry);
export type LinearHistory = z.infer<typeof historyPage>;

/** By what an issue goes, and went before, oldest first. */
const names = { identifier: z.string(), previousIdentifiers: z.array(z.string()) };

const relation = z.object({
  type: z.string(),
  /** The other end, whichever side was asked for. */
  issue: z.object(names).nullish(),
  relatedIssue: z.object(names).nullish(),
});
const relationPage = pageOf(relation);
export type LinearRelationPage = z.infer<typeof relationPage>;

const release = z.object({ id, name: z.string(), version: text });
export type ShownRelease = z.infer<typeof release>;

/** Of what Linear's integration with Jira hung on an issue, the newest. */
const mirrored = z.object({ nodes: z.array(z.object({ url: z.string() })).readonly() });

const issue = z.object({
  id,
  ...names,
  title: z.string(),
  priority: z.number(),
  estimate: number,
  dueDate: text,
  slaBreachesAt: instant.nullish(),
  createdAt: instant,
  updatedAt: instant,
  trashed: flag,
  labelIds: z.array(id),
  state: named,
  team: z.object({ id, key: z.string() }),
  assignee: object,
  creator: object,
  project: named.nullish(),
  projectMilestone: named.nullish(),
  cycle: object,
  parent: z.object({ id, identifier: z.string() }).nullish(),
  history: historyPage,
  /** Absent where they are asked for by themselves, and where Linear does not offer them. */
  releases: z.object({ nodes: z.array(release).readonly() }).optional(),
  /** Absent where they are asked for by themselves. */
  attachments: mirrored.optional(),
});
export type LinearIssue = z.infer<typeof issue>;

const linkedIssue = issue.extend({
  relations: relationPage,
  inverseRelations: relationPage,
  attachments: mirrored,
});
export type LinkedIssue = z.infer<typeof linkedIssue>;

const spannedIssue = linkedIssue.extend({
  stateHistory: pageOf(z.object({ stateId: id, startedAt: instant })),
});

const stays = spannedIssue
  .pick({ id: true, createdAt: true, updatedAt: true, stateHistory: true })
  .extend({ state: z.object({ id }) });
export type LinearStays = z.infer<typeof stays>;

export const issuesPage = z.object({
  issues: pageOf(issue),
  archived: z.object({ nodes: z.array(z.object({ id })) }),
});
export const linkedIssuesPage = z.object({ issues: pageOf(linkedIssue) });
export const staysPage = z.object({ issues: z.object({ nodes: z.array(stays) }) });
export const spannedIssuesPage = z.object({ issues: pageOf(spannedIssue) });
export const censusPage = z.object({ issues: pageOf(z.object({ id, trashed: flag })) });

const related = z.object({ id, ...names });
const rowOfIssue = z.object({ updatedAt: instant, issue: z.object({ id }) });
/** Something that hangs on an issue, and when it changed. */
export type RowOfIssue = z.infer<typeof rowOfIssue>;
const relationRow = z.object({ type: z.string(), updatedAt: instant, issue: related, relatedIssue: related });
export type RelationRow = z.infer<typeof relationRow>;
const mirrorRow = rowOfIssue.extend({ url: z.string() });

export const relationsPage = z.object({
  issueRelations: pageOf(relationRow),
  mirrored: z.object({ nodes: z.array(z.object({ id })) }),
});

export const membershipsPage = z.object({
  issueToReleases: pageOf(rowOfIssue.extend({ release })),
});
export const mirroredPage = z.object({
  attachments: pageOf(mirrorRow),
});
export const allReleasesPage = z.object({
  issues: z.object({ nodes: z.array(z.object({ id, releases: pageOf(release) })) }),
});

/** By alias: a further page for each issue that was asked about. */
export const drainedHistories = z.record(z.string(), z.object({ history: historyPage }));
export const drainedRelations = z.record(
  z.string(),
  z.union([z.object({ relations: relationPage }), z.object({ inverseRelations: relationPage })]),
);

/** The newest of a list, of which only the moment matters. */
const newest = z.object({ nodes: z.array(z.object({ updatedAt: instant })) });

const comment = z.object({
  id,
  createdAt: instant,
  issueId: text,
  editedAt: instant.nullish(),
  body: text,
  url: text,
  user: object,
});
export type LinearComment = z.infer<typeof comment>;

export const pollAnswer = z.object({
  changed: pageOf(linkedIssue),
  longLinks: z.object({
    nodes: z.array(linkedIssue.pick({ id: true, updatedAt: true, relations: true, inverseRelations: true })),
  }),
  longHistories: z.object({
    nodes: z.array(linkedIssue.pick({ id: true, updatedAt: true, history: true })),
  }),
  relations: z.object({ nodes: z.array(relationRow) }),
  mirrored: z.object({ nodes: z.array(mirrorRow) }),
  inReleases: z.object({ nodes: z.array(rowOfIssue.extend({ release: z.object({ id }) })) }).optional(),
  comments: pageOf(comment).optional(),
  states: pageOf(named),
  newestStates: newest,
  newestLabels: newest,
  newestTeams: newest,
  newestProjects: newest,
  newestMilestones: newest,
  newestCycles: newest,
  newestInitiatives: newest.optional(),
  newestMemberships: newest.optional(),
  newestProjectUpdates: newest,
  newestInitiativeUpdates: newest.optional(),
  newestReleases: newest.optional(),
});
export type PollAnswer = z.infer<typeof pollAnswer>;

export const commentsPage = z.object({ comments: pageOf(comment) });
