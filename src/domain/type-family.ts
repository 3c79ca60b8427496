import type { IssueType } from './reference.ts';

/**
 * What kind of work a type of issue stands for, whatever a team calls it: `bug`, `feature`, `task` or `sub-task`. By its
 * level, else by the words of its name; a type of which neither says anything is a family of its own, by its name.
 *
 * @example typeFamily({ id: '1', name: 'Production Incident', level: 0 }) // => 'bug'
 * @example typeFamily({ id: '2', name: 'User Story', level: 0 }) // => 'feature'
 * @example typeFamily({ id: '3', name: 'Bug', level: -1 }) // => 'sub-task'
 * @example typeFamily({ id: '4', name: 'Service Request', level: 0 }) // => 'Service Request'
 */
export function typeFamily({ name, level }: Pick<IssueType, 'name' | 'level'>): string {
  if (level < 0) return 'sub-task';
  return FAMILIES.find(({ words }) => words.test(name))?.family ?? name;
}

/** The first that fits: a technical story is a task, and a defect found in a story is a bug. */
const FAMILIES = [
  { family: 'bug', words: /\b(bugs?|defects?|incidents?)\b/i },
  { family: 'task', words: /\b(tasks?|chores?|technical|spikes?)\b/i },
  { family: 'feature', words: /\b(story|stories|features?|improvements?|enhancements?)\b/i },
] as const;
