import type { LinearIssue, LinearWorkspace } from './model.ts';

/** A row of any kind; its properties are read by the names the schema gives them. */
export type Row = object & { readonly id: string };

/** The workspace as a database that can be asked by type, by id and by reference. Types go by the schema's names. */
export interface Graph {
  readonly workspace: LinearWorkspace;
  readonly rows: (type: string) => readonly Row[];
  readonly byId: (type: string, id: string) => Row | undefined;
  /** The rows whose `property` is this id, or a list that holds it. */
  readonly referring: (type: string, property: string, id: string) => readonly Row[];
  readonly issueOfEntry: (entryId: string) => LinearIssue | undefined;
  /** By id, by identifier, or by an identifier it had before it moved. */
  readonly issueNamed: (idOrIdentifier: string) => LinearIssue | undefined;
  readonly identifierOf: (issue: LinearIssue) => string;
}

/** Indexes are made when they are first asked for, and hold for this one state of the workspace. */
export function createGraph(workspace: LinearWorkspace): Graph {
  const tables = tablesOf(workspace);
  const rows = (type: string): readonly Row[] => tables.get(type) ?? [];
  const ids = lazyIndex((type: string) => new Map(rows(type).map((row) => [row.id, row])));
  const references = lazyIndex((typeAndProperty: string) => {
    const [type = '', property = ''] = typeAndProperty.split('.');
    return Map.groupBy(
      rows(type).flatMap((row) => {
        const held: unknown = Reflect.get(row, property);
        return [held].flat().flatMap((id) => (typeof id === 'string' ? [{ id, row }] : []));
      }),
      ({ id }) => id,
    );
  });
  const keys = new Map(workspace.teams.map(({ id, key }) => [id, key]));
  const identifierOf = ({ teamId, number }: LinearIssue): string => `${keys.get(teamId) ?? '?'}-${number}`;
  const entries = lazy(
    () =>
      new Map(workspace.issues.flatMap((issue) => issue.history.map((entry) => [entry.id, issue] as const))),
  );
  const names = lazy(
    () =>
      new Map([
        // The present name wins over one that was given up.
        ...workspace.issues.flatMap((issue) =>
          issue.previousIdentifiers.map((name) => [name.toLowerCase(), issue] as const),
        ),
        ...workspace.issues.map((issue) => [identifierOf(issue).toLowerCase(), issue] as const),
        ...workspace.issues.map((issue) => [issue.id, issue] as const),
      ]),
  );
  return {
    workspace,
    rows,
    byId: (type, id) => ids(type).get(id),
    referring: (type, property, id) =>
      (references(`${type}.${property}`).get(id) ?? []).map(({ row }) => row),
    issueOfEntry: (entryId) => entries().get(entryId),
    issueNamed: (name) => names().get(name.toLowerCase()),
    identifierOf,
  };
}

function tablesOf(workspace: LinearWorkspace): ReadonlyMap<string, readonly Row[]> {
  return new Map<string, readonly Row[]>([
    ['Organization', [workspace.organization]],
    ['Team', workspace.teams],
    ['WorkflowState', workspace.states],
    ['User', workspace.users],
    ['IssueLabel', workspace.labels],
    ['Cycle', workspace.cycles],
    ['ProjectStatus', workspace.projectStatuses],
    ['Project', workspace.projects],
    ['ProjectMilestone', workspace.milestones],
    ['ProjectUpdate', workspace.projectUpdates],
    ['Initiative', workspace.initiatives],
    ['InitiativeUpdate', workspace.initiativeUpdates],
    ['InitiativeToProject', workspace.initiativeToProjects],
    ['ReleasePipeline', workspace.releasePipelines],
    ['Release', workspace.releases],
    ['IssueToRelease', workspace.issues.flatMap(membershipsOf)],
    ['Issue', workspace.issues],
    ['IssueRelation', workspace.relations],
    ['Attachment', workspace.attachments],
    ['Comment', workspace.comments],
  ]);
}

/** An issue in its releases, each since it was put there last. */
function membershipsOf({ id, createdAt, releaseIds = [], history }: LinearIssue): readonly Row[] {
  return releaseIds.map((releaseId) => {
    const added = history.findLast(({ addedToReleaseIds = [] }) => addedToReleaseIds.includes(releaseId));
    const at = added?.createdAt ?? createdAt;
    return { id: `${id}:${releaseId}`, createdAt: at, updatedAt: at, issueId: id, releaseId };
  });
}

function lazyIndex<Key extends string, Index>(make: (key: Key) => Index): (key: Key) => Index {
  const made = new Map<Key, Index>();
  return (key) => {
    const index = made.get(key) ?? make(key);
    made.set(key, index);
    return index;
  };
}

function lazy<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
