import type { JiraHistoryItem, JiraSite, JiraStatus } from '../jira/model.ts';
import { uuidOf } from './ids.ts';
import type { LinearStateType } from './model.ts';

/** Linear ids of what Jira knows by its own: the same Jira id is always the same UUID. */
export const linearId = {
  team: (projectId: string): string => uuidOf('team', projectId),
  /** States belong to a team; a Jira status may be used by many projects. */
  state: (projectId: string, statusId: string): string => uuidOf('state', projectId, statusId),
  user: (accountId: string): string => uuidOf('user', accountId),
  label: (kind: LabelKind, name: string): string => uuidOf('label', kind, name),
  cycle: (sprintId: string | number): string => uuidOf('cycle', sprintId),
  /** Of an epic. */
  project: (epicId: string): string => uuidOf('project', epicId),
  /** Of the work that has no epic. */
  teamProject: (projectId: string): string => uuidOf('project of team', projectId),
  milestone: (versionId: string): string => uuidOf('milestone', versionId),
  issue: (issueId: string): string => uuidOf('issue', issueId),
  attachment: (attachmentId: string): string => uuidOf('attachment', attachmentId),
} as const;

/** What becomes a label: Jira's labels, its components, and its issue types. */
export type LabelKind = 'label' | 'component' | 'type';

/** Linear's changes of many issues at one go share a millisecond; Jira's are spread over the second. */
export function wholeSecond(instant: number): number {
  return Math.floor(instant / 1000) * 1000;
}

/** A state's type: by the status's category, and by its name where Linear has more words than Jira. */
export function stateType(name: string, category: JiraStatus['category'] | undefined): LinearStateType {
  const known = category ?? categoryByName(name);
  if (known === 'done') {
    if (/duplicate/i.test(name)) return 'duplicate';
    return /won.?t|cancel|reject|invalid|abandon|obsolete/i.test(name) ? 'canceled' : 'completed';
  }
  if (known === 'indeterminate') return 'started';
  if (/triage|received/i.test(name)) return 'triage';
  return /backlog|^open$|^new$/i.test(name) ? 'backlog' : 'unstarted';
}

function categoryByName(name: string): JiraStatus['category'] {
  if (/done|closed|resolved|complete|accepted/i.test(name)) return 'done';
  return /progress|review|test|develop|ready for/i.test(name) ? 'indeterminate' : 'new';
}

/** 1 urgent to 4 low; 0 for a name that says neither. */
export function linearPriority(name: string | undefined): number {
  const index = PRIORITIES.findIndex((names) => names.includes(name?.toLowerCase() ?? ''));
  return index + 1;
}

const PRIORITIES = [
  ['blocker', 'critical', 'highest', 'urgent'],
  ['major', 'high'],
  ['minor', 'medium', 'normal'],
  ['trivial', 'low', 'lowest'],
];

/** The code a history has for what a sentence of Jira's says of two issues. */
export function relationCode(sentence: string): string {
  if (/is blocked by|depends (up)?on|requires/i.test(sentence)) return 'b';
  if (/blocks|is depended|is required by/i.test(sentence)) return 'x';
  if (/is duplicated by/i.test(sentence)) return 'o';
  return /duplicates/i.test(sentence) ? 'd' : 'r';
}

/** An item's texts: absent when Jira left them out, for `toString` is then inherited. */
export function textsOf(item: JiraHistoryItem): { readonly before: string; readonly after: string } {
  const after: unknown = Object.hasOwn(item, 'toString') ? item.toString : undefined;
  return { before: item.fromString ?? '', after: typeof after === 'string' ? after : '' };
}

/** What a change is about, in words that stand for the names and ids Jira has for it. */
export function wordOf(item: JiraHistoryItem, site: JiraSite): string {
  const field = site.fields.find(({ id }) => id === item.fieldId);
  const custom = field?.schema.custom?.split(':').at(-1) ?? '';
  return (
    CUSTOM_WORDS.get(custom) ??
    WORDS.get((item.fieldId ?? item.field).toLowerCase()) ??
    item.field.toLowerCase()
  );
}

const CUSTOM_WORDS: ReadonlyMap<string, string> = new Map([
  ['gh-sprint', 'sprint'],
  ['gh-epic-link', 'parent'],
  ['jpo-custom-field-parent', 'parent'],
  ['jsw-story-points', 'estimate'],
]);

const WORDS: ReadonlyMap<string, string> = new Map([
  ['fixversions', 'version'],
  ['fix version', 'version'],
  // Which versions a defect is in says nothing of when it is delivered.
  ['versions', 'affects'],
  ['version', 'affects'],
  ['components', 'component'],
  ['epic link', 'parent'],
  ['issueparentassociation', 'parent'],
  ['story points', 'estimate'],
  ['story point estimate', 'estimate'],
]);
