import type { SimulatedClock } from '../clock.ts';
import { uuidOf } from './ids.ts';
import { type IssueChanges, withValues } from './issue-change.ts';
import type {
  LinearEntity,
  LinearIssue,
  LinearIssueFields,
  LinearRelation,
  LinearWorkspace,
} from './model.ts';
import { createRecorder } from './recorder.ts';

type Lists = Omit<LinearWorkspace, 'now' | 'organization' | 'issues' | 'relations'>;
export type ListName = keyof Lists;
type ListEntity<Name extends ListName> = Lists[Name][number];

/**
 * Changes of a workspace while it is served, recorded as Linear would, at the simulated clock. Ids that are not there
 * are a mistake of the caller's and throw a `RangeError`. Without an actor a change is an automation's.
 */
export interface LinearEdits {
  readonly createIssue: (
    fields: Pick<LinearIssueFields, 'title' | 'teamId' | 'stateId'> & Partial<LinearIssueFields>,
    actorId?: string,
  ) => LinearIssue;
  /** Changes one issue, or several at one go: then all bear the same millisecond. */
  readonly update: (ids: string | readonly string[], changes: IssueChanges, actorId?: string) => void;
  /** Moves an issue: new identifier, the same kind of state over there, and out of its cycle. */
  readonly moveToTeam: (id: string, teamId: string, actorId?: string) => void;
  /** Leaves `updatedAt` as it is, as Linear does. */
  readonly archive: (ids: string | readonly string[], how?: 'by hand' | 'by itself') => void;
  readonly unarchive: (id: string, actorId?: string) => void;
  /** Into the trash, and the archive; `updatedAt` stays as it is. */
  readonly trash: (id: string, actorId?: string) => void;
  /** Out of the trash. */
  readonly restore: (id: string, actorId?: string) => void;
  /** For good, with all that hangs on it, as when its time in the trash is over. */
  readonly purge: (id: string) => void;
  readonly relate: (
    issueId: string,
    type: LinearRelation['type'],
    relatedIssueId: string,
    actorId?: string,
  ) => LinearRelation;
  readonly unrelate: (relationId: string, actorId?: string) => void;
  /** Adds or replaces any other entity, by id; its `updatedAt` becomes now. */
  readonly save: <Name extends ListName>(list: Name, entity: ListEntity<Name>) => void;
  readonly remove: (list: ListName, id: string) => void;
}

/** What happened, for those who are told of it. */
export interface Edit {
  readonly action: 'create' | 'update' | 'remove';
  readonly list: ListName | 'issues';
  readonly before: LinearEntity | undefined;
  readonly after: LinearEntity;
  readonly actorId: string | undefined;
}

