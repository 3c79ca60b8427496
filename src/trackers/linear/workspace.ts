import { TrackerError } from '../tracker-error.ts';
import type { LinearClient } from './client.ts';
import { KIND_NAMES, type Kind, moreOf, type NodeOf, referenceQuestion } from './reference-kinds.ts';

/** A workspace as it describes itself, and when it did. */
export interface Workspace {
  readonly id: string;
  readonly urlKey: string;
  readonly date: number;
  /** Whether the plan and the user of the key admit reading initiatives. */
  readonly withInitiatives: boolean;
  readonly lists: { readonly [K in Kind]: readonly NodeOf<K>[] };
}

/** Reads the workspace: one question, and one more for every further 250 of anything. */
export async function readWorkspace(
  client: LinearClient,
  hasInitiatives: boolean,
  readsGoals = false,
): Promise<Workspace> {
  const { answer, withInitiatives } = await unlessRefused(hasInitiatives, (all) =>
    client.ask(referenceQuestion(all, readsGoals), { first: MOST_ROWS }),
  );
  const { data, date } = answer;
  const { id, urlKey } = data.organization;
  const lists: Record<string, readonly unknown[]> = {};
  for (const kind of KIND_NAMES) {
    const rows: unknown[] = [...(data[kind]?.nodes ?? [])];
    for (let page: Page | undefined = data[kind]; page?.pageInfo.hasNextPage; ) {
      const more = await client.ask(moreOf(kind, readsGoals), {
        first: MOST_ROWS,
        after: page.pageInfo.endCursor,
      });
      // The document and its shape are made from the kind, which the types do not follow.
      page = (more.data as Readonly<Record<Kind, Page>>)[kind];
      rows.push(...page.nodes);
    }
    lists[kind] = rows;
  }
  return { id, urlKey, date, withInitiatives, lists: lists as Workspace['lists'] };
}

/** Asks for everything, and without the initiatives when Linear refuses a part. */
export async function unlessRefused<T>(
  hasInitiatives: boolean,
  ask: (withInitiatives: boolean) => Promise<T>,
): Promise<{ readonly answer: T; readonly withInitiatives: boolean }> {
  try {
    return { answer: await ask(hasInitiatives), withInitiatives: hasInitiatives };
  } catch (error) {
    if (!hasInitiatives || !(error instanceof TrackerError) || error.kind !== 'forbidden') throw error;
    return { answer: await ask(false), withInitiatives: false };
  }
}

/** As many rows as Linear gives at once. */
export const MOST_ROWS = 250;

interface Page {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
}
