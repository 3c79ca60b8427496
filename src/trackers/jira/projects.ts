import type { PartState } from '../tracker.ts';
import { TrackerError } from '../tracker-error.ts';
import type { JiraClient } from './client.ts';
import { allRows, ROWS_A_PAGE } from './rows.ts';
import { type JiraProject, project } from './schemas.ts';

/** The projects to read, and those among them that rest: archived or in the trash, where no issue is shown. */
export interface ProjectsToRead {
  readonly live: readonly JiraProject[];
  readonly resting: readonly JiraProject[];
  /** Which project each of the keys stands for; absent where all that the user may see are read. */
  readonly named?: NamedProjects;
}

/** Ids of projects by the keys that the configuration has for them, in capitals. */
export type NamedProjects = Readonly<Record<string, string>>;

/**
 * Those named by key, or all the user may see. A named one that is not there in any state is an error, unless it was read
 * `before`: then it has another key now, or it was taken from our sight, which the census tells.
 */
export async function readProjects(
  client: JiraClient,
  source: string,
  keys: readonly string[] | undefined,
  before: NamedProjects = {},
): Promise<ProjectsToRead> {
  if (keys === undefined) {
    const all = await search(client);
    if (all.length > 0) return { live: all, resting: [] };
    throw new TrackerError('not_found', {
      source,
      message: `${source} shows no project at all to its user. Give that user the right to browse projects.`,
    });
  }
  const wanted = [...new Set(keys.map((key) => key.toUpperCase()))];
  const live = await named(client, wanted, LIVE);
  const unseen = without(wanted, live);
  const resting = unseen.length === 0 ? [] : await named(client, unseen, RESTING);
  const missing = without(unseen, resting);
  const read = missing.flatMap((key) => before[key] ?? []);
  const rekeyed = [...(await projectsById(client, read)).values()];
  const found = [...live, ...resting, ...rekeyed];
  const unknown = found.length === 0 ? missing : missing.filter((key) => before[key] === undefined);
  if (unknown.length > 0) throw notVisible(source, unknown, await search(client));
  const isLive = (project: JiraProject): boolean => stateOf(project) === 'live';
  return {
    live: [...live, ...rekeyed.filter(isLive)],
    resting: [...resting, ...rekeyed.filter((project) => !isLive(project))],
    named: Object.fromEntries(
      wanted.flatMap((key) => {
        const id = found.find((project) => project.key === key)?.id ?? before[key];
        return id === undefined ? [] : [[key, id]];
      }),
    ),
  };
}

/** Projects by id, in whatever state, as far as they are shown. */
export async function projectsById(
  client: JiraClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, JiraProject>> {
  const projects = new Map<string, JiraProject>();
  for (let at = 0; at < ids.length; at += MOST_NAMED_AT_ONCE) {
    const id = ids.slice(at, at + MOST_NAMED_AT_ONCE).map(Number);
    for (const found of await search(client, { id, status: [...LIVE, ...RESTING] })) {
      projects.set(found.id, found);
    }
  }
  return projects;
}

/** What has become of a project. One that is not shown was deleted or taken from our sight: Jira tells nobody which. */
export function stateOf(found: JiraProject | undefined): PartState {
  if (found === undefined) return 'access_lost';
  if (found.deleted === true) return 'trashed';
  return found.archived === true ? 'archived' : 'live';
}

// As many as Jira takes in one request.
const MOST_NAMED_AT_ONCE = 50;
const MOST_NAMED = 20;
const LIVE = ['live'] as const;
const RESTING = ['archived', 'deleted'] as const;

interface Wanted {
  readonly keys?: string[];
  readonly id?: number[];
  readonly status?: ((typeof LIVE)[number] | (typeof RESTING)[number])[];
}

async function named(
  client: JiraClient,
  keys: readonly string[],
  status: typeof LIVE | typeof RESTING,
): Promise<readonly JiraProject[]> {
  const found: JiraProject[] = [];
  for (let at = 0; at < keys.length; at += MOST_NAMED_AT_ONCE) {
    const some = keys.slice(at, at + MOST_NAMED_AT_ONCE);
    found.push(
      ...(await search(client, { keys: some, ...(status === LIVE ? {} : { status: [...status] }) })),
    );
  }
  return found;
}

function without(keys: readonly string[], found: readonly JiraProject[]): readonly string[] {
  return keys.filter((key) => !found.some((candidate) => candidate.key === key));
}

async function search(client: JiraClient, wanted: Wanted = {}): Promise<readonly JiraProject[]> {
  try {
    return await allRows(
      client,
      project,
      (startAt) =>
        ({ cloud }, jira) =>
          cloud.searchProjects(jira, {
            startAt,
            maxResults: ROWS_A_PAGE,
            expand: 'issueTypes,insight',
            ...wanted,
          }),
    );
  } catch (error) {
    // How Jira says that nothing was found.
    if (error instanceof TrackerError && error.kind === 'not_found') return [];
    throw error;
  }
}

/** The error that names projects the user cannot see. */
export function notVisible(
  source: string,
  missing: readonly string[],
  visible: readonly Pick<JiraProject, 'key'>[],
): TrackerError {
  const named = visible.slice(0, MOST_NAMED).map((candidate) => candidate.key);
  const more = visible.length > named.length ? ` and ${visible.length - named.length} more` : '';
  return new TrackerError('not_found', {
    source,
    message:
      `${source} shows no project ${missing.join(', ')} to its user, who can see ` +
      `${named.length === 0 ? 'none' : named.join(', ')}${more}. ` +
      'Correct the key, or give that user the right to browse the project.',
  });
}
