import { type CalendarDay, dayOf, parseDay } from '#domain/calendar.ts';
import type { Version } from '#domain/reference.ts';
import { endlessWalkGuard } from '../progress.ts';
import type { LinearClient } from './client.ts';
import { ALL_RELEASES, IN_RELEASES, RELEASES_WITH_ISSUE } from './documents.ts';
import type { NodeOf } from './reference-kinds.ts';
import type { LinearIssue, ShownRelease } from './schemas.ts';
import { MOST_ROWS } from './workspace.ts';

/**
 * A release as a version: out on the day it was completed, by UTC, and until then planned for its target date. It belongs
 * to a pipeline as a version of Jira does to a project. One that was cancelled, and one whose pipeline does not lead to
 * production, is a target that may be reached and brings nothing to users.
 */
export function versionOfRelease(release: NodeOf<'releases'>): Version {
  const { id, pipeline, completedAt, canceledAt, trashed, targetDate } = release;
  const isDropped = canceledAt != null || trashed === true;
  const planned = isDropped ? undefined : parseDay(targetDate ?? '');
  const releaseDay: CalendarDay | undefined = completedAt == null ? planned : dayOf(completedAt, 'UTC');
  return {
    id,
    projectId: pipeline.id,
    name: releaseName(release),
    ...(isDropped || !pipeline.isProduction ? { kind: 'milestone' as const } : {}),
    released: completedAt != null && !isDropped,
    ...(releaseDay === undefined ? {} : { releaseDay }),
  };
}

/** What people call it: by its version as well, where the name does not say it. */
export function releaseName({ name, version }: Pick<ShownRelease, 'name' | 'version'>): string {
  return version == null || version === '' || name.includes(version) ? name : `${name} ${version}`;
}

/** The releases that every issue is in, by issue id. */
export type Memberships = (issueId: string) => readonly ShownRelease[];

/** Reads which issues are in which releases, 250 at a time: a list beside each issue of a walk would cost it more. */
export async function readMemberships(client: LinearClient): Promise<Memberships> {
  const byIssue = new Map<string, Map<string, ShownRelease>>();
  const watch = endlessWalkGuard(client.source, 'releases');
  for (let after: string | null | undefined; ; ) {
    const { data } = await client.ask(IN_RELEASES, {
      first: MOST_ROWS,
      ...(after == null ? {} : { after }),
    });
    for (const { issue, release } of data.issueToReleases.nodes) {
      const releases = byIssue.get(issue.id) ?? new Map<string, ShownRelease>();
      byIssue.set(issue.id, releases.set(release.id, release));
    }
    const { hasNextPage, endCursor } = data.issueToReleases.pageInfo;
    if (!hasNextPage) return (issueId) => [...(byIssue.get(issueId)?.values() ?? [])];
    watch(data.issueToReleases.nodes.length > 0);
    after = endCursor;
  }
}

/** As many issues as one question can carry with fifty releases each. */
const ISSUES_A_QUESTION = 100;

/** The issues with all releases they are in: those that came with as many as a question gives are asked about. */
export async function withAllReleases<Shown extends Pick<LinearIssue, 'id' | 'releases'>>(
  client: LinearClient,
  issues: readonly Shown[],
): Promise<readonly Shown[]> {
  const full = issues.filter(({ releases }) => (releases?.nodes.length ?? 0) >= RELEASES_WITH_ISSUE);
  if (full.length === 0) return issues;
  const all = new Map<string, readonly ShownRelease[]>();
  let everything: Memberships | undefined;
  for (let at = 0; at < full.length; at += ISSUES_A_QUESTION) {
    const asked = full.slice(at, at + ISSUES_A_QUESTION).map(({ id }) => id);
    const { data } = await client.ask(ALL_RELEASES, { first: asked.length, filter: { id: { in: asked } } });
    for (const { id, releases } of data.issues.nodes) {
      // Nobody puts an issue into more than fifty; should somebody, nothing is left out.
      if (releases.pageInfo.hasNextPage) everything ??= await readMemberships(client);
      all.set(id, releases.pageInfo.hasNextPage && everything ? everything(id) : releases.nodes);
    }
  }
  return issues.map((issue) => {
    const nodes = all.get(issue.id);
    return nodes === undefined ? issue : { ...issue, releases: { nodes } };
  });
}
