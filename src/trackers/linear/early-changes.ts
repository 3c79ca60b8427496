import { z } from 'zod';
import type { IssueEvent, PersonHash } from '#domain/issue.ts';
import { eventsOf } from './events.ts';
import { instant } from './schemas.ts';

/**
 * What a webhook says was changed in an issue within three minutes of its creation. Linear takes such changes for a
 * part of the creation and leaves them out of the issue's history; a webhook tells of them, with the values before.
 *
 * `delivery` becomes part of the events' ids. None when the edit came later, or is not told so that it can be read.
 */
export function earlyChanges(
  body: unknown,
  delivery: string,
  personHash: (userId: string) => PersonHash,
): readonly IssueEvent[] {
  const { data: edit } = editSchema.safeParse(body);
  if (edit === undefined) return [];
  const { createdAt, data, updatedFrom, actor } = edit;
  const age = createdAt - data.createdAt;
  if (age < 0 || age > LEFT_OUT_MS) return [];

  const now: Fields = data;
  const was = <Name extends keyof Fields>(name: Name): Fields[Name] =>
    name in updatedFrom ? updatedFrom[name] : now[name];
  const names = namesIn(data);
  const labels = { before: was('labelIds') ?? [], after: now.labelIds ?? [] };
  const milestone = (milestoneId: string | null | undefined) =>
    milestoneId == null ? undefined : { id: milestoneId };
  return eventsOf(
    {
      id: `webhook:${delivery}`,
      createdAt,
      actorId: actor?.type === 'user' ? actor.id : undefined,
      fromStateId: was('stateId'),
      toStateId: now.stateId,
      fromAssigneeId: was('assigneeId'),
      toAssigneeId: now.assigneeId,
      fromCycleId: was('cycleId'),
      toCycleId: now.cycleId,
      fromProjectId: was('projectId'),
      toProjectId: now.projectId,
      fromParentId: was('parentId'),
      toParentId: now.parentId,
      fromTeamId: was('teamId'),
      toTeamId: now.teamId,
      fromPriority: was('priority'),
      toPriority: now.priority,
      fromEstimate: was('estimate'),
      toEstimate: now.estimate,
      fromDueDate: was('dueDate'),
      toDueDate: now.dueDate,
      fromTitle: was('title'),
      toTitle: now.title,
      fromProjectMilestone: milestone(was('projectMilestoneId')),
      toProjectMilestone: milestone(now.projectMilestoneId),
      removedLabelIds: labels.before.filter((id) => !labels.after.includes(id)),
      addedLabelIds: labels.after.filter((id) => !labels.before.includes(id)),
    },
    { source: '', personHash, nameOf: (id) => names.get(id) },
  ).map((event) => ({ ...event, origin: 'inferred' }));
}

/** For so long after an issue was made Linear's history keeps silent about it. */
const LEFT_OUT_MS = 180_000;

const id = z.string().min(1).max(64).nullish();
const number = z.number().nullish();
const text = z.string().nullish();

const fields = z.object({
  stateId: id,
  assigneeId: id,
  cycleId: id,
  projectId: id,
  parentId: id,
  teamId: id,
  priority: number,
  estimate: number,
  dueDate: text,
  title: text,
  projectMilestoneId: id,
  labelIds: z.array(z.string().min(1).max(64)).max(200).nullish(),
});
type Fields = z.infer<typeof fields>;

const named = z.object({ id: z.string(), name: z.string() }).nullish().catch(undefined);

const editSchema = z.object({
  createdAt: instant,
  updatedFrom: fields,
  actor: z
    .object({ id: z.string().min(1).max(64), type: z.string() })
    .nullish()
    .catch(undefined),
  data: fields.extend({
    createdAt: instant,
    state: named,
    project: named,
    projectMilestone: named,
    team: z.object({ id: z.string(), key: z.string() }).nullish().catch(undefined),
    parent: z.object({ id: z.string(), identifier: z.string() }).nullish().catch(undefined),
  }),
});

/** What people read for the values after the change; those before are known to the workspace alone. */
function namesIn({
  state,
  project,
  projectMilestone,
  team,
  parent,
}: z.infer<typeof editSchema>['data']): ReadonlyMap<string, string> {
  return new Map([
    ...[state, project, projectMilestone].flatMap((one) => (one ? [[one.id, one.name] as const] : [])),
    ...(team ? [[team.id, team.key] as const] : []),
    ...(parent ? [[parent.id, parent.identifier] as const] : []),
  ]);
}
