import type { Instant } from './issue.ts';
import type { Reference, Version } from './reference.ts';
import { targetAsOf } from './seen-targets.ts';
import { compareIds } from './whole-timeline.ts';

/** A version as it was seen once: for the first time, changed, or no longer there. */
export interface VersionObservation {
  /** The tracker's clock. */
  readonly at: Instant;
  readonly version: Version;
  readonly removed?: true;
}

/** What we saw of a source's versions, since the tracker keeps no history of them. */
export interface VersionHistory {
  /** When the source was first read: of earlier days it is known only what was seen then. */
  readonly since: Instant;
  /** Oldest first. */
  readonly observations: readonly VersionObservation[];
}

/**
 * The reference with its versions as they were known at a moment: those seen before it, as they were seen last. Of a
 * moment before the source was first read, what was seen then is the nearest there is. Without a history: as it is. Of
 * the texts and targets of its projects those that stood by then, and no initiative or word on health that was gone.
 */
export function referenceAsOf(recorded: Reference, moment: Instant): Reference {
  const reference = withTargetsAsOf(withoutGone(withTextsAsOf(recorded, moment), moment), moment);
  const { versionHistory } = reference;
  if (versionHistory === undefined) return reference;
  const { since, observations } = versionHistory;
  const last = new Map<string, VersionObservation>();
  for (const observation of observations) {
    if (observation.at < moment || observation.at <= since) last.set(observation.version.id, observation);
  }
  const then = [...last.values()].filter(({ removed }) => !removed).map(({ version }) => version);
  return { ...reference, versions: then.sort((a, b) => compareIds(a.id, b.id)) };
}

function withTargetsAsOf(reference: Reference, moment: Instant): Reference {
  const { projects, initiatives } = reference;
  if ([...projects, ...(initiatives ?? [])].every(({ targets }) => targets === undefined)) return reference;
  return {
    ...reference,
    projects: projects.map((one) => targetAsOf(one, moment)),
    ...(initiatives === undefined ? {} : { initiatives: initiatives.map((one) => targetAsOf(one, moment)) }),
  };
}

function withoutGone(reference: Reference, moment: Instant): Reference {
  const { initiatives, updates } = reference;
  const isThere = ({ goneSince }: { readonly goneSince?: Instant }) =>
    goneSince === undefined || goneSince >= moment;
  if ([...(initiatives ?? []), ...(updates ?? [])].every(isThere)) return reference;
  return {
    ...reference,
    ...(initiatives === undefined ? {} : { initiatives: initiatives.filter(isThere) }),
    ...(updates === undefined ? {} : { updates: updates.filter(isThere) }),
  };
}

function withTextsAsOf(reference: Reference, moment: Instant): Reference {
  if (reference.projects.every(({ texts }) => texts === undefined)) return reference;
  const projects = reference.projects.map(({ texts, ...project }) => ({
    ...project,
    ...(texts === undefined ? {} : { texts: texts.filter(({ since }) => since < moment) }),
  }));
  return { ...reference, projects };
}
