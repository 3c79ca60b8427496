import { z } from 'zod';
import type { CurrentFields, IssueEvent, NamedValue } from '#domain/issue.ts';
import { customValues } from './custom-values.ts';
import type { JiraReading } from './events.ts';
import type { CustomWord } from './fields.ts';
import { linkedIssues } from './linked-issues.ts';
import type { JiraIssue } from './schemas.ts';

/** What Jira shows of an issue now. `recorded` are its changes, oldest first. */
export function currentFields(
  issue: JiraIssue,
  recorded: readonly IssueEvent[],
  reading: JiraReading,
): CurrentFields {
  const { fields } = issue;
  const custom = (word: CustomWord): readonly unknown[] =>
    reading.fields
      .idsOf(word)
      .map((id) => fields[id])
      .filter((value) => value !== null && value !== undefined);
  const person = (value: typeof fields.assignee): NamedValue | undefined =>
    value?.accountId ? { value: reading.personHash(value.accountId) } : undefined;

  const asked = customValues(issue, reading);
  return {
    ...(asked === undefined ? {} : { custom: asked }),
    scalars: present({
      status: reference(fields.status),
      type: reference(fields.issuetype),
      project: reference(fields.project),
      key: { value: issue.key },
      title: plain(fields.summary),
      assignee: person(fields.assignee),
      reporter: person(fields.reporter),
      priority: reference(fields.priority),
      resolution: reference(fields.resolution),
      parent: fields.parent
        ? named(fields.parent.id, fields.parent.key)
        : legacyParent(custom('parent'), recorded),
      dueDate: plain(fields.duedate),
      estimate: plain(first(custom('estimate'), estimate)),
      originalEstimate: plain(fields.timeoriginalestimate?.toString()),
      remainingEstimate: plain(fields.timeestimate?.toString()),
      flagged: flag(custom('flagged')),
      team: first(custom('team'), team),
    }),
    sets: {
      labels: (fields.labels ?? []).map((value) => ({ value })),
      versions: references(fields.fixVersions),
      components: references(fields.components),
      cycles: references(custom('cycles').flatMap((value) => sprints.parse(value))),
      links: linkedIssues(fields.issuelinks, recorded),
    },
  };
}

type Reference = { readonly id: string; readonly name?: string | null | undefined };

const id = z.union([z.string(), z.number().transform(String)]);
const sprints = z.array(z.object({ id, name: z.string().nullish() })).catch([]);
const estimate = z.union([z.number().transform(String), z.string()]);
const options = z.union([z.array(z.object({ id, value: z.string() })), z.object({ id, value: z.string() })]);
const team = z.union([
  z.string().transform((value): NamedValue => ({ value })),
  z
    .object({ id, name: z.string().nullish(), title: z.string().nullish() })
    .transform((value): NamedValue => named(value.id, value.name ?? value.title)),
]);
const epicKey = z.string();
const parentLink = z.object({ data: z.object({ id, key: z.string() }) }).transform(({ data }) => data);

function first<Schema extends z.ZodType>(
  values: readonly unknown[],
  schema: Schema,
): z.infer<Schema> | undefined {
  return values.map((value) => schema.safeParse(value)).find((parsed) => parsed.success)?.data;
}

/** Jira's history writes the chosen options of a list as `[10019, 10020]`, and a single choice bare. */
function flag(values: readonly unknown[]): NamedValue | undefined {
  const chosen = first(values, options);
  if (chosen === undefined) return undefined;
  if ('id' in chosen) return named(chosen.id, chosen.value);
  if (chosen.length === 0) return undefined;
  return named(
    `[${chosen.map((option) => option.id).join(', ')}]`,
    chosen.map((option) => option.value).join(', '),
  );
}

/** The old fields for the issue above. The epic's holds only a key; the id, which outlives it, is in the history. */
function legacyParent(values: readonly unknown[], recorded: readonly IssueEvent[]): NamedValue | undefined {
  const link = first(values, parentLink);
  if (link !== undefined) return named(link.id, link.key);
  const key = first(values, epicKey);
  if (key === undefined) return undefined;
  const set = recorded.findLast((event) => event.field === 'parent' && event.toName === key);
  return named(set?.to ?? key, key);
}

function references(values: readonly Reference[] | null | undefined): readonly NamedValue[] {
  return (values ?? []).map((value) => named(value.id, value.name));
}

function reference(value: Reference | null | undefined): NamedValue | undefined {
  return value ? named(value.id, value.name) : undefined;
}

function plain(value: string | null | undefined): NamedValue | undefined {
  return value ? { value } : undefined;
}

function named(value: string, name: string | null | undefined): NamedValue {
  return name ? { value, name } : { value };
}

function present(
  scalars: { readonly [K in keyof CurrentFields['scalars']]: NamedValue | undefined },
): CurrentFields['scalars'] {
  const out: { -readonly [K in keyof CurrentFields['scalars']]: CurrentFields['scalars'][K] } = {};
  for (const [field, value] of Object.entries(scalars)) {
    if (value !== undefined) out[field as keyof typeof scalars] = value;
  }
  return out;
}
