import type { Issue } from '#domain/issue.ts';
import type { Cycle } from '#domain/reference.ts';
import type { JiraClient } from './client.ts';
import { cycleOf, readCycle } from './cycles.ts';
import type { JiraFields } from './fields.ts';
import { type JiraIssue, sprint } from './schemas.ts';

/** What issues told of sprints beyond what the boards show. */
export interface NamedCycles {
  readonly cycles: readonly Cycle[];
  /** Ids of sprints that no board shows. */
  readonly named: readonly string[];
  /** Of these, ids that Jira would not tell more of. */
  readonly refused: readonly string[];
}

/**
 * Gathers what issues tell of sprints: the field of an issue holds them whole, its history their ids alone. Nothing
 * is asked for that; what is left open is asked with the next overview.
 */
export function createCycleWatch(known: NamedCycles) {
  const cycles = new Map(known.cycles.map((cycle) => [cycle.id, cycle]));
  const named = new Set(known.named);
  let isNews = false;
  return {
    see: ({ fields: values }: JiraIssue, { events }: Issue, fields: JiraFields): void => {
      for (const value of fields.idsOf('cycles').flatMap((id) => values[id] ?? [])) {
        const { success, data } = sprint.safeParse(value);
        if (!success) continue;
        const cycle = cycleOf(data);
        const before = cycles.get(cycle.id);
        if (before === undefined) named.add(cycle.id);
        if (before !== undefined && !isFurther(cycle, before)) continue;
        cycles.set(cycle.id, { ...before, ...cycle });
        isNews = true;
      }
      for (const { field, from, to } of events) {
        if (field !== 'cycles') continue;
        for (const id of [from, to].flatMap((list) => list?.split(/,\s*/) ?? [])) {
          // A history may hold names in place of ids.
          if (!/^\d+$/.test(id) || cycles.has(id) || named.has(id)) continue;
          named.add(id);
          isNews = true;
        }
      }
    },
    /** What is known now, if that is more than when this was asked last. */
    news: (): NamedCycles | undefined => {
      if (!isNews) return undefined;
      isNews = false;
      return { cycles: [...cycles.values()], named: [...named], refused: known.refused };
    },
  };
}

export type CycleWatch = ReturnType<typeof createCycleWatch>;

/** A search may show a sprint as it was a while ago, so only steps forward count. */
function isFurther(cycle: Cycle, before: Cycle): boolean {
  return (
    (cycle.startAt !== undefined && before.startAt === undefined) ||
    (cycle.endedAt !== undefined && before.endedAt === undefined)
  );
}

/**
 * The sprints of the boards with those that only issues name: an ended one as it is known, others asked for by id.
 * The newest come first, and what is over the limit waits for the next time.
 */
export async function withNamedCycles(
  client: JiraClient,
  shown: ReadonlyMap<string, Cycle>,
  before: NamedCycles,
): Promise<NamedCycles> {
  const known = new Map(before.cycles.map((cycle) => [cycle.id, cycle]));
  const refused = new Set(before.refused);
  const named = before.named.filter((id) => !shown.has(id));
  const open = named
    .filter((id) => known.get(id)?.endedAt === undefined && !refused.has(id))
    .toSorted((a, b) => Number(b) - Number(a))
    .slice(0, MOST_ASKED);
  const answers = await Promise.all(open.map(async (id) => [id, await readCycle(client, id)] as const));
  for (const [id, cycle] of answers) {
    if (cycle !== undefined) known.set(id, cycle);
    else if (!known.has(id)) refused.add(id);
  }
  const told = named.flatMap((id) => known.get(id) ?? []);
  return { cycles: [...shown.values(), ...told], named, refused: named.filter((id) => refused.has(id)) };
}

const MOST_ASKED = 100;
