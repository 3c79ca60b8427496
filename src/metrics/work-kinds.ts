import { scalarNow } from '#domain/field-values.ts';
import { oncePerView, remembered } from '#domain/once.ts';
import { keysEver } from '#domain/present-names.ts';
import { fitsAny, type ItemFilter, membersWithNames, WORK_KINDS, type WorkKind } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { steadyStatuses, type WorkItem } from '#domain/work-item.ts';
import { ancestors } from './attribution.ts';

/** How a team's items of a kind were told apart. */
export interface KindBasis {
  readonly kind: WorkKind;
  readonly by: 'configured' | 'guessed';
  /** The names that were taken to mean the kind; with none nothing is known of it. */
  readonly names: readonly string[];
  readonly items: number;
  /**
   * Whether it may decide the headline: the team says what it is, or half of its items or more have a type, a label or a
   * priority that is called so. A component says what part of a product something is about, and that alone is too little.
   */
  readonly isFirm: boolean;
  /** Configured values that fit no item and nothing the source knows. */
  readonly unmatched: readonly string[];
}

/**
 * Which kinds of work an item is, by the values its fields had at the end of the view.
 *
 * What the team says under `work`, kind by kind; any value of any field is enough. A kind it does not say is guessed: from
 * types, and for expedited work priorities, with a word for it in their name; from labels and components whose whole name
 * is the kind.
 *
 * @example workKindsOf(view(team(), '2026-01-23', []))(view(team(), '2026-01-23', [issue('PAY-1', 'To Do', { labels: ['outage'] })]).items[0])
 *   // => ['incident']
 */
export function workKindsOf(view: TeamView): (item: WorkItem) => readonly WorkKind[] {
  const { kindsOf } = kindsIn(view);
  return (item) => kindsOf(item);
}

/** How each kind of work was told apart, and how many of the team's items are of it. */
export function kindBases(view: TeamView): readonly KindBasis[] {
  return WORK_KINDS.map((kind) => kindsIn(view).basisOf(kind));
}

/** Whether anything is known of a kind of work: the team says what it is, or some name sounds like it. */
export function isKnownKind(view: TeamView, kind: WorkKind): KindBasis | undefined {
  const basis = kindsIn(view).basisOf(kind);
  return basis.items > 0 || (basis.by === 'configured' && hasMatch(view, basis)) ? basis : undefined;
}

/** A configured kind without an item is 0, unless nothing of what was written exists. */
function hasMatch({ team }: TeamView, { kind, unmatched }: KindBasis): boolean {
  return Object.values(team.work?.[kind] ?? {}).flat().length > unmatched.length;
}

/** Words that say of a type, or of a priority, what kind of work it stands for. */
const WORDS: Readonly<Record<WorkKind, RegExp>> = {
  support: /\b(support|customers?|help ?desk|service request|escalation)\b/,
  incident: /\b(incident|outage|sev ?[01]|hotfix)\b/,
  unplanned: /\b(unplanned|interrupt|ad ?hoc)\b/,
  expedite: /\b(expedited?|fast ?track)\b/,
};

/**
 * Whole names of labels and components that are the kind itself. A label or a component also says what a thing is about or
 * who wished for it: “customer-portal”, “support-dark-mode”, “incident-management” and “customer-request” are features.
 */
const WHOLE: Readonly<Record<WorkKind, RegExp>> = {
  support:
    /^(((customer|user|technical|tech|production|(l|level|tier) ?\d) )?support( (request|ticket|case|work)s?)?|help ?desk|service (desk|requests?)|escalations?)$/,
  incident: /^(((production|prod|major|live) )?(incident|outage)s?( response)?|sev ?[01]|hotfix(es)?)$/,
  unplanned: /^(unplanned( work)?|interrupts?|interruptions?|ad ?hoc)$/,
  expedite: /^(expedited?|fast ?track)$/,
};

const SAID_BY_WORD = new Set<(typeof FIELDS)[number]>(['types', 'priorities']);

const GUESSED_FROM: Readonly<Record<WorkKind, readonly (typeof FIELDS)[number][]>> = {
  support: ['types', 'labels', 'components'],
  incident: ['types', 'labels', 'components'],
  unplanned: ['types', 'labels', 'components'],
  expedite: ['types', 'labels', 'components', 'priorities'],
};

interface Kinds {
  readonly kindsOf: (item: WorkItem) => readonly WorkKind[];
  readonly basisOf: (kind: WorkKind) => KindBasis;
}

