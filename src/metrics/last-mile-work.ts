import { membersWithNames } from '#domain/team.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** What is left to do when the thing itself is made. */
const LAST_MILE =
  /\b(docs?|documentation|documenting|release[ -]notes|user guide|runbook|qa|uat|verif(y|ying|ication)|validation|acceptance test\w*|roll[ -]?out|rolling out|adoption)\b/i;
/** In the name of a type or a label, and at the beginning of a title, these say so as well. */
const NAMED =
  /^((write|add|update|do|run|finish) )?(the )?(document|docs?|tests?|testing|qa|uat|verif\w*|validat\w*)\b/i;
/** What is made may be about documents: then it is no last mile. */
const MAKING =
  /^(implement|build|create|develop|design|fix|refactor|migrate|support|render|remove|replace)\b/i;
const ADOPTION = /\b(adopt(ion|ing)?|roll[ -]?out|rolling out|onboard(ing)?|take[ -]up)\b/i;

/**
 * Whether an item is documents, tests, verification, rollout or adoption, by the names of its type and labels and by its
 * title. English.
 *
 * @example ['Update docs', 'Tests', 'Fix docs parser', 'Latest prices'].map((title) => isLastMile(view(team(), '2026-01-23', [issue('PAY-1', 'To Do', { title })]).items[0]))
 *   // => [true, true, false, false]
 */
export function isLastMile(item: WorkItem): boolean {
  const names = namesOf(item);
  if (names.some((name) => LAST_MILE.test(name) || NAMED.test(name))) return true;
  return !MAKING.test(item.title) && (LAST_MILE.test(item.title) || NAMED.test(item.title));
}

/** Whether an item is there so that others take something up. */
export function isAdoption(item: WorkItem): boolean {
  return [...namesOf(item), item.title].some((name) => ADOPTION.test(name));
}

function namesOf({ issue, type }: WorkItem): readonly string[] {
  return [type.name, ...membersWithNames(issue, 'labels')].map((name) => name.replaceAll(/[-_:./]+/g, ' '));
}
