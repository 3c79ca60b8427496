import { MS_PER_DAY } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { Cycle, Reference } from '#domain/reference.ts';
import type { Renewal } from '#domain/renewal.ts';
import type { Sweep, Swept } from '../tracker.ts';
import type { JiraClient } from './client.ts';
import { cyclesOfBoard, readCycle } from './cycles.ts';
import { unlessRefused } from './refusals.ts';
import { readVersions } from './versions.ts';

interface Known {
  readonly reference: Reference;
  /** Ids of the projects that are read. */
  readonly projects: readonly string[];
}

/** Reads what Jira lets people move without any issue changing: sprints that did not end, or versions. */
export async function sweep(
  client: JiraClient,
  what: Swept,
  known: Known,
  asOf: Instant,
): Promise<Sweep | undefined> {
  const { dated, began } = withClock(client);
  const renewal =
    what === 'cycles' ? await sweepCycles(dated, known.reference, asOf) : await sweepVersions(dated, known);
  return renewal && { renewal, trackerNow: began() ?? asOf };
}

/**
 * One request for each board whose sprint is under way or about to begin. A sprint that such a board shows no more has
 * ended or was deleted, and is asked for by itself; so is one that lives on a board out of our sight.
 */
async function sweepCycles(
  client: JiraClient,
  { cycles, boards = [] }: Reference,
  asOf: Instant,
): Promise<Renewal | undefined> {
  const ours = new Set(boards.map(({ id }) => id));
  const byBoard = Map.groupBy(cycles, ({ boardId = '' }) => (ours.has(boardId) ? boardId : undefined));
  const lively = [...byBoard].flatMap(([id, some]) =>
    id !== undefined && some.some(isOpen) && some.some((cycle) => isNear(cycle, asOf)) ? [id] : [],
  );
  const elsewhere = (byBoard.get(undefined) ?? []).filter((cycle) => isOpen(cycle) && isNear(cycle, asOf));
  if (lively.length === 0 && elsewhere.length === 0) return undefined;

  const shown = new Map<string, Cycle>();
  const unseen = elsewhere.slice(-MOST_ASKED);
  const lists = await Promise.all(
    lively.map(async (id) => [id, await cyclesOfBoard(client, id, 'not ended')] as const),
  );
  for (const [id, list] of lists) {
    for (const cycle of list ?? []) shown.set(cycle.id, cycle);
    if (list) unseen.push(...(byBoard.get(id) ?? []).filter(isOpen));
  }
  const asked = unseen.filter(({ id }) => !shown.has(id));
  const answers = await Promise.all(asked.map(async ({ id }) => [id, await readCycle(client, id)] as const));
  return {
    cycles: {
      seen: [...shown.values(), ...answers.flatMap(([, cycle]) => cycle ?? [])],
      gone: answers.flatMap(([id, cycle]) => (cycle === undefined ? [id] : [])),
    },
  };
}

/** One request for each project that has something to release, and one more for every further 500 versions. */
async function sweepVersions(
  client: JiraClient,
  { reference: { versions }, projects }: Known,
): Promise<Renewal | undefined> {
  const planning = new Set(versions.filter(({ released }) => !released).map(({ projectId }) => projectId));
  const wanted = projects.filter((id) => planning.has(id));
  if (wanted.length === 0) return undefined;
  const answers = await Promise.all(
    wanted.map(async (id) => [id, await unlessRefused(readVersions(client, id))] as const),
  );
  const told = answers.flatMap(([id, seen]) => (seen === undefined ? [] : [{ id, seen }]));
  return { versions: { seen: told.flatMap(({ seen }) => seen), projects: told.map(({ id }) => id) } };
}

const MOST_ASKED = 100;

/** A board that nobody has used for so long is left to the daily reading, whatever was never closed on it. */
const NEAR_MS = 30 * MS_PER_DAY;

const isOpen = ({ endedAt }: Cycle): boolean => endedAt === undefined;

function isNear({ startAt, plannedEndAt, endedAt }: Cycle, asOf: Instant): boolean {
  const from = startAt ?? plannedEndAt;
  if (from === undefined) return false;
  const until = endedAt ?? plannedEndAt ?? Number.POSITIVE_INFINITY;
  return from - NEAR_MS <= asOf && asOf <= until + NEAR_MS;
}

/** The client, and Jira's clock at its first answer: of what happens while later ones come we may see a part. */
function withClock(client: JiraClient): {
  readonly dated: JiraClient;
  readonly began: () => Instant | undefined;
} {
  let first: Instant | undefined;
  const ask: JiraClient['ask'] = async (schema, call) => {
    const answer = await client.ask(schema, call);
    first = Math.min(first ?? Number.POSITIVE_INFINITY, answer.date ?? Number.POSITIVE_INFINITY);
    return answer;
  };
  return { dated: { ask }, began: () => (Number.isFinite(first) ? first : undefined) };
}
