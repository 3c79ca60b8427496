import type { Reference } from '#domain/reference.ts';
import type { SourceOverview } from '../tracker.ts';
import { readBoards } from './boards.ts';
import { isRefusal, isWideAllowed } from './bodies.ts';
import type { JiraClient } from './client.ts';
import { readCycles } from './cycles.ts';
import { hasIds, jiraFields } from './fields.ts';
import { withNamedCycles } from './named-cycles.ts';
import { type JiraNotes, namedBefore, notesOf } from './notes.ts';
import { projectsById, readProjects, stateOf } from './projects.ts';
import { issueTypesOf, joined, statusesOf } from './reference.ts';
import { fieldList, type JiraProject, myself, projectStatuses, serverInfo } from './schemas.ts';
import { readVersions } from './versions.ts';

/** An overview, and what is to be remembered of the site. */
export interface JiraOverview extends SourceOverview {
  readonly notes: JiraNotes;
}

/**
 * What the site says of itself: five requests, one for its projects, three for each of them, two for each board, and
 * one for each sprint that only issues named. `keys`: of the projects to read, all when absent. `wanted`: ids or names of
 * the fields that gates ask for. `before`: what was remembered of it.
 */
export async function readOverview(
  client: JiraClient,
  source: string,
  { keys, wanted }: { readonly keys: readonly string[] | undefined; readonly wanted: readonly string[] },
  before: Reference | undefined,
): Promise<JiraOverview> {
  // First and alone: a wrong token is tried once, and other addresses may answer to nobody in particular.
  const { date } = await client.ask(myself, ({ cloud }, jira) => cloud.getCurrentUser(jira));
  const { data: server } = await client.ask(serverInfo, ({ cloud }, jira) => cloud.getServerInfo(jira));
  const remembered = notesOf(before);
  const projects = await readProjects(client, source, keys, namedBefore(before));
  const details = (
    await Promise.all(projects.live.map(async (one) => detailsUnlessGone(client, one)))
  ).flatMap((one) => one ?? []);
  const ids = details.map(({ id }) => id);
  const live = projects.live.filter(({ id }) => ids.includes(id));
  const resting = [...projects.resting, ...projects.live.filter(({ id }) => !ids.includes(id))];
  const { boards, refused: boardsUnread } = await readBoards(client, ids);
  const told = await withNamedCycles(client, await readCycles(client, boards), {
    cycles: before?.cycles ?? [],
    named: remembered?.named ?? [],
    refused: remembered?.refused ?? [],
  });

  const { data: fields } = await client.ask(fieldList, ({ cloud }, jira) => cloud.getFields(jira));
  // A board that is kept from us for a while goes on estimating with the same field.
  const estimatedBefore = boardsUnread.length === 0 ? [] : (remembered?.estimates ?? []);
  const estimates = [
    ...new Set([...boards.flatMap(({ estimationField }) => estimationField ?? []), ...estimatedBefore]),
  ];
  const { asked, gates } = jiraFields(fields, estimates, wanted);
  const isProbed = remembered !== undefined && hasIds(gates, remembered.gates);
  const notes: JiraNotes = {
    ...(keys === undefined ? {} : { keys: [...keys] }),
    ...(projects.named === undefined ? {} : { projects: { ...projects.named } }),
    parts: ids,
    fields,
    estimates,
    ...(gates.length === 0 ? {} : { gates: gates.map(({ id }) => id) }),
    isWide: isProbed ? remembered.isWide : await isWideAllowed(client, asked),
    named: [...told.named],
    refused: [...told.refused],
  };

  // What is not shown any more still gives stored issues their names: a project that was archived, and what was its.
  const isAway = ({ id }: { readonly id: string }): boolean => !ids.includes(id);
  const away = (before?.projects ?? []).filter(isAway);
  const old = away.length === 0 ? undefined : before;
  const reference: Reference = {
    source,
    siteUrl: server.baseUrl.replace(/\/+$/, ''),
    projects: joined(
      [...live, ...resting].map(({ id, key, name }) => ({ id, key, name })),
      away,
    ),
    statuses: joined(statusesOf(details.flatMap(({ types }) => types)), old?.statuses),
    types: joined(
      issueTypesOf([
        ...details.flatMap(({ types }) => types),
        ...[...live, ...resting].flatMap(({ issueTypes }) => issueTypes ?? []),
      ]),
      old?.types,
    ),
    versions: joined(
      details.flatMap(({ versions }) => versions),
      old?.versions.filter(({ projectId }) => isAway({ id: projectId })),
    ),
    cycles: told.cycles,
    boards: joined(
      boards.map(({ board }) => board),
      before?.boards?.filter(({ projectId = '' }) => boardsUnread.includes(projectId)),
    ),
    ...(boardsUnread.length === 0 ? {} : { boardsUnread }),
    ...(gates.length === 0 ? {} : { fields: gates }),
  };
  return {
    reference,
    notes,
    parts: live.map(({ id, key, insight }) => ({
      id,
      name: key,
      ...(insight?.totalIssueCount == null ? {} : { expected: insight.totalIssueCount }),
    })),
    trackerNow: date ?? server.serverTime,
  };
}

/** Undefined when the project has gone since it was listed: archived, thrown away, or out of our sight. */
async function detailsUnlessGone(client: JiraClient, { id }: JiraProject) {
  try {
    return await detailsOf(client, id);
  } catch (error) {
    if (!isRefusal(error) || stateOf((await projectsById(client, [id])).get(id)) === 'live') throw error;
    return undefined;
  }
}

async function detailsOf(client: JiraClient, projectId: string) {
  const [statuses, versions] = await Promise.all([
    client.ask(projectStatuses, ({ cloud }, jira) =>
      cloud.getAllStatuses(jira, { projectIdOrKey: projectId }),
    ),
    readVersions(client, projectId),
  ]);
  return { id: projectId, types: statuses.data, versions };
}
