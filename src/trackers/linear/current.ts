import type { CurrentFields, NamedValue, ScalarField } from '#domain/issue.ts';
import { type LinearReading, priorityName } from './events.ts';
import { mirrorsOf } from './mirrors.ts';
import { ISSUE_TYPE } from './reference.ts';
import { releaseName } from './releases.ts';
import type { LinearIssue } from './schemas.ts';

/** What Linear shows of an issue now. */
export function currentFields(
  issue: Omit<LinearIssue, 'history'>,
  links: readonly NamedValue[],
  { personHash }: LinearReading,
): CurrentFields {
  const { state, project, parent, team, projectMilestone, cycle } = issue;
  const mirrors = mirrorsOf(issue);
  const scalars: { readonly [K in ScalarField]?: NamedValue | undefined } = {
    status: named(state.id, state.name),
    type: named(ISSUE_TYPE.id, ISSUE_TYPE.name),
    project: project ? named(project.id, project.name) : undefined,
    key: named(issue.identifier),
    title: issue.title ? named(issue.title) : undefined,
    assignee: issue.assignee ? named(personHash(issue.assignee.id)) : undefined,
    reporter: issue.creator ? named(personHash(issue.creator.id)) : undefined,
    priority: named(String(issue.priority), priorityName(String(issue.priority))),
    parent: parent ? named(parent.id, parent.identifier) : undefined,
    dueDate: issue.dueDate ? named(issue.dueDate) : undefined,
    estimate: issue.estimate == null ? undefined : named(String(issue.estimate)),
    team: named(team.id, team.key),
    sla: issue.slaBreachesAt == null ? undefined : named(new Date(issue.slaBreachesAt).toISOString()),
  };
  return {
    scalars: Object.fromEntries(Object.entries(scalars).filter(([, value]) => value !== undefined)),
    sets: {
      // What a label is called is the workspace's to say, and may change without the issue.
      labels: issue.labelIds.map((id) => named(id)),
      versions: [
        ...(projectMilestone ? [named(projectMilestone.id, projectMilestone.name)] : []),
        ...(issue.releases?.nodes ?? []).map((release) => named(release.id, releaseName(release))),
      ],
      components: [],
      cycles: cycle ? [named(cycle.id)] : [],
      links,
      ...(mirrors.length === 0 ? {} : { mirrors }),
    },
    ...(issue.previousIdentifiers.length === 0 ? {} : { formerKeys: issue.previousIdentifiers }),
  };
}

function named(value: string, name?: string): NamedValue {
  return name ? { value, name } : { value };
}
