import type { JiraHistoryItem, JiraIssue, JiraSite } from '../jira/model.ts';
import { uuidOf } from './ids.ts';
import type { EntryContent } from './issue-change.ts';
import type { LinearHistoryEntry } from './model.ts';
import {
  type LabelKind,
  linearId,
  linearPriority,
  relationCode,
  textsOf,
  wholeSecond,
  wordOf,
} from './recorded-words.ts';

/** What reading an issue's history needs to know of the site. */
export interface Recording {
  readonly site: JiraSite;
  /** Issues that are projects in Linear. */
  readonly issueIds: ReadonlySet<string>;
  readonly epicIds: ReadonlySet<string>;
  /** Jira projects whose work without an epic has a project of its own. */
  readonly projectIdsWithVersions: ReadonlySet<string>;
}

/** An issue's history in Linear's words, and the values at its end that only the history tells. */
export interface ReplayedHistory {
  readonly entries: readonly LinearHistoryEntry[];
  readonly versionIds: readonly string[];
  readonly previousIdentifiers: readonly string[];
  readonly attachments: readonly { readonly id: string; readonly title: string; readonly at: number }[];
}

/** Every change Linear has a field for; what it has none for (resolutions, workflows, ranks) is left out. */
export function replayed(issue: JiraIssue, recording: Recording): ReplayedHistory {
  const { site } = recording;
  const changes = issue.histories.toSorted((a, b) => a.created - b.created);
  const items = changes.flatMap((history) =>
    history.items.map((item) => [wordOf(item, site), item] as const),
  );
  // Where the replay begins: what the changes, undone from the last to the first, leave of the present.
  let projectId =
    items.find(([word, item]) => word === 'project' && item.from)?.[1].from ?? issue.fields.project.id;
  let versionIds = undone(
    (issue.fields.fixVersions ?? []).map(({ id }) => id),
    items,
  );
  const previousIdentifiers: string[] = [];
  const attachments: { readonly id: string; readonly title: string; readonly at: number }[] = [];

  const entries = changes.flatMap((history): readonly LinearHistoryEntry[] => {
    const at = wholeSecond(history.created);
    const content: Record<string, unknown> = {};
    const set = (name: string, from: unknown, to: unknown): void => {
      // One history may hold two changes of one field: the way from the first to the last is what is told.
      if (!Object.hasOwn(content, `from${name}`)) content[`from${name}`] = from;
      content[`to${name}`] = to;
    };
    const list = (name: string, ids: readonly string[]): void => {
      if (ids.length > 0) content[name] = [...new Set([...stringsIn(content[name]), ...ids])];
    };
    const relabel = (kind: LabelKind, before: readonly string[], after: readonly string[]): void => {
      list(
        'removedLabelIds',
        before.filter((name) => !after.includes(name)).map((name) => linearId.label(kind, name)),
      );
      list(
        'addedLabelIds',
        after.filter((name) => !before.includes(name)).map((name) => linearId.label(kind, name)),
      );
    };
    const fromProject = projectId;
    const oldVersion = versionIds.at(-1);
    for (const item of history.items.filter((one) => wordOf(one, site) === 'project')) {
      if (!item.to) continue;
      projectId = item.to;
      set('TeamId', linearId.team(fromProject), linearId.team(projectId));
    }
    for (const item of history.items) {
      const { before, after } = textsOf(item);
      switch (wordOf(item, site)) {
        case 'status':
          if (item.from && item.to) {
            set('StateId', linearId.state(fromProject, item.from), linearId.state(projectId, item.to));
          }
          break;
        case 'assignee':
          set('AssigneeId', orAbsent(item.from, linearId.user), orAbsent(item.to, linearId.user));
          break;
        case 'priority':
          set('Priority', linearPriority(before), linearPriority(after));
          break;
        case 'estimate':
          set('Estimate', numberIn(before), numberIn(after));
          break;
        case 'duedate':
          set('DueDate', item.from ?? undefined, item.to ?? undefined);
          break;
        case 'summary':
          set('Title', before, after);
          break;
        case 'description':
          content['updatedDescription'] = true;
          break;
        case 'sprint':
          set('CycleId', lastCycle(item.from), lastCycle(item.to));
          break;
        case 'version':
          versionIds = versionIds.filter((id) => id !== item.from);
          if (item.to) versionIds = [...versionIds, item.to];
          break;
        case 'parent':
          reparent(item, set);
          break;
        case 'labels':
          relabel('label', wordsIn(before), wordsIn(after));
          break;
        case 'component':
          relabel('component', nonEmpty(before), nonEmpty(after));
          break;
        case 'issuetype':
          relabel('type', nonEmpty(before), nonEmpty(after));
          break;
        case 'link':
          content['relationChanges'] = [
            ...[content['relationChanges'] ?? []].flat(),
            ...(item.from ? [{ identifier: item.from, type: `r${relationCode(before)}` }] : []),
            ...(item.to ? [{ identifier: item.to, type: `a${relationCode(after)}` }] : []),
          ];
          break;
        case 'key':
          if (before !== '') previousIdentifiers.push(before);
          break;
        case 'attachment':
          if (item.to) {
            content['attachmentId'] = linearId.attachment(item.to);
            attachments.push({ id: item.to, title: after, at });
          }
          break;
        default:
      }
    }
    if (oldVersion !== versionIds.at(-1)) {
      set(
        'ProjectMilestoneId',
        orAbsent(oldVersion, linearId.milestone),
        orAbsent(versionIds.at(-1), linearId.milestone),
      );
    }
    const told = withoutIdle(content);
    if (told === undefined) return [];
    const actor = history.author === undefined ? {} : { actorId: linearId.user(history.author.accountId) };
    return [{ ...told, ...actor, id: uuidOf('history', issue.id, history.id), createdAt: at, updatedAt: at }];
  });
  return { entries, versionIds, previousIdentifiers, attachments };

  function reparent(
    { from, to }: JiraHistoryItem,
    set: (name: string, from: unknown, to: unknown) => void,
  ): void {
    const isEpic = (id: string | null | undefined): boolean =>
      Boolean(id) && (recording.epicIds.has(id ?? '') || issue.fields.issuetype.hierarchyLevel === 0);
    const rest = recording.projectIdsWithVersions.has(projectId)
      ? linearId.teamProject(projectId)
      : undefined;
    if (isEpic(from) || isEpic(to)) {
      set('ProjectId', orAbsent(from, linearId.project) ?? rest, orAbsent(to, linearId.project) ?? rest);
    } else {
      set('ParentId', orAbsent(from, linearId.issue), orAbsent(to, linearId.issue));
    }
  }
}

