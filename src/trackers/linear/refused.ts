import { MS_PER_DAY } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { Reference, Version } from '#domain/reference.ts';
import type { Offered } from './reference-kinds.ts';

/** What is asked for when the workspace is to be read: a refusal of once may be over. */
export const EVERYTHING: Offered = { initiatives: true, releases: true };

/**
 * What to ask for when a poll has the workspace read: what Linear gave last and what it gave ever, and all of it once a day
 * from a plan that never had it.
 */
export function worthAsking(
  offered: Offered,
  before: Reference | undefined,
  askedInFullAt: Instant | undefined,
  now: Instant,
): Offered {
  if (before === undefined || askedInFullAt === undefined || now - askedInFullAt >= MS_PER_DAY) {
    return EVERYTHING;
  }
  return {
    initiatives: offered.initiatives || before.initiatives !== undefined,
    releases: offered.releases || before.versions.some(isReleaseIn(before)),
  };
}

/**
 * The reference with what was known `before` of what Linear refused to show this time. That is no word of its being gone: a
 * permission may be taken for an hour, and a plan be paid for again.
 */
export function withRefused(now: Reference, before: Reference | undefined, offered: Offered): Reference {
  if (before === undefined) return now;
  const { initiatives, updates = [] } = before;
  return {
    ...now,
    ...(offered.initiatives || initiatives === undefined
      ? {}
      : {
          initiatives,
          updates: [...(now.updates ?? []), ...updates.filter(({ about }) => about.kind === 'initiative')],
        }),
    ...(offered.releases
      ? {}
      : { versions: [...now.versions, ...before.versions.filter(isReleaseIn(before))] }),
  };
}

/** A release is of a pipeline, a milestone of a project. */
function isReleaseIn({ projects }: Reference): (version: Version) => boolean {
  const ids = new Set(projects.map(({ id }) => id));
  return ({ projectId }) => !ids.has(projectId);
}
