import { isDeepStrictEqual } from 'node:util';
import type { Issue, NamedValue } from '#domain/issue.ts';
import { mergeIssues } from '#domain/whole-timeline.ts';
import { withNamesOf } from './complete.ts';
import { RELEASES_WITH_ISSUE } from './documents.ts';
import type { LinearReading } from './events.ts';
import { normalizeIssue } from './normalize.ts';
import { releaseName } from './releases.ts';
import type { LinkedIssue, ShownRelease } from './schemas.ts';
import { linksIn } from './shown-links.ts';

/** Whether an issue that was read says more than what is stored of it. What the overlap shows a second time does not. */
export function isNews(stored: Issue | undefined, read: Issue): boolean {
  return stored === undefined || !isDeepStrictEqual(mergeIssues(stored, read), stored);
}

/**
 * Whether everything that an answer shows of an issue is stored, so that what the answer had no room for need not be
 * asked for: the issue has not changed since, and newer links and entries of its history would have come first.
 */
export function isShownAgain(shown: LinkedIssue, stored: Issue | undefined, reading: LinearReading): boolean {
  if (stored === undefined || shown.updatedAt !== stored.updatedAt) return false;
  const links = linksBehind(shown, stored);
  const releases = releasesBehind(shown, stored);
  if (links === undefined || releases === undefined) return false;
  const { nodes, pageInfo } = shown.history;
  const read = new Set(nodes.map(({ id }) => id));
  const oldest = Math.min(...nodes.map(({ createdAt }) => createdAt));
  const kept = stored.events.filter(({ origin }) => origin === 'recorded');
  const older = pageInfo.hasNextPage
    ? kept.filter(({ eventId, at }) => !read.has(eventId) && at <= oldest)
    : [];
  const issue = { ...shown, releases: { nodes: releases } };
  const whole = normalizeIssue(issue, nodes, links, withNamesOf(stored, reading), older);
  const entries = new Set(whole.events.map(({ eventId }) => eventId));
  return kept.every(({ eventId }) => entries.has(eventId)) && !isNews(stored, whole);
}

/** The links as shown, or as stored where more follow and those that are shown are among them. */
function linksBehind(shown: LinkedIssue, { current }: Issue): readonly NamedValue[] | undefined {
  const { relations, inverseRelations } = shown;
  const links = linksIn(relations.nodes, inverseRelations.nodes);
  if (!relations.pageInfo.hasNextPage && !inverseRelations.pageInfo.hasNextPage) return links;
  const stored = current.sets.links ?? [];
  return stored.length > links.length && links.every((link) => isAmong(stored, link)) ? stored : undefined;
}

/** The same for releases, which are versions beside the milestone of the project. */
function releasesBehind(
  { releases, projectMilestone }: LinkedIssue,
  { current }: Issue,
): readonly ShownRelease[] | undefined {
  const shown = releases?.nodes ?? [];
  if (shown.length < RELEASES_WITH_ISSUE) return shown;
  const stored = (current.sets.versions ?? []).filter(({ value }) => value !== projectMilestone?.id);
  if (!shown.every((one) => isAmong(stored, { value: one.id, name: releaseName(one) }))) return undefined;
  return stored.map(({ value, name }) => ({ id: value, name: name ?? value }));
}

/** Whether a member is there, under this name. */
export function isAmong(members: readonly NamedValue[], { value, name }: NamedValue): boolean {
  return members.some((member) => member.value === value && member.name === name);
}
