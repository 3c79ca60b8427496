import { TrackerError } from '../tracker-error.ts';
import type { LinearClient } from './client.ts';
import {
  KIND_NAMES,
  type Kind,
  moreOf,
  type NodeOf,
  type Offered,
  referenceQuestion,
} from './reference-kinds.ts';

/** A workspace as it describes itself, and when it did. */
export interface Workspace {
  readonly id: string;
  readonly urlKey: string;
  readonly date: number;
  /** What the plan and the user of the key admit reading. */
  readonly offered: Offered;
  /** When everything was asked for last, whatever of it was refused. */
  readonly askedInFullAt?: number | undefined;
  readonly lists: { readonly [K in Kind]: readonly NodeOf<K>[] };
}

/** Reads the workspace: one question, and one more for every further 250 of anything. */
export async function readWorkspace(
  client: LinearClient,
  expected: Offered,
  readsGoals = false,
): Promise<Workspace> {
  const { answer, offered } = await unlessRefused(expected, (asked) =>
    client.ask(referenceQuestion(asked, readsGoals), { first: MOST_ROWS }),
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
  return { id, urlKey, date, offered, lists: lists as Workspace['lists'] };
}

/** Asks for everything that is expected to be offered, and for less when Linear refuses a part: for the most it gives. */
export async function unlessRefused<T>(
  expected: Offered,
  ask: (offered: Offered) => Promise<T>,
): Promise<{ readonly answer: T; readonly offered: Offered }> {
  const { initiatives, releases } = expected;
  const less = [expected, { initiatives: false, releases }, { initiatives, releases: false }, NOTHING];
  const tries = less.filter((one, i) => less.findIndex((other) => isSame(one, other)) === i);
  for (const offered of tries) {
    try {
      return { answer: await ask(offered), offered };
    } catch (error) {
      const isRefusal = error instanceof TrackerError && error.kind === 'forbidden';
      if (!isRefusal || offered === tries.at(-1)) throw error;
    }
  }
  throw new RangeError('there is always a question to ask');
}

const NOTHING: Offered = { initiatives: false, releases: false };

function isSame(one: Offered, other: Offered): boolean {
  return one.initiatives === other.initiatives && one.releases === other.releases;
}

/** As many rows as Linear gives at once. */
export const MOST_ROWS = 250;

interface Page {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
}