/** Edits of the workspace that `read` gives and `write` replaces. */
export function createEdits(
  read: () => LinearWorkspace,
  write: (workspace: LinearWorkspace) => void,
  clock: SimulatedClock,
  told: (edit: Edit) => void,
): LinearEdits {
  let made = 0;
  const newId = (kind: string): string => {
    made += 1;
    return uuidOf('made while served', kind, made, clock.now());
  };
  const issueOf = (id: string): LinearIssue => found(read().issues, id, 'issue');
  const { change, recorded, filed, unfiled } = createRecorder(clock, () => read().states, newId);

  function put(issues: readonly LinearIssue[]): void {
    const changed = new Map(issues.map((issue) => [issue.id, issue]));
    const workspace = read();
    write({ ...workspace, issues: workspace.issues.map((issue) => changed.get(issue.id) ?? issue) });
  }

  function edit(
    ids: string | readonly string[],
    change: (issue: LinearIssue) => LinearIssue,
    actorId: string | undefined,
    action: Edit['action'] = 'update',
  ): void {
    const pairs = [ids].flat().map((id) => ({ before: issueOf(id), after: change(issueOf(id)) }));
    put(pairs.map(({ after }) => after));
    for (const { before, after } of pairs) told({ action, list: 'issues', before, after, actorId });
  }

  function relationChanged(relation: LinearRelation, sign: 'a' | 'r', actorId: string | undefined): void {
    const keys = new Map(read().teams.map(({ id, key }) => [id, key]));
    const nameOf = (id: string): string => `${keys.get(issueOf(id).teamId)}-${issueOf(id).number}`;
    const sides = [
      [relation.issueId, relation.relatedIssueId, CODES[relation.type][0]],
      [relation.relatedIssueId, relation.issueId, CODES[relation.type][1]],
    ] as const;
    for (const [own, other, code] of sides) {
      const content = { relationChanges: [{ identifier: nameOf(other), type: `${sign}${code}` }] };
      edit(own, (issue) => recorded({ ...issue, updatedAt: clock.now() }, content, actorId), actorId);
    }
  }

  return {
    createIssue: (fields, actorId) => {
      const now = clock.now();
      const workspace = read();
      const numbers = workspace.issues
        .filter(({ teamId }) => teamId === fields.teamId)
        .map(({ number }) => number);
      const issue: LinearIssue = {
        priority: 0,
        labelIds: [],
        ...fields,
        id: newId('issue'),
        number: Math.max(0, ...numbers) + 1,
        previousIdentifiers: [],
        ...(actorId === undefined ? {} : { creatorId: actorId }),
        createdAt: now,
        updatedAt: now,
        history: [],
      };
      write({ ...workspace, issues: [...workspace.issues, issue] });
      told({ action: 'create', list: 'issues', before: undefined, after: issue, actorId });
      return issue;
    },
    update: (ids, changes, actorId) => {
      edit(ids, (issue) => change(issue, changes, actorId), actorId);
    },
    moveToTeam: (id, teamId, actorId) => {
      const { issues, states, teams } = read();
      const issue = issueOf(id);
      const type = states.find((state) => state.id === issue.stateId)?.type;
      const there = states.filter((state) => state.teamId === teamId);
      const stateId = (there.find((state) => state.type === type) ?? there[0])?.id ?? issue.stateId;
      const key = found(teams, issue.teamId, 'team').key;
      const number =
        Math.max(0, ...issues.filter((other) => other.teamId === teamId).map((other) => other.number)) + 1;
      const previousIdentifiers = [...issue.previousIdentifiers, `${key}-${issue.number}`];
      edit(
        id,
        (moving) => ({
          ...change(moving, { teamId, stateId, cycleId: undefined }, actorId),
          number,
          previousIdentifiers,
        }),
        actorId,
      );
    },
    archive: (ids, how = 'by hand') => {
      const byItself = how === 'by itself';
      const content = byItself ? { archived: true, autoArchived: true } : { archived: true };
      edit(
        ids,
        (issue) => ({
          ...filed(issue, content),
          ...(byItself ? { autoArchivedAt: clock.now() } : {}),
        }),
        undefined,
      );
    },
    unarchive: (id, actorId) => {
      edit(id, (issue) => unfiled(issue, { archived: false }, actorId), actorId);
    },
    trash: (id, actorId) => {
      edit(
        id,
        (issue) => ({ ...filed(issue, { trashed: true }, actorId), trashed: true }),
        actorId,
        'remove',
      );
    },
    restore: (id, actorId) => {
      edit(id, (issue) => unfiled(issue, { trashed: false }, actorId), actorId);
    },
    purge: (id) => {
      const issue = issueOf(id);
      const workspace = read();
      const ofOthers = ({ issueId }: { readonly issueId: string }): boolean => issueId !== id;
      write({
        ...workspace,
        issues: workspace.issues
          .filter((other) => other.id !== id)
          .map((other) => (other.parentId === id ? withValues(other, { parentId: undefined }) : other)),
        relations: workspace.relations.filter((one) => ofOthers(one) && one.relatedIssueId !== id),
        attachments: workspace.attachments.filter(ofOthers),
        comments: workspace.comments.filter(ofOthers),
      });
      told({ action: 'remove', list: 'issues', before: issue, after: issue, actorId: undefined });
    },
    relate: (issueId, type, relatedIssueId, actorId) => {
      const now = clock.now();
      const relation = {
        id: newId('relation'),
        issueId,
        relatedIssueId,
        type,
        createdAt: now,
        updatedAt: now,
      };
      write({ ...read(), relations: [...read().relations, relation] });
      relationChanged(relation, 'a', actorId);
      return relation;
    },
    unrelate: (relationId, actorId) => {
      const relation = found(read().relations, relationId, 'relation');
      write({ ...read(), relations: read().relations.filter(({ id }) => id !== relationId) });
      relationChanged(relation, 'r', actorId);
    },
    save: (list, entity) => {
      const rows: readonly LinearEntity[] = read()[list];
      const before = rows.find(({ id }) => id === entity.id);
      const after: LinearEntity = { ...entity, updatedAt: clock.now() };
      const next =
        before === undefined ? [...rows, after] : rows.map((row) => (row === before ? after : row));
      write({ ...read(), [list]: next });
      told({ action: before === undefined ? 'create' : 'update', list, before, after, actorId: undefined });
    },
    remove: (list, id) => {
      const rows: readonly LinearEntity[] = read()[list];
      const before = found(rows, id, list);
      write({ ...read(), [list]: rows.filter((row) => row !== before) });
      told({ action: 'remove', list, before, after: before, actorId: undefined });
    },
  };
}

/** What a relation makes of either end, in the codes of the history. */
const CODES: Readonly<Record<LinearRelation['type'], readonly [own: string, other: string]>> = {
  blocks: ['x', 'b'],
  duplicate: ['d', 'o'],
  related: ['r', 'r'],
  similar: ['s', 's'],
};

function found<Entity extends { readonly id: string }>(
  rows: readonly Entity[],
  id: string,
  kind: string,
): Entity {
  const row = rows.find((candidate) => candidate.id === id);
  if (row === undefined) throw new RangeError(`The simulated workspace has no ${kind} ${id}.`);
  return row;
}
