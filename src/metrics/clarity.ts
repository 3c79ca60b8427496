import { parseDay } from '#domain/calendar.ts';
import { scalarNow } from '#domain/field-values.ts';
import type { Goal } from '#domain/goal.ts';
import { anchorRef, anchorUrl, foundGoals } from '#domain/goal-items.ts';
import { GOAL_FACTS, type GoalFact, type GoalText } from '#domain/goal-text.ts';
import { oncePerView } from '#domain/once.ts';
import type { Project } from '#domain/reference.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { isClosed, type WorkItem } from '#domain/work-item.ts';
import { goalsInForce } from './goal-over.ts';
import { type ItemRef, itemRef } from './item-ref.ts';

/** Whether a goal says something. `unknown`: where it could stand was not read, which is not "not found". */
export type Presence =
  | {
      readonly presence: 'present';
      readonly from: 'configuration' | 'field' | 'text';
      readonly quote: string;
    }
  | { readonly presence: 'not_found' }
  | { readonly presence: 'unknown' };

/** What a goal or an epic says of what it is for. */
export interface GoalClarity extends ItemRef {
  /** Of a goal: its id. Absent for an epic that is none. */
  readonly goal?: string;
  readonly facts: Readonly<Record<GoalFact, Presence>>;
}

export interface Clarity {
  /** The goals first that still ask something of the team, then its open epics that are begun. */
  readonly goals: readonly GoalClarity[];
  readonly leftOut: number;
}

/** As many as people read. */
const SHOWN = 12;

/**
 * What goals and epics say: problem, impact, success metric with baseline and target, owner, date. Presence, never
 * quality, and never a score.
 *
 * Fields first: a date that was committed to, is due or is planned; an assignee or a lead as owner, of whom only that
 * there is one.
 * A goal that is over, or of which all is done or dropped, is asked for nothing any more.
 * Then the text: an epic's, or that of the project that the goal is. Where texts are not read, what could stand only
 * there is unknown.
 *
 * @example clarity(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress', { type: 'Epic', assignee: 'p1' })])).goals[0]?.facts.owner
 *   // => { presence: 'present', from: 'field', quote: 'given' }
 */
export function clarity(view: TeamView): Clarity {
  return clarityIn(view);
}

const clarityIn = oncePerView((view): Clarity => {
  const goals = goalsInForce(view).map(({ goal, anchors }): GoalClarity => {
    const item = [...anchors].map((ref) => view.byRef.get(ref)).find((found) => found !== undefined);
    const ref =
      item === undefined
        ? { key: goal.scope.name, title: goal.name, url: addressOf(view, anchors) }
        : itemRef(view, item);
    return {
      ...ref,
      title: goal.name,
      goal: goal.id,
      facts: factsOf(item, goal, plannedDate(view, anchors), projectOf(view, anchors)),
    };
  });
  const named = new Set(foundGoals(view).flatMap(({ anchors }) => [...anchors]));
  const epics = view.parents
    .filter(({ stage, startedAt }) => !isClosed(stage) && startedAt !== undefined)
    .filter(({ issue }) => !named.has(issueRef(issue.source, issue.id)))
    .map((item): GoalClarity => ({ ...itemRef(view, item), facts: factsOf(item) }));
  const all = [...goals, ...epics];
  return { goals: all.slice(0, SHOWN), leftOut: Math.max(0, all.length - SHOWN) };
});

function addressOf(view: TeamView, anchors: ReadonlySet<string>): string {
  const [ref] = anchors;
  return ref === undefined ? '' : anchorUrl(view, ref);
}

function factsOf(item?: WorkItem, goal?: Goal, planned?: string, project?: Project): GoalClarity['facts'] {
  const fields: Partial<Record<GoalFact, Presence>> = {
    ...(item === undefined ? {} : { owner: ownerOf(item) }),
    ...(item !== undefined || project?.isLed === undefined ? {} : { owner: given(project.isLed) }),
    date: dateOf(item, goal, planned),
  };
  // The text that stood at the end of the view.
  const text = (item === undefined ? project?.texts : item.issue.texts)?.at(-1);
  const found = (fact: GoalFact): Presence => {
    const field = fields[fact] ?? { presence: 'unknown' as const };
    return field.presence === 'present' || text === undefined ? field : saidIn(text, fact);
  };
  return Object.fromEntries(GOAL_FACTS.map((fact) => [fact, found(fact)])) as unknown as GoalClarity['facts'];
}

function saidIn({ facts }: GoalText, fact: GoalFact): Presence {
  const quote = facts[fact];
  return quote === undefined ? { presence: 'not_found' } : { presence: 'present', from: 'text', quote };
}

function ownerOf(item: WorkItem): Presence {
  return given(scalarNow(item.issue, 'assignee') !== undefined);
}

function given(isThere: boolean): Presence {
  return isThere ? { presence: 'present', from: 'field', quote: 'given' } : { presence: 'not_found' };
}

function dateOf(item: WorkItem | undefined, goal: Goal | undefined, planned: string | undefined): Presence {
  if (goal?.date !== undefined) return { presence: 'present', from: 'configuration', quote: goal.date };
  const due = item && parseDay(scalarNow(item.issue, 'dueDate')?.value ?? '');
  const quote = due ?? planned;
  return quote === undefined ? { presence: 'not_found' } : { presence: 'present', from: 'field', quote };
}

/** The project that a goal is. */
function projectOf(view: TeamView, anchors: ReadonlySet<string>): Project | undefined {
  return [...view.references.values()]
    .flatMap(({ source, projects }) => projects.map((project) => ({ source, project })))
    .find(({ source, project }) => anchors.has(anchorRef(source, 'project', project.id)))?.project;
}

/** The day a version or a project is planned for. */
function plannedDate(view: TeamView, anchors: ReadonlySet<string>): string | undefined {
  for (const { source, versions, projects } of view.references.values()) {
    const version = versions.find(({ id }) => anchors.has(anchorRef(source, 'version', id)));
    const project = projects.find(({ id }) => anchors.has(anchorRef(source, 'project', id)));
    const day = version?.releaseDay ?? project?.targetDay;
    if (day !== undefined) return day;
  }
  return undefined;
}
