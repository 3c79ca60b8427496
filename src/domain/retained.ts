import { changedTexts } from './goal-text.ts';
import type { Instant } from './issue.ts';
import { retainedLabels } from './present-names.ts';
import type { Project, Reference } from './reference.ts';
import { withTargetsOf } from './seen-targets.ts';

/**
 * What a source says of itself now, with what it said before of things it no longer names: a project that was archived,
 * its statuses, a cycle that had begun. Issues of the past speak of them, and mean then what they meant. What the texts
 * of projects said before is kept as well. Of initiatives and of what people said of their health it is kept since when
 * they are gone: `at`, the moment of this reading, unless that is known.
 */
export function retained(before: Reference, now: Reference, at: Instant): Reference {
  const labels = retainedLabels(before.labels, now.labels);
  const teams = united(before.teams, now.teams);
  const fields = united(before.fields, now.fields);
  const updates = withGone(before.updates, now.updates, at);
  const initiatives = withGone(before.initiatives, now.initiatives, at);
  const begun = before.cycles.filter(({ startAt }) => startAt !== undefined);
  return {
    ...now,
    projects: (united(before.projects, now.projects) ?? [])
      .map(withTextsOf(before.projects))
      .map(withTargetsOf(before.projects, at)),
    statuses: united(before.statuses, now.statuses) ?? [],
    types: united(before.types, now.types) ?? [],
    cycles: united(begun, now.cycles) ?? [],
    ...(updates === undefined ? {} : { updates }),
    ...(initiatives === undefined
      ? {}
      : { initiatives: initiatives.map(withTargetsOf(before.initiatives ?? [], at)) }),
    ...(teams === undefined ? {} : { teams }),
    ...(fields === undefined ? {} : { fields }),
    ...(labels === undefined ? {} : { labels }),
  };
}

function united<T extends { readonly id: string }>(
  before: readonly T[] | undefined,
  now: readonly T[] | undefined,
): readonly T[] | undefined {
  if (before === undefined || now === undefined) return now ?? before;
  const ids = new Set(now.map(({ id }) => id));
  return [...now, ...before.filter(({ id }) => !ids.has(id))];
}

function withGone<T extends { readonly id: string; readonly goneSince?: Instant }>(
  before: readonly T[] | undefined,
  now: readonly T[] | undefined,
  at: Instant,
): readonly T[] | undefined {
  if (before === undefined || now === undefined) return now ?? before;
  return united(
    before.map((one) => ({ ...one, goneSince: one.goneSince ?? at })),
    now,
  );
}

function withTextsOf(before: readonly Project[]): (project: Project) => Project {
  const older = new Map(before.map(({ id, texts }) => [id, texts]));
  return (project) => {
    const texts = changedTexts(older.get(project.id), project.texts);
    return texts === undefined ? project : { ...project, texts };
  };
}
