import type { z } from 'zod';
import { kindsRead, type Offered } from './reference-kinds.ts';
import {
  allReleasesPage,
  censusPage,
  commentsPage,
  issuesPage,
  linkedIssuesPage,
  membershipsPage,
  mirroredPage,
  pollAnswer,
  relationsPage,
  spannedIssuesPage,
  staysPage,
} from './schemas.ts';

/** A question to Linear and the shape its answer must have. */
export interface LinearDocument<Schema extends z.ZodType = z.ZodType> {
  readonly text: string;
  readonly data: Schema;
}

/** Entries that come with an issue; what an issue has beyond them is asked for by itself. */
export const HISTORY_WITH_ISSUE = 6;
/** The same where a hundred issues share one question with everything else. */
export const HISTORY_WITH_CHANGE = 5;
/** How many of the newest relations a poll brings: so many and one more, which tells that these are all. */
export const RELATIONS_A_POLL = 51;
/** The same of memberships in releases, and of mirrors. */
export const ROWS_A_POLL = 20;
/** How many comments it brings, where they are read. */
const COMMENTS_A_POLL = 50;
/** Links of either direction that come with an issue. */
const LINKS_WITH_ISSUE = 3;
/** Of so many changed issues with links a poll brings so many links of either direction. */
const LINKED_A_POLL = 6;
const MOST_LINKS_A_POLL = 16;
/** Of so many changed issues it brings so many entries. */
const TOLD_A_POLL = 3;
const MOST_ENTRIES_A_POLL = 16;

/*
 * The cost of a question is worked out before it is answered: a property 0.1 point, an object 1, a list its rows times
 * what one costs, 10,000 at most. So ids stand for objects wherever Linear lets them, nothing is read that nothing
 * needs, and `identifier` of a project or an initiative is left alone: plans without it turn the answer into an error.
 * `includeArchived` stands everywhere, since Linear archives finished work by itself.
 */
const CORE = /* GraphQL */ `fragment Core on Issue {
  id identifier previousIdentifiers title priority estimate dueDate createdAt updatedAt trashed labelIds
  slaBreachesAt state { id name } team { id key } assignee { id } creator { id } project { id name }
  projectMilestone { id name } cycle { id } parent { id identifier }
}`;

export const ENTRY = /* GraphQL */ `fragment Entry on IssueHistory {
  id createdAt actorId
  fromStateId toStateId fromAssigneeId toAssigneeId fromCycleId toCycleId fromProjectId toProjectId
  fromParentId toParentId fromTeamId toTeamId fromPriority toPriority fromEstimate toEstimate
  fromDueDate toDueDate fromTitle toTitle fromSlaBreachesAt toSlaBreachesAt updatedDescription
  addedLabelIds removedLabelIds addedToReleaseIds removedFromReleaseIds archived trashed
  fromProjectMilestone { id } toProjectMilestone { id } fromDelegate { id } toDelegate { id }
  relationChanges { identifier type }
}`;

export const PAGE_INFO = 'pageInfo { hasNextPage endCursor }';

const history = (first: number) =>
  `history(first: ${first}, includeArchived: true) { nodes { ...Entry } ${PAGE_INFO} }`;

/** By what an issue goes and went: histories name a linked one as it was called on the day. */
export const NAMES = 'identifier previousIdentifiers';

/** Releases that come with an issue; whoever has so many may have more. */
export const RELEASES_WITH_ISSUE = 2;

const RELEASE = 'id name version';

/** What Linear's integration with Jira hangs on an issue that it keeps the same there. */
const OF_JIRA = 'filter: { sourceType: { eq: "jira" } }';

const relations = (
  first: number,
) => `relations(first: ${first}) { nodes { type relatedIssue { ${NAMES} } } ${PAGE_INFO} }
  inverseRelations(first: ${first}) { nodes { type issue { ${NAMES} } } ${PAGE_INFO} }`;

const links = ({ releases }: Offered) => /* GraphQL */ `fragment Links on Issue {
  ${releases ? `releases(first: ${RELEASES_WITH_ISSUE}, includeArchived: true) { nodes { ${RELEASE} } }` : ''}
  ${relations(LINKS_WITH_ISSUE)}
  attachments(first: 1, ${OF_JIRA}) { nodes { url } }
}`;

