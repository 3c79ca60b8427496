import type { IssueBatch } from '../tracker.ts';
import { ascending, type Stretch } from './ascending.ts';
import type { LinearClient } from './client.ts';
import { completeIssues } from './complete.ts';
import { WALK } from './documents.ts';
import type { LinearReading } from './events.ts';
import type { Links } from './links.ts';
import { createPageSize } from './page-size.ts';
import type { Memberships } from './releases.ts';

/** As many issues as can never cost more than 10,000 points, whatever is in them. */
export const ISSUES_A_PAGE = 139;

/**
 * Issues with their whole histories, those first that changed longest ago. A batch resumes where its last issue changed,
 * so that the others of that millisecond are read again. Archiving an issue does not count as changing it: what was
 * archived since the walk began is read once more at its end.
 */
export async function* walkIssues(
  client: LinearClient,
  filter: object,
  resume: string | undefined,
  links: Links,
  releasesOf: Memberships,
  reading: LinearReading,
): AsyncGenerator<IssueBatch> {
  const archivedSince = { ...filter, archivedAt: { gte: new Date(links.date).toISOString() } };
  const size = createPageSize(ISSUES_A_PAGE);
  const complete = ({ issues }: Stretch<typeof WALK.data>) => {
    // Linear still shows for a while what is in the trash; it is gone all the same.
    const kept = issues
      .filter(({ trashed }) => trashed !== true)
      .map((issue) => ({
        ...issue,
        releases: { nodes: releasesOf(issue.id) },
        attachments: { nodes: links.mirrorsOf(issue.id) },
      }));
    return completeIssues(client, kept, links.of, reading);
  };
  const start = instantOf(resume);
  let place = resume;
  let pages = 0;
  for await (const stretch of ascending(client, WALK, size, {
    ...(start === undefined ? {} : { updatedAt: start }),
    filter,
    others: { archived: archivedSince },
  })) {
    pages += 1;
    const issues = await complete(stretch);
    if (stretch.upTo !== undefined) {
      place = new Date(stretch.upTo).toISOString();
      yield { issues, resume: place };
      continue;
    }
    const isOver = pages === 1 || stretch.data.archived.nodes.length === 0;
    yield { issues, ...(isOver || place === undefined ? {} : { resume: place }) };
    if (isOver) return;
  }
  let archived: IssueBatch['issues'] = [];
  for await (const stretch of ascending(client, WALK, size, {
    filter: archivedSince,
    others: { archived: archivedSince },
  })) {
    archived = [...archived, ...(await complete(stretch))];
  }
  yield { issues: archived };
}

/** A place that cannot be read starts the walk over, which costs requests and harms nothing. */
function instantOf(resume: string | undefined): number | undefined {
  const at = Date.parse(resume ?? '');
  return Number.isFinite(at) ? at : undefined;
}
