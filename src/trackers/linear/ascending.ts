import type { z } from 'zod';
import { endlessWalkGuard } from '../progress.ts';
import type { LinearClient } from './client.ts';
import type { LinearDocument } from './documents.ts';
import type { PageSize } from './page-size.ts';

interface Changed {
  readonly id: string;
  readonly updatedAt: number;
}

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
}

type IssuesSchema = z.ZodType<{ readonly issues: Page<Changed> }>;
type NodeIn<Schema extends IssuesSchema> = z.infer<Schema>['issues']['nodes'][number];

/** A page of issues, oldest change first. */
export interface Stretch<Schema extends IssuesSchema> {
  /** Those that the page before did not give. */
  readonly issues: readonly NodeIn<Schema>[];
  /** Everything that changed before this was given; what changed at it may not have been. Absent: it was all. */
  readonly upTo?: number;
  readonly data: z.infer<Schema>;
}

/**
 * Pages of issues by when they changed. A page begins at the millisecond where the one before ended, without the issues
 * that were given of it, and never at Linear's cursor: that stands for an issue, and leaps to the end when somebody
 * changes it while we read. What is changed meanwhile comes again at the end.
 */
export async function* ascending<Schema extends IssuesSchema>(
  client: LinearClient,
  document: LinearDocument<Schema>,
  size: PageSize,
  from: {
    readonly updatedAt?: number;
    readonly filter: object;
    /** More conditions, all of which hold. */
    readonly and?: readonly object[];
    readonly others?: object;
  },
): AsyncGenerator<Stretch<Schema>> {
  const watch = endlessWalkGuard(client.source, 'issues');
  let { updatedAt } = from;
  /** Ids of the issues that were given of that millisecond: few, unless many were edited at one go. */
  let given: readonly string[] = [];
  for (;;) {
    const { data, first, points } = await client.ask(
      document,
      {
        ...from.others,
        first: size.next(),
        filter: { ...from.filter, ...since(updatedAt, given, from.and) },
      },
      size.instead(),
    );
    const { nodes, pageInfo } = data.issues;
    size.learn({ first, got: nodes.length, points });
    const known = new Set(given);
    const issues = nodes.filter(({ id }) => !known.has(id)).toSorted((a, b) => a.updatedAt - b.updatedAt);
    if (!pageInfo.hasNextPage) {
      yield { issues, data };
      return;
    }
    watch(issues.length > 0);
    const upTo = Math.max(updatedAt ?? 0, ...issues.map((issue) => issue.updatedAt));
    const last = issues.filter((issue) => issue.updatedAt === upTo).map(({ id }) => id);
    given = upTo === updatedAt ? [...given, ...last] : last;
    updatedAt = upTo;
    yield { issues, upTo, data };
  }
}

function since(updatedAt: number | undefined, given: readonly string[], and: readonly object[] = []): object {
  // The filter itself may already speak of ids.
  const all = given.length === 0 ? and : [...and, { id: { nin: given } }];
  return {
    ...(updatedAt === undefined ? {} : { updatedAt: { gte: new Date(updatedAt).toISOString() } }),
    ...(all.length === 0 ? {} : { and: all }),
  };
}