const comments = (args: string) => /* GraphQL */ `comments(${args}, includeArchived: true) {
    nodes { id createdAt issueId editedAt body url user { id } } ${PAGE_INFO}
  }`;

/** Comments with what they say, which goes no further than to be looked through for claims. */
export const COMMENTS = {
  text: `query Comments($first: Int!, $after: String, $filter: CommentFilter!) {
  ${comments('first: $first, after: $after, filter: $filter')}
}`,
  data: commentsPage,
} satisfies LinearDocument;

const ASCENDING = 'sort: [{ updatedAt: { order: Ascending } }]';
const DESCENDING = 'sort: [{ updatedAt: { order: Descending } }]';

/** A page of a walk, oldest change first; `archived` tells whether any was archived since the walk began. */
export const WALK = {
  text: /* GraphQL */ `query Walk($first: Int!, $filter: IssueFilter!, $archived: IssueFilter!) {
  issues(first: $first, includeArchived: true, filter: $filter, ${ASCENDING}) {
    nodes { ...Core ${history(HISTORY_WITH_ISSUE)} } ${PAGE_INFO}
  }
  archived: issues(first: 1, includeArchived: true, filter: $archived) { nodes { id } }
}
${CORE}
${ENTRY}`,
  data: issuesPage,
} satisfies LinearDocument;

/** Issues with their links, oldest change first: those of a filter that changed, or were archived. */
export const linkedQuestion = (offered: Offered) => ({
  text: /* GraphQL */ `query Linked($first: Int!, $filter: IssueFilter!) {
  issues(first: $first, includeArchived: true, filter: $filter, ${ASCENDING}) {
    nodes { ...Core ...Links ${history(HISTORY_WITH_ISSUE)} } ${PAGE_INFO}
  }
}
${CORE}
${links(offered)}
${ENTRY}`,
  data: linkedIssuesPage,
});

/** Issues by id with everything, and the stays in states that Linear keeps beside the history. */
export const spannedQuestion = (offered: Offered) => ({
  text: /* GraphQL */ `query Spanned($first: Int!, $filter: IssueFilter!) {
  issues(first: $first, includeArchived: true, filter: $filter) {
    nodes {
      ...Core ...Links ${history(HISTORY_WITH_ISSUE)}
      stateHistory(first: 10) { nodes { stateId startedAt } ${PAGE_INFO} }
    } ${PAGE_INFO}
  }
}
${CORE}
${links(offered)}
${ENTRY}`,
  data: spannedIssuesPage,
});

/** The stays in states that Linear keeps beside the histories of some issues, and nothing else of them. */
export const STAYS = {
  text: /* GraphQL */ `query Stays($first: Int!, $filter: IssueFilter!) {
  issues(first: $first, includeArchived: true, filter: $filter) {
    nodes {
      id createdAt updatedAt state { id }
      stateHistory(first: 10) { nodes { stateId startedAt } ${PAGE_INFO} }
    }
  }
}`,
  data: staysPage,
} satisfies LinearDocument;

/** Every link there is, newest first: as it takes no filter, one sweep is far cheaper than two lists of every issue. */
export const RELATIONS = {
  text: /* GraphQL */ `query Relations($first: Int!, $after: String) {
  issueRelations(first: $first, after: $after, orderBy: updatedAt) {
    nodes { type updatedAt issue { id ${NAMES} } relatedIssue { id ${NAMES} } } ${PAGE_INFO}
  }
  mirrored: attachments(first: 1, ${OF_JIRA}) { nodes { id } }
}`,
  data: relationsPage,
} satisfies LinearDocument;

/** Every issue that is mirrored in Jira, those first that became so last. */
export const MIRRORED = {
  text: /* GraphQL */ `query Mirrored($first: Int!, $after: String) {
  attachments(first: $first, after: $after, ${OF_JIRA}) {
    nodes { updatedAt: createdAt url issue { id } } ${PAGE_INFO}
  }
}`,
  data: mirroredPage,
} satisfies LinearDocument;

