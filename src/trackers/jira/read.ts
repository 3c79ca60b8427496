import type { Reread, StoredIssues } from '../tracker.ts';
import { readBodies } from './bodies.ts';
import type { JiraClient } from './client.ts';
import { completeIssues } from './complete.ts';
import type { JiraReading } from './events.ts';

/**
 * Reads issues by id as they are now, not as a search knows them. One that was moved out of the projects we read comes
 * with its new project if it is stored, and is none of ours if it is not.
 */
export async function readIssues(
  client: JiraClient,
  ids: readonly string[],
  stored: StoredIssues,
  projects: readonly string[],
  isWide: boolean,
  reading: JiraReading,
): Promise<Reread> {
  const wanted = [...new Set(ids)];
  const shown = await readBodies(client, wanted, reading.fields.asked, isWide);
  const followed = new Set(projects);
  const elsewhere = shown.filter(({ fields }) => !followed.has(fields.project.id)).map(({ id }) => id);
  const known = elsewhere.length === 0 ? new Map<string, unknown>() : await stored(elsewhere);
  const ours = shown.filter(({ id, fields }) => followed.has(fields.project.id) || known.has(id));
  const there = new Set(shown.map(({ id }) => id));
  return {
    issues: await completeIssues(client, ours, reading),
    missing: wanted.filter((id) => !there.has(id)),
  };
}
