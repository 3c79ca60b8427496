import { scalarNow, setNow } from '#domain/field-values.ts';
import { oncePerView } from '#domain/once.ts';
import { personIn } from '#domain/roster.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { Blocker } from './blocked-spells.ts';

/** Whose move it is. What nothing says stays unknown. */
export type BlockerOwner = 'leadership' | 'team' | 'external' | 'unknown';

/** What leaders owe: a decision, an approval, a priority, people, money, or what another team has to do. */
const LEADERSHIP =
  /\b(decision|decide|approv\w*|sign[ -]?off|priorit\w*|staffing|headcount|hiring|budget|funding|leadership|management|exec\w*|escalat\w*)\b/i;
const EXTERNAL =
  /\b(external|vendor|supplier|customer|client|third[ -]?party|3rd[ -]?party|legal|regulator)\b/i;
const TEAM = /\b(team|internal)\b/i;
/** Words with which a label or a status says that something is being waited for. */
const WAITING = /\b(wait\w*|await\w*|block\w*|needs?|pending|on[ -]hold|ask)\b/i;

/**
 * Whose move it is to unblock an item, by the first of these that says so: its labels, the name of its blocked status,
 * whose the issue is that has to come first (another team's is for leaders to settle), and, where the team has a roster,
 * whether somebody outside it has the item. Labels are those of the end of the view, and need a word for waiting.
 */
export function blockerOwner(view: TeamView): (item: WorkItem, blocker: Blocker) => BlockerOwner {
  const own = ownRefs(view);
  const { members } = view.team;
  const roster = new Set(members?.flatMap(({ ids }) => Object.values(ids)));
  const who = personIn(view.team);
  return (item, { status, other }) => {
    const names = setNow(item.issue, 'labels').map(labelNames(item));
    const said = [...names, status ?? ''].map(ownerInWords).find((owner) => owner !== undefined);
    if (said !== undefined) return said;
    if (other !== undefined)
      return own.has(issueRef(other.issue.source, other.issue.id)) ? 'team' : 'leadership';
    const assignee = scalarNow(item.issue, 'assignee')?.value;
    const isOutside =
      members !== undefined && assignee !== undefined && !roster.has(who(item.issue.source, assignee));
    return isOutside ? 'leadership' : 'unknown';
  };
}

const ownRefs = oncePerView(
  (view) => new Set([...view.items, ...view.parents].map(({ issue }) => issueRef(issue.source, issue.id))),
);

/**
 * Whose move a label or the name of a status says it is; undefined when it says nothing of waiting, or not for whom.
 *
 * @example ['needs decision', 'waiting for customer', 'blocked', 'decision log'].map(ownerInWords)
 *   // => ['leadership', 'external', undefined, undefined]
 */
export function ownerInWords(words: string): BlockerOwner | undefined {
  if (!WAITING.test(words)) return undefined;
  if (LEADERSHIP.test(words)) return 'leadership';
  if (EXTERNAL.test(words)) return 'external';
  return TEAM.test(words) ? 'team' : undefined;
}

/** What people read for the labels of an item; trackers may keep ids. */
export function labelNames({ issue }: WorkItem): (id: string) => string {
  return (id) =>
    plain(issue.events.findLast(({ field, to }) => field === 'labels' && to === id)?.toName ?? id);
}

/** Labels are written in one word. */
function plain(label: string): string {
  return label.replaceAll(/[-_:./]+/g, ' ');
}
