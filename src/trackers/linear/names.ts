import { z } from 'zod';
import type { Reference } from '#domain/reference.ts';
import { releaseName } from './releases.ts';
import type { PollAnswer } from './schemas.ts';
import type { NamedTeams } from './teams.ts';
import type { Workspace } from './workspace.ts';

/** What people read for an id, wherever the history writes an id alone. */
export type Names = ReadonlyMap<string, string>;

export function namesIn(lists: Workspace['lists']): Names {
  return new Map([
    ...[lists.workflowStates, lists.projects, lists.projectMilestones].flatMap((list) =>
      list.map(({ id, name }) => [id, name] as const),
    ),
    ...lists.teams.map(({ id, key }) => [id, key] as const),
    ...lists.releases.map((release) => [release.id, releaseName(release)] as const),
  ]);
}

/** The same of a poll, as far as it goes: undefined when there are more states than it could bring. */
export function namesAt({ states }: PollAnswer): Names | undefined {
  if (states.pageInfo.hasNextPage) return undefined;
  return new Map(states.nodes.map(({ id, name }) => [id, name]));
}

/** What our reference has no place for and a later process wants to know: it travels with it as notes. */
export function notesOf(
  { offered, askedInFullAt }: Workspace,
  upTo: number,
  named: NamedTeams | undefined,
): z.infer<typeof notes> {
  return {
    withInitiatives: offered.initiatives,
    withReleases: offered.releases,
    ...(askedInFullAt === undefined ? {} : { askedInFullAt }),
    upTo,
    ...(named === undefined
      ? {}
      : { teams: Object.fromEntries(Object.entries(named).map(([name, ids]) => [name, [...ids]])) }),
  };
}

const notes = z.object({
  withInitiatives: z.boolean(),
  /** Absent: nobody asked. */
  withReleases: z.boolean().optional(),
  /** When everything was asked for last, whatever of it was refused. */
  askedInFullAt: z.number().optional(),
  /** The newest change that was read; what is no newer need not be read again. */
  upTo: z.number().optional(),
  /** Which teams each name of the configuration stood for when it was last borne: names change. */
  teams: z.record(z.string(), z.array(z.string())).optional(),
});

/** The same of a reference that was stored; undefined when it has no notes of ours. */
export function remembered({
  statuses,
  projects,
  versions,
  teams,
  notes: kept,
}: Reference): ({ readonly names: Names; readonly named: NamedTeams } & z.infer<typeof notes>) | undefined {
  const { success, data } = notes.safeParse(kept);
  if (!success) return undefined;
  const names = new Map([
    ...[statuses, projects, versions].flatMap((list) => list.map(({ id, name }) => [id, name] as const)),
    ...(teams ?? []).map(({ id, key }) => [id, key] as const),
  ]);
  const seen = (teams ?? []).flatMap(({ id, key, name }) =>
    [id, name, key].map((called) => [called.toLowerCase(), [id]] as const),
  );
  return { names, named: { ...Object.fromEntries(seen), ...data.teams }, ...data };
}
