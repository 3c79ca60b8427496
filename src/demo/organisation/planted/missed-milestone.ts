import type { JiraVersion } from '../../jira/model.ts';
import { selectedIdea } from '../backlog.ts';
import { closedAt, type Draft, isStandard, save } from '../draft.ts';
import { NOW, weeksAgo } from '../present.ts';
import { personOf, type Team } from '../team.ts';
import { type Bed, type Plant, take } from './planted.ts';

const DONE = 6;
const OPEN = 6;
const IN_PROGRESS = 2;

/**
 * A version that was promised for a day now past: some of it done for weeks and waiting, some in progress, some not
 * begun, and every due date gone by. Returns the version, what is planted, and the issues it had to add.
 */
export function missMilestone(bed: Bed): {
  readonly version: JiraVersion;
  readonly added: readonly Draft[];
  readonly plants: readonly Plant[];
} {
  const { team } = bed;
  const epic = team.plan.epics.find(({ milestone }) => milestone !== undefined);
  if (epic?.milestone === undefined) throw new RangeError(`${team.plan.id} has promised nothing`);
  const { name, day } = epic.milestone;
  const version: JiraVersion = {
    id: `${team.plan.projectId}99`,
    projectId: team.plan.projectId,
    name,
    released: false,
    archived: false,
    startDate: epic.from,
    releaseDate: day,
  };
  const parent = team.epics.get(epic);
  const isPart = (draft: Draft) => isStandard(draft) && draft.start.parent === parent;

  const done = take(bed, DONE, (draft) => {
    const at = doneAt(draft);
    return isPart(draft) && at !== undefined && at > weeksAgo(12) && at < weeksAgo(6);
  });
  // Written down while the promise could still be kept.
  const open = Array.from({ length: OPEN }, () => selectedIdea(team, weeksAgo(12), weeksAgo(6), epic));
  for (const draft of open) bed.taken.add(draft);
  for (const [person, draft] of open.slice(0, IN_PROGRESS).entries()) begin(team, draft, person);

  const owner = personOf(team, 0);
  for (const draft of [...done, ...open]) {
    draft.edits = draft.edits.filter(({ set }) => set.dueDate === undefined);
    const at = team.hours.at(team.hours.until(draft.created) + 0.3);
    save(draft, at, owner, { versions: [version] });
    if (open.includes(draft)) save(draft, at + 45_000, owner, { dueDate: day });
  }
  return {
    version,
    added: open,
    plants: [
      {
        kind: 'done_in_unreleased_version',
        drafts: done,
        from: Math.min(...done.map((draft) => doneAt(draft) ?? NOW)),
        to: NOW,
        expected: done.length,
        meaning: `issues Done for at least six weeks in "${name}", which is not released`,
      },
      {
        kind: 'missed_milestone',
        drafts: open,
        from: Date.parse(day),
        to: NOW,
        expected: open.length,
        meaning: `open issues of "${name}", promised for ${day}; that is their due date too`,
      },
    ],
  };
}

/** Somebody began it after the day, and has not come far. */
function begin(team: Team, draft: Draft, person: number): void {
  const doer = personOf(team, person);
  const at = team.hours.at(team.hours.until(weeksAgo(3)) + team.chance.between(0, 20));
  save(draft, at, doer, { status: 'In Progress', assignee: doer });
}

/** When an issue was closed as done, not as dropped. */
function doneAt(draft: Draft): number | undefined {
  const dropped = draft.edits.some(({ set }) => set.status === 'Closed');
  return dropped ? undefined : closedAt(draft);
}
