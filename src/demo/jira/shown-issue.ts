import type { Simulation } from './call.ts';
import type { JiraIssue } from './model.ts';

/** Which fields a request asked for. */
export type FieldChoice =
  /** Only who the issue is. */
  | { readonly kind: 'identity'; readonly withKey: boolean }
  /** `named` is undefined for all fields. */
  | {
      readonly kind: 'fields';
      readonly named: ReadonlySet<string> | undefined;
      readonly without: readonly string[];
    };

/** Without a list of fields an answer holds ids and nothing else. */
export function chooseFields(fields: readonly string[] | undefined): FieldChoice {
  const asked = (fields ?? ['id']).map((field) => field.trim()).filter((field) => field !== '');
  if (asked.every((field) => field === 'id' || field === 'key')) {
    return { kind: 'identity', withKey: asked.includes('key') };
  }
  const without = asked.filter((field) => field.startsWith('-')).map((field) => field.slice(1));
  const all = asked.includes('*all') || asked.includes('*navigable') || without.length === asked.length;
  return { kind: 'fields', named: all ? undefined : new Set(asked), without };
}

/** An issue as an answer shows it. `changelog` in `expand` adds its newest histories, and how many there are. */
export function shownIssue(
  { render, site }: Pick<Simulation, 'render' | 'site'>,
  issue: JiraIssue,
  updated: number,
  choice: FieldChoice,
  expand: readonly string[],
): object {
  const changelog = expand.includes('changelog') ? { changelog: newestHistories(render, issue) } : {};
  if (choice.kind === 'identity') {
    return { id: issue.id, ...(choice.withKey ? { key: issue.key } : {}), ...changelog };
  }
  const { named, without } = choice;
  const all = named ?? new Set([...site.fields.map(({ id }) => id), ...Object.keys(issue.fields)]);
  return {
    ...render.issue(issue, new Set([...all].filter((field) => !without.includes(field))), updated),
    ...changelog,
  };
}

/** Jira cuts here without a word; only `total` tells. */
const MOST_INLINE_HISTORIES = 40;

function newestHistories(render: Simulation['render'], { histories }: JiraIssue): object {
  const newest = histories
    .toSorted((a, b) => b.created - a.created || Number(b.id) - Number(a.id))
    .slice(0, MOST_INLINE_HISTORIES);
  return {
    startAt: 0,
    maxResults: newest.length,
    total: histories.length,
    histories: newest.map((history) => render.history(history, 'text')),
  };
}
