import type { JiraField } from './model.ts';
import { newText, type RecordedIssue } from './recorded-issue.ts';
import { isServerSprint } from './server-sprint.ts';
import { SYSTEM_FIELDS } from './system-fields.ts';

/**
 * The fields a recorded site lists: the system's and the custom ones its issues hold a value of. An export carries no
 * field names, so a custom field gets its type from its values, and its name from the histories: the name whose last
 * recorded value is the field's value now. A field nothing names is called by its id.
 */
export function fieldsOfRecordedIssues(issues: readonly RecordedIssue[]): readonly JiraField[] {
  const valuesById = customValues(issues);
  const names = namesFromHistories(issues, valuesById);
  const custom = [...valuesById].map(([id, values]): JiraField => {
    const schema = schemaOf([...values.values()]);
    return { id, name: names.get(id) ?? WELL_KNOWN_NAMES.get(schema.custom) ?? id, schema };
  });
  return [...SYSTEM_FIELDS, ...custom];
}

const SPRINT = 'com.pyxis.greenhopper.jira:gh-sprint';
const RANK = 'com.pyxis.greenhopper.jira:gh-lexo-rank';
const EPIC_LINK = 'com.pyxis.greenhopper.jira:gh-epic-link';
const PLAIN = 'com.atlassian.jira.plugin.system.customfieldtypes:';
const WELL_KNOWN_NAMES: ReadonlyMap<string, string> = new Map([
  [SPRINT, 'Sprint'],
  [RANK, 'Rank'],
  [EPIC_LINK, 'Epic Link'],
]);

/** Custom field id → issue id → value. */
type CustomValues = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

function customValues(issues: readonly RecordedIssue[]): CustomValues {
  const valuesById = new Map<string, Map<string, unknown>>();
  for (const issue of issues) {
    for (const [id, value] of Object.entries(issue.fields)) {
      if (!/^customfield_\d+$/.test(id) || value === null || value === undefined) continue;
      const values = valuesById.get(id) ?? new Map<string, unknown>();
      valuesById.set(id, values.set(issue.id, value));
    }
  }
  return valuesById;
}

function schemaOf(values: readonly unknown[]): JiraField['schema'] & { readonly custom: string } {
  const elements: readonly unknown[] = values.flat();
  const all = (test: (value: unknown) => boolean): boolean => elements.length > 0 && elements.every(test);
  const allMatch = (pattern: RegExp): boolean =>
    all((value) => typeof value === 'string' && pattern.test(value));
  if (all(isServerSprint)) return { type: 'array', items: 'json', custom: SPRINT };
  if (allMatch(/^\d\|[0-9a-z]+:/)) return { type: 'any', custom: RANK };
  if (allMatch(/^[A-Z][A-Z0-9_]+-\d+$/)) return { type: 'any', custom: EPIC_LINK };
  const [type, name] = plainType(all);
  return values.some((value) => Array.isArray(value))
    ? { type: 'array', items: type, custom: `${PLAIN}multi${name}` }
    : { type, custom: PLAIN + name };
}

function plainType(
  all: (test: (value: unknown) => boolean) => boolean,
): readonly [type: string, name: string] {
  if (all(isUser)) return ['user', 'userpicker'];
  if (all((value) => typeof value === 'number')) return ['number', 'float'];
  if (all((value) => typeof value === 'string')) return ['string', 'textfield'];
  return ['option', 'select'];
}

function isUser(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && 'displayName' in value;
}

/**
 * Custom field id → the name its changes go by in the histories. Chance lets another field agree on an issue or two,
 * so the one that agrees most often is taken, and only when it agrees on most: an export may lack the last change.
 */
function namesFromHistories(
  issues: readonly RecordedIssue[],
  values: CustomValues,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [name, lastValues] of lastRecordedValues(issues)) {
    const [best] = [...values]
      .filter(([id]) => !names.has(id))
      .map(([id, current]) => ({ id, agreements: agreementsOf(lastValues, current) }))
      .toSorted((a, b) => b.agreements - a.agreements);
    if (best !== undefined && best.agreements > 0 && best.agreements >= lastValues.size * 0.8) {
      names.set(best.id, name);
    }
  }
  return names;
}

function agreementsOf(
  lastValues: ReadonlyMap<string, ReadonlySet<string>>,
  current: ReadonlyMap<string, unknown>,
): number {
  return [...lastValues].filter(([issueId, texts]) => texts.has(textOf(current.get(issueId)))).length;
}

/** Custom field name → issue id → the ways its last value is written there. Cleared fields are left out. */
function lastRecordedValues(
  issues: readonly RecordedIssue[],
): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> {
  const byName = new Map<string, Map<string, ReadonlySet<string>>>();
  for (const issue of issues) {
    for (const item of issue.histories
      .toSorted((a, b) => a.created - b.created)
      .flatMap(({ items }) => items)) {
      if (item.fieldtype !== 'custom') continue;
      const lastValues = byName.get(item.field) ?? new Map<string, ReadonlySet<string>>();
      byName.set(item.field, lastValues);
      const texts = [item.to, newText(item)];
      const written = texts.filter((text) => typeof text === 'string' && text !== '').map(String);
      if (written.length === 0) lastValues.delete(issue.id);
      else lastValues.set(issue.id, new Set(written));
    }
  }
  return byName;
}

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  for (const property of ['name', 'value', 'id']) {
    const text: unknown = Reflect.get(value, property);
    if (typeof text === 'string') return text;
  }
  return '';
}
