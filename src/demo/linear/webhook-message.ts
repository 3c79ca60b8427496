import type { Edit, ListName } from './edits.ts';
import { createGraph, type Graph } from './graph.ts';
import type { LinearIssue, LinearWorkspace } from './model.ts';
import type { WebhookMessage } from './webhooks.ts';

/** What a webhook says of an edit; undefined for what Linear has no webhook for. */
export function webhookMessage(
  edit: Edit,
  workspace: LinearWorkspace,
  now: number,
  baseUrl: string,
): WebhookMessage | undefined {
  const type = TYPES.get(edit.list);
  if (type === undefined) return undefined;
  const { action, before, after, actorId } = edit;
  const graph = createGraph(workspace);
  const actor = workspace.users.find(({ id }) => id === actorId);
  const isIssue = edit.list === 'issues';
  return {
    action,
    type,
    ...(actor === undefined ? {} : { actor: { id: actor.id, type: 'user', name: actor.name } }),
    createdAt: new Date(now).toISOString(),
    data: isIssue ? issueData(after as LinearIssue, graph) : written(after),
    ...(action === 'update' && before !== undefined ? { updatedFrom: updatedFrom(before, after) } : {}),
    url: isIssue ? `${baseUrl}/issue/${graph.identifierOf(after as LinearIssue)}` : baseUrl,
    organizationId: workspace.organization.id,
  };
}

const TYPES: ReadonlyMap<ListName | 'issues', string> = new Map([
  ['issues', 'Issue'],
  ['comments', 'Comment'],
  ['labels', 'IssueLabel'],
  ['attachments', 'Attachment'],
  ['projects', 'Project'],
  ['projectUpdates', 'ProjectUpdate'],
  ['cycles', 'Cycle'],
  ['initiatives', 'Initiative'],
  ['initiativeUpdates', 'InitiativeUpdate'],
  ['releases', 'Release'],
]);

function issueData(issue: LinearIssue, graph: Graph): object {
  const named = (
    type: string,
    id: string | undefined,
    ...properties: readonly string[]
  ): object | undefined => {
    const row = id === undefined ? undefined : graph.byId(type, id);
    if (row === undefined) return undefined;
    return Object.fromEntries(['id', ...properties].map((name) => [name, Reflect.get(row, name)]));
  };
  return {
    ...written(issue),
    identifier: graph.identifierOf(issue),
    state: named('WorkflowState', issue.stateId, 'name', 'type'),
    team: named('Team', issue.teamId, 'key', 'name'),
    assignee: named('User', issue.assigneeId, 'name'),
    labels: issue.labelIds.map((id) => named('IssueLabel', id, 'name')),
  };
}

/** The former values of what changed; `null` for what was not there. */
function updatedFrom(before: object, after: object): object {
  const [old, current] = [written(before), written(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(current)])];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(old[name]) !== JSON.stringify(current[name]))
      .map((name) => [name, old[name] ?? null]),
  );
}

/** An entity's own properties as a webhook writes them: without its history, instants as text. */
function written(entity: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(entity)
      .filter(([name]) => name !== 'history')
      .map(([name, value]) => [
        name,
        typeof value === 'number' && name.endsWith('At') ? new Date(value).toISOString() : value,
      ]),
  );
}
