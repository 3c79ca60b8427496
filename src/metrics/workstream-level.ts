import { sum } from 'd3-array';
import { scalarNow } from '#domain/field-values.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { type WorkstreamLevel, workstreamsOf } from './attribution.ts';
import type { PersonDay } from './effort.ts';

/** A level that explains less of the work than this would describe the rest of it by silence. */
export const MIN_ATTRIBUTED = 0.6;

/** In the order they are tried: the line of work that leadership talks about comes first. */
const LEVELS: readonly WorkstreamLevel[] = ['initiative', 'project', 'parent', 'component', 'label'];

export type LevelChoice =
  | { readonly kind: 'chosen'; readonly level: WorkstreamLevel; readonly covers: number }
  /** No level covers enough; the best of them covers this share. */
  | { readonly kind: 'none'; readonly covers: number };

/**
 * What a workstream is made of for this team.
 *
 * The configured level; with `auto` the first of initiative, project, parent, component and label that at least 60 %
 * of the effort belongs to. A project is tried only when the team spans several: a single one is no line of work but
 * the team itself.
 */
export function workstreamLevel(view: TeamView, days: readonly PersonDay[]): LevelChoice {
  const by = view.team.workstreamBy;
  if (by !== 'auto') return { kind: 'chosen', level: by, covers: covered(view, days, by) };

  let best = 0;
  for (const level of LEVELS) {
    if (level === 'project' && spansOneProject(view)) continue;
    const covers = covered(view, days, level);
    if (covers >= MIN_ATTRIBUTED) return { kind: 'chosen', level, covers };
    best = Math.max(best, covers);
  }
  return { kind: 'none', covers: best };
}

/** The share of the effort that belongs to any workstream of this level. */
function covered(view: TeamView, days: readonly PersonDay[], level: WorkstreamLevel): number {
  if (days.length === 0) return 0;
  const streamsOf = workstreamsOf(view, level);
  const part = (day: PersonDay) =>
    day.items.filter((item) => streamsOf(item).length > 0).length / day.items.length;
  return sum(days, part) / days.length;
}

function spansOneProject({ items }: TeamView): boolean {
  const projectOf = ({ issue }: WorkItem) => scalarNow(issue, 'project')?.value;
  const [first] = items;
  const [source, project] = [first?.issue.source, first && projectOf(first)];
  return items.every((item) => item.issue.source === source && projectOf(item) === project);
}
