import { TrackerError } from '../tracker-error.ts';
import type { JiraClient } from './client.ts';
import { allRows } from './rows.ts';
import { type JiraProject, project } from './schemas.ts';

/** The live projects to read: those named by key, or all the user may see. A named one that is not there is an error. */
export async function readProjects(
  client: JiraClient,
  source: string,
  keys: readonly string[] | undefined,
): Promise<readonly JiraProject[]> {
  if (keys === undefined) {
    const all = await search(client);
    if (all.length > 0) return all;
    throw new TrackerError('not_found', {
      source,
      message: `${source} shows no project at all to its user. Give that user the right to browse projects.`,
    });
  }
  const wanted = [...new Set(keys.map((key) => key.toUpperCase()))];
  const found: JiraProject[] = [];
  for (let at = 0; at < wanted.length; at += MOST_KEYS) {
    found.push(...(await search(client, wanted.slice(at, at + MOST_KEYS))));
  }
  const missing = wanted.filter((key) => !found.some((candidate) => candidate.key === key));
  if (missing.length > 0) throw notVisible(source, missing, await search(client));
  return found;
}

// As many as Jira takes in one request.
const MOST_KEYS = 50;
const MOST_NAMED = 20;

async function search(client: JiraClient, keys?: readonly string[]): Promise<readonly JiraProject[]> {
  try {
    return await allRows(
      client,
      project,
      (startAt) =>
        ({ cloud }, jira) =>
          cloud.searchProjects(jira, {
            startAt,
            maxResults: 50,
            expand: 'issueTypes,insight',
            ...(keys === undefined ? {} : { keys: [...keys] }),
          }),
    );
  } catch (error) {
    // How Jira says that nothing was found.
    if (error instanceof TrackerError && error.kind === 'not_found') return [];
    throw error;
  }
}

function notVisible(
  source: string,
  missing: readonly string[],
  visible: readonly JiraProject[],
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