/** Every issue in a release: one row for each pair, those first that changed last. */
export const IN_RELEASES = {
  text: /* GraphQL */ `query InReleases($first: Int!, $after: String) {
  issueToReleases(first: $first, after: $after, orderBy: updatedAt) {
    nodes { updatedAt issue { id } release { ${RELEASE} } } ${PAGE_INFO}
  }
}`,
  data: membershipsPage,
} satisfies LinearDocument;

/** All releases of some issues. */
export const ALL_RELEASES = {
  text: /* GraphQL */ `query AllReleases($first: Int!, $filter: IssueFilter!) {
  issues(first: $first, includeArchived: true, filter: $filter) {
    nodes { id releases(first: 50, includeArchived: true) { nodes { ${RELEASE} } ${PAGE_INFO} } }
  }
}`,
  data: allReleasesPage,
} satisfies LinearDocument;

/** Which issues there are, by creation, which never changes. */
export const CENSUS = {
  text: /* GraphQL */ `query Census($first: Int!, $after: String, $filter: IssueFilter!) {
  issues(first: $first, after: $after, includeArchived: true, filter: $filter, orderBy: createdAt) {
    nodes { id trashed } ${PAGE_INFO}
  }
}`,
  data: censusPage,
} satisfies LinearDocument;

/** What changes without an issue changing: the newest of each list tells whether to read the reference again. */
const NEWEST = {
  newestStates: 'workflowStates',
  newestLabels: 'issueLabels',
  newestTeams: 'teams',
  newestProjects: 'projects',
  newestMilestones: 'projectMilestones',
  newestCycles: 'cycles',
  newestInitiatives: 'initiatives',
  newestMemberships: 'initiativeToProjects',
  newestProjectUpdates: 'projectUpdates',
  newestInitiativeUpdates: 'initiativeUpdates',
  newestReleases: 'releases',
} as const;

/**
 * Everything that changed since a moment, in one question, with the names that new histories may need. What a hundred
 * issues have no room for is there of a few, so that a few cost nothing more: see docs/operations.md.
 */
export const pollQuestion = (offered: Offered, withComments = false) => ({
  text: /* GraphQL */ `query Poll(
  $first: Int!, $changed: IssueFilter!, $linked: IssueFilter!${withComments ? ', $comments: CommentFilter!' : ''}
) {
  changed: issues(first: $first, includeArchived: true, filter: $changed, ${ASCENDING}) {
    nodes { ...Core ...Links ${history(HISTORY_WITH_CHANGE)} } ${PAGE_INFO}
  }
  longLinks: issues(first: ${LINKED_A_POLL}, includeArchived: true, filter: $linked, ${DESCENDING}) {
    nodes { id updatedAt ${relations(MOST_LINKS_A_POLL)} }
  }
  longHistories: issues(first: ${TOLD_A_POLL}, includeArchived: true, filter: $changed, ${DESCENDING}) {
    nodes { id updatedAt ${history(MOST_ENTRIES_A_POLL)} }
  }
  relations: issueRelations(first: ${RELATIONS_A_POLL}, includeArchived: true, orderBy: updatedAt) {
    nodes { type updatedAt issue { id ${NAMES} } relatedIssue { id ${NAMES} } }
  }
  ${
    offered.releases
      ? `inReleases: issueToReleases(first: ${ROWS_A_POLL}, includeArchived: true, orderBy: updatedAt) {
    nodes { updatedAt issue { id } release { id } }
  }`
      : ''
  }
  mirrored: attachments(first: ${ROWS_A_POLL}, ${OF_JIRA}) { nodes { updatedAt: createdAt url issue { id } } }
  ${withComments ? comments(`first: ${COMMENTS_A_POLL}, filter: $comments`) : ''}
  states: workflowStates(first: 250, includeArchived: true) { nodes { id name } ${PAGE_INFO} }
  ${newestOf(offered).join('\n  ')}
}
${CORE}
${links(offered)}
${ENTRY}`,
  data: pollAnswer,
});

function newestOf(offered: Offered): readonly string[] {
  const read = new Set<string>(kindsRead(offered));
  return Object.entries(NEWEST)
    .filter(([, list]) => read.has(list))
    .map(
      ([alias, list]) =>
        `${alias}: ${list}(first: 1, includeArchived: true, orderBy: updatedAt) { nodes { updatedAt } }`,
    );
}
