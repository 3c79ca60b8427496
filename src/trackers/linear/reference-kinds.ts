import { z } from 'zod';
import type { LinearDocument } from './documents.ts';
import { instant, pageOf } from './schemas.ts';

const id = z.string().min(1);
const text = z.string().nullish();
const flag = z.boolean().nullish();
const object = z.object({ id });
const named = z.object({ name: z.string(), displayName: z.string() }).nullish();
const points = z.array(z.number());

/** What a workspace says about itself, list by list: the fields that are read, and their shapes. */
export const KINDS = {
  workflowStates: { fields: 'id name type', node: z.object({ id, name: z.string(), type: z.string() }) },
  issueLabels: { fields: 'id name', node: z.object({ id, name: z.string() }) },
  teams: {
    fields: 'id key name archivedAt',
    node: z.object({ id, key: z.string(), name: z.string(), archivedAt: text }),
  },
  projects: {
    fields:
      'id name slugId health startDate targetDate startedAt completedAt canceledAt archivedAt trashed updatedAt status { name type }',
    /** Asked for only where texts are read; the names, since quotes must not have them. */
    texts: 'description content lead { name displayName } creator { name displayName }',
    node: z.object({
      id,
      name: z.string(),
      slugId: text,
      health: text,
      startDate: text,
      targetDate: text,
      startedAt: instant.nullish(),
      completedAt: instant.nullish(),
      canceledAt: instant.nullish(),
      archivedAt: instant.nullish(),
      trashed: flag,
      status: z.object({ name: z.string(), type: z.string() }),
      updatedAt: instant,
      description: text,
      content: text,
      lead: named,
      creator: named,
    }),
  },
  projectMilestones: {
    fields: 'id name targetDate status project { id }',
    node: z.object({ id, name: z.string(), targetDate: text, status: z.string(), project: object }),
  },
  cycles: {
    fields: 'id number name startsAt endsAt completedAt scopeHistory completedScopeHistory team { id }',
    node: z.object({
      id,
      number: z.number(),
      name: text,
      startsAt: instant,
      endsAt: instant,
      completedAt: instant.nullish(),
      scopeHistory: points,
      completedScopeHistory: points,
      team: object,
    }),
  },
  initiatives: {
    fields: 'id name status health targetDate updatedAt archivedAt trashed',
    node: z.object({
      id,
      name: z.string(),
      status: text,
      health: text,
      targetDate: text,
      updatedAt: instant,
      archivedAt: instant.nullish(),
      trashed: flag,
    }),
  },
  initiativeToProjects: {
    fields: 'id archivedAt initiative { id } project { id }',
    node: z.object({ id, archivedAt: text, initiative: object, project: object }),
  },
  projectUpdates: {
    fields: 'id createdAt health archivedAt project { id }',
    node: z.object({
      id,
      createdAt: instant,
      health: text,
      archivedAt: instant.nullish(),
      project: object,
    }),
  },
  releases: {
    fields: 'id name version targetDate completedAt canceledAt trashed pipeline { id isProduction }',
    node: z.object({
      id,
      name: z.string(),
      version: text,
      targetDate: text,
      completedAt: instant.nullish(),
      canceledAt: instant.nullish(),
      trashed: flag,
      pipeline: z.object({ id, isProduction: z.boolean() }),
    }),
  },
  initiativeUpdates: {
    fields: 'id createdAt health archivedAt initiative { id }',
    node: z.object({
      id,
      createdAt: instant,
      health: text,
      archivedAt: instant.nullish(),
      initiative: object,
    }),
  },
} as const;

export type Kind = keyof typeof KINDS;
export type NodeOf<K extends Kind> = z.infer<(typeof KINDS)[K]['node']>;
export const KIND_NAMES = Object.keys(KINDS) as readonly Kind[];

const list = (kind: Kind, after: string, readsGoals: boolean): string =>
  `${kind}(first: $first${after}, includeArchived: true) { nodes { ${fieldsOf(kind, readsGoals)} } pageInfo { hasNextPage endCursor } }`;

function fieldsOf(kind: Kind, readsGoals: boolean): string {
  const of = KINDS[kind];
  return readsGoals && 'texts' in of ? `${of.fields} ${of.texts}` : of.fields;
}

/** What not every plan and not every user may read, and whether this one may. */
export interface Offered {
  readonly initiatives: boolean;
  readonly releases: boolean;
}

const OFFERS = {
  initiatives: ['initiatives', 'initiativeToProjects', 'initiativeUpdates'],
  releases: ['releases'],
} as const satisfies Readonly<Record<keyof Offered, readonly Kind[]>>;

/** The lists that are read: all but those that are not offered. */
export function kindsRead({ initiatives, releases }: Offered): readonly Kind[] {
  const kept = new Set<Kind>([
    ...(initiatives ? [] : OFFERS.initiatives),
    ...(releases ? [] : OFFERS.releases),
  ]);
  return KIND_NAMES.filter((kind) => !kept.has(kind));
}

const shape = z.object({
  organization: z.object({ id, urlKey: z.string() }),
  workflowStates: pageOf(KINDS.workflowStates.node),
  issueLabels: pageOf(KINDS.issueLabels.node),
  teams: pageOf(KINDS.teams.node),
  projects: pageOf(KINDS.projects.node),
  projectMilestones: pageOf(KINDS.projectMilestones.node),
  cycles: pageOf(KINDS.cycles.node),
  projectUpdates: pageOf(KINDS.projectUpdates.node),
});
const ofInitiatives = z.object({
  initiatives: pageOf(KINDS.initiatives.node),
  initiativeToProjects: pageOf(KINDS.initiativeToProjects.node),
  initiativeUpdates: pageOf(KINDS.initiativeUpdates.node),
});
const ofReleases = z.object({ releases: pageOf(KINDS.releases.node) });

type ReferenceAnswer = z.infer<typeof shape> &
  Partial<z.infer<typeof ofInitiatives>> &
  Partial<z.infer<typeof ofReleases>>;

function dataOf({ initiatives, releases }: Offered): z.ZodType<ReferenceAnswer> {
  if (initiatives && releases) return shape.extend({ ...ofInitiatives.shape, ...ofReleases.shape });
  if (initiatives) return shape.extend(ofInitiatives.shape);
  return releases ? shape.extend(ofReleases.shape) : shape;
}

/** Everything in one question, as long as there are at most 250 of each; with the texts of goals where those are read. */
export function referenceQuestion(
  offered: Offered,
  readsGoals = false,
): LinearDocument<z.ZodType<ReferenceAnswer>> {
  return {
    text: `query Reference($first: Int!) {
  organization { id urlKey }
  ${kindsRead(offered)
    .map((kind) => list(kind, '', readsGoals))
    .join('\n  ')}
}`,
    data: dataOf(offered),
  };
}

/** What follows on the first page of one list. */
export function moreOf(kind: Kind, readsGoals = false): LinearDocument {
  return {
    text: `query More_${kind}($first: Int!, $after: String) {\n  ${list(kind, ', after: $after', readsGoals)}\n}`,
    data: z.object({ [kind]: pageOf(KINDS[kind].node) }),
  };
}