const kindsIn = oncePerView((view): Kinds => {
  const isOf = (item: WorkItem, kind: WorkKind): boolean => {
    const filter = view.team.work?.[kind];
    if (filter === undefined) return guessedKinds(view, item).includes(kind);
    return FIELDS.some((field) => {
      const wanted = filter[field] ?? [];
      return wanted.length > 0 && fitsAny(wanted, valuesOf(view, item, field));
    });
  };
  const kindsOf = remembered((item: WorkItem) => WORK_KINDS.filter((kind) => isOf(item, kind)));
  return { kindsOf, basisOf: remembered((kind: WorkKind) => basisOf(view, kind, kindsOf)) };
});

const FIELDS = ['types', 'labels', 'projects', 'components', 'priorities', 'parents', 'statuses'] as const;

/** Ids and names that an item has in a field. */
function valuesOf(
  view: TeamView,
  item: WorkItem,
  field: (typeof FIELDS)[number],
): readonly (string | undefined)[] {
  const { issue, type } = item;
  switch (field) {
    case 'types':
      return [type.id, type.name];
    case 'labels':
    case 'components':
      return membersWithNames(issue, field);
    case 'projects': {
      const { value, name } = scalarNow(issue, 'project') ?? {};
      const known = view.references.get(issue.source)?.projects.find(({ id }) => id === value);
      return [value, name, known?.key, known?.name];
    }
    case 'priorities': {
      const { value, name } = scalarNow(issue, 'priority') ?? {};
      return [value, name];
    }
    case 'parents':
      return ancestors(view, item).flatMap((above) => [
        above.issue.id,
        ...keysEver(above.issue),
        above.title,
      ]);
    case 'statuses':
      return steadyStatuses(issue).stays.flatMap(({ value, name }) => [value, name]);
    default:
      return field satisfies never;
  }
}

/**
 * The kinds that the names of an item sound like. Most items are asked about on many days between which nothing happened
 * to them, and are called the same on each.
 */
function guessedKinds(view: TeamView, item: WorkItem): readonly WorkKind[] {
  const { events } = item.issue;
  const known = guessed.get(events);
  if (known?.type === item.type.name) return known.kinds;
  const kinds = WORK_KINDS.filter((kind) => namesOfKind(view, item, kind).length > 0);
  guessed.set(events, { type: item.type.name, kinds });
  return kinds;
}

const guessed = new WeakMap<
  WorkItem['issue']['events'],
  { readonly type: string; readonly kinds: readonly WorkKind[] }
>();

/** The names of an item that say it is of a kind. */
function namesOfKind(
  view: TeamView,
  item: WorkItem,
  kind: WorkKind,
  fields = GUESSED_FROM[kind],
): readonly string[] {
  return fields.flatMap((field) => {
    const pattern = (SAID_BY_WORD.has(field) ? WORDS : WHOLE)[kind];
    const names = valuesOf(view, item, field).filter((value) => value !== undefined);
    return names.filter((name) => pattern.test(plain(name)));
  });
}

/** In lower case, with spaces, and without the group that some write in front: “type: support”, “kind/support”. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(type|kind)\s*[:/]\s*/, '')
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();
}

function basisOf(
  view: TeamView,
  kind: WorkKind,
  kindsOf: (item: WorkItem) => readonly WorkKind[],
): KindBasis {
  const items = view.items.filter((item) => kindsOf(item).includes(kind));
  const filter = view.team.work?.[kind];
  if (filter === undefined) {
    const names = new Set(items.flatMap((item) => namesOfKind(view, item, kind)));
    const fields = GUESSED_FROM[kind].filter((field) => field !== 'components');
    const firm = items.filter((item) => namesOfKind(view, item, kind, fields).length > 0).length;
    return {
      kind,
      by: 'guessed',
      names: [...names].toSorted(),
      items: items.length,
      isFirm: 2 * firm >= items.length,
      unmatched: [],
    };
  }
  const unmatched = FIELDS.flatMap((field) => {
    const wanted = filter[field] ?? [];
    if (wanted.length === 0) return [];
    const there = [...view.items.flatMap((item) => valuesOf(view, item, field)), ...vocabulary(view, field)];
    return wanted.filter((value) => !fitsAny([value], there)).map((value) => `${kind}.${field}: ${value}`);
  });
  return { kind, by: 'configured', names: [], items: items.length, isFirm: true, unmatched };
}

/** What the sources know beside what items have: a type that was never used is still no typing error. */
function vocabulary(view: TeamView, field: keyof ItemFilter): readonly string[] {
  if (field === 'labels')
    return [...view.byRef.values()].flatMap(({ issue }) => membersWithNames(issue, field));
  return [...view.references.values()].flatMap(({ types, projects, statuses }) => {
    if (field === 'types') return types.flatMap(({ id, name }) => [id, name]);
    if (field === 'projects') return projects.flatMap(({ id, key, name }) => [id, key, name]);
    return field === 'statuses' ? statuses.flatMap(({ id, name }) => [id, name]) : [];
  });
}
