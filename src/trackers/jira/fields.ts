import type { z } from 'zod';
import type { ScalarField, SetField } from '#domain/issue.ts';
import type { CustomField } from '#domain/reference.ts';
import { fitsAny } from '#domain/team.ts';
import type { fieldList, JiraHistoryItem } from './schemas.ts';

/** The fields of a site as reading its issues needs them. */
export interface JiraFields {
  /** Ids of every field whose present value is read. */
  readonly asked: readonly string[];
  /** Those that gates ask for, which have no word of ours. */
  readonly gates: readonly CustomField[];
  /** Ids of the custom fields that hold one of our fields. */
  readonly idsOf: (word: CustomWord) => readonly string[];
  /** Our word for the field of a change. What we have no word for keeps Jira's id, else its name. */
  readonly wordOf: (item: JiraHistoryItem) => string;
  /** Whether the values of a change are account ids. */
  readonly holdsPeople: (item: JiraHistoryItem) => boolean;
}

export type CustomWord = 'cycles' | 'estimate' | 'parent' | 'team' | 'flagged';

/**
 * What a site's list of fields says. A custom field goes by its type wherever it has one: names get translated.
 * `estimates`: ids of the fields that boards estimate with, whatever they are called. `wanted`: ids or names of those
 * that gates ask for.
 */
export function jiraFields(
  list: z.infer<typeof fieldList>,
  estimates: readonly string[] = [],
  wanted: readonly string[] = [],
): JiraFields {
  const listed = new Map(list.map((field) => [field.id, field]));
  const words = new Map<string, CustomWord>();
  for (const field of list) {
    // A board may also count by time, which has fields of its own.
    const isEstimate = estimates.includes(field.id) && field.schema?.custom != null;
    const word = customWord(field) ?? (isEstimate ? 'estimate' : undefined);
    if (word !== undefined) words.set(field.id, word);
  }
  const ids = Map.groupBy(words.keys(), (id) => words.get(id));
  const gates = list
    .filter(({ id, schema }) => schema?.custom != null && !words.has(id))
    .map(({ id, name }) => ({ id, name: name ?? id }))
    .filter(({ id, name }) => fitsAny(wanted, [id, name]));
  return {
    asked: [...FIELDS_READ, ...words.keys(), ...gates.map(({ id }) => id)],
    gates,
    idsOf: (wanted) => ids.get(wanted) ?? [],
    wordOf: ({ field, fieldId, isCustom }) => {
      const byId = fieldId === undefined ? undefined : (SYSTEM_WORDS[fieldId] ?? words.get(fieldId));
      const name = field.toLowerCase();
      // Anyone may call a custom field "Status".
      return byId ?? CUSTOM_NAMES[name] ?? (isCustom ? undefined : SYSTEM_NAMES[name]) ?? fieldId ?? field;
    },
    holdsPeople: ({ field, fieldId, isCustom }) => {
      const id = fieldId ?? field.toLowerCase();
      if (PEOPLE.has(id)) return true;
      const known = listed.get(id);
      // The type of a custom field that was deleted is unknown; it may have held people.
      if (known === undefined) return isCustom && CUSTOM_NAMES[field.toLowerCase()] === undefined;
      return known.schema?.type === 'user' || known.schema?.items === 'user';
    },
  };
}

/** Whether fields are those with some ids. */
export function hasIds(fields: readonly CustomField[], ids: readonly string[] = []): boolean {
  return ids.length === fields.length && fields.every(({ id }) => ids.includes(id));
}

const FIELDS_READ = [
  'summary',
  'status',
  'issuetype',
  'project',
  'created',
  'updated',
  'priority',
  'resolution',
  'assignee',
  'reporter',
  'creator',
  'parent',
  'duedate',
  'timeestimate',
  'timeoriginalestimate',
  'labels',
  'fixVersions',
  'components',
  'issuelinks',
] as const;

const PEOPLE: ReadonlySet<string> = new Set(['assignee', 'reporter', 'creator']);

type Word = ScalarField | SetField | 'affectsVersions' | 'description' | 'environment' | 'comment';
type Words = Readonly<Record<string, Word | undefined>>;

/** Without a prototype, since a field may well be called "constructor". */
const words = (entries: Words): Words => Object.assign(Object.create(null) as Words, entries);

const SYSTEM_WORDS = words({
  status: 'status',
  assignee: 'assignee',
  reporter: 'reporter',
  priority: 'priority',
  issuetype: 'type',
  project: 'project',
  summary: 'title',
  resolution: 'resolution',
  duedate: 'dueDate',
  timeestimate: 'remainingEstimate',
  timeoriginalestimate: 'originalEstimate',
  labels: 'labels',
  fixVersions: 'versions',
  // Jira's id for "affects versions"; ours for the versions that deliver would swallow it.
  versions: 'affectsVersions',
  components: 'components',
  parent: 'parent',
  description: 'description',
  environment: 'environment',
  comment: 'comment',
});

/** Changes of what is no field, or was one under this name, come without an id. */
const SYSTEM_NAMES = words({
  ...SYSTEM_WORDS,
  fixversions: 'versions',
  'fix version': 'versions',
  version: 'affectsVersions',
  component: 'components',
  key: 'key',
  link: 'links',
  issueparentassociation: 'parent',
});

const CUSTOM_NAMES = words({
  sprint: 'cycles',
  'epic link': 'parent',
  'parent link': 'parent',
  flagged: 'flagged',
  'story points': 'estimate',
  'story point estimate': 'estimate',
});

function customWord({ name, schema }: z.infer<typeof fieldList>[number]): CustomWord | undefined {
  const type = schema?.custom?.split(':').at(-1);
  switch (type) {
    case undefined:
      return undefined;
    case 'gh-sprint':
      return 'cycles';
    case 'jsw-story-points':
      return 'estimate';
    case 'gh-epic-link':
    case 'jpo-custom-field-parent':
      return 'parent';
    case 'atlassian-team':
    case 'rm-teams-custom-field-team':
      return 'team';
    // Company-managed projects keep estimates and flags in fields of common types: only the name tells them apart.
    case 'float':
      return CUSTOM_NAMES[name?.toLowerCase() ?? ''] === 'estimate' ? 'estimate' : undefined;
    case 'select':
    case 'multicheckboxes':
      return name?.toLowerCase() === 'flagged' ? 'flagged' : undefined;
    default:
      return undefined;
  }
}