/** The versions before the first change: each change taken back, the last first. */
function undone(
  versionIds: readonly string[],
  items: readonly (readonly [string, JiraHistoryItem])[],
): readonly string[] {
  let ids = versionIds;
  for (const [word, { from, to }] of items.toReversed()) {
    if (word !== 'version') continue;
    ids = ids.filter((id) => id !== to);
    if (from && !ids.includes(from)) ids = [...ids, from];
  }
  return ids;
}

/** What is left when fields that ended where they began are dropped; undefined when nothing is. */
function withoutIdle(content: Readonly<Record<string, unknown>>): EntryContent | undefined {
  const told = Object.entries(content).filter(([name, value]) => {
    const other = name.startsWith('from') ? name.replace('from', 'to') : name.replace(/^to/, 'from');
    return value !== undefined && (other === name || content[other] !== value);
  });
  return told.length === 0 ? undefined : Object.fromEntries(told);
}

function orAbsent(id: string | null | undefined, linear: (id: string) => string): string | undefined {
  return id ? linear(id) : undefined;
}

/** Jira keeps every sprint an issue was in; Linear knows one cycle, so it is the last. */
function lastCycle(ids: string | null | undefined): string | undefined {
  const last = ids?.split(',').at(-1)?.trim();
  return orAbsent(last, linearId.cycle);
}

function numberIn(text: string): number | undefined {
  return text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
}

function wordsIn(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function nonEmpty(text: string): readonly string[] {
  return text === '' ? [] : [text];
}

function stringsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
