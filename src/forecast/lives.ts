import { openAbsence } from '#domain/absence.ts';
import { scalarNow } from '#domain/field-values.ts';
import type { Instant, IssueEvent } from '#domain/issue.ts';
import { inScope, type ScopeFilter, type Team } from '#domain/team.ts';
import { type TeamView, typeLookup } from '#domain/team-view.ts';
import { asOf } from '#domain/timeline.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** An issue that is, or ever was, the team's. */
export interface Life {
  readonly item: WorkItem;
  readonly first: Instant;
  /** When it was known and the team's. */
  readonly spans: readonly Span[];
}

/** The moments after an instant and up to another, which may be infinitely late. */
export interface Span {
  readonly after: Instant;
  readonly until: Instant;
}

/**
 * The issues of a view that are or ever were the team's work, the oldest first. What is out of sight now was seen until
 * then, and may have been finished meanwhile.
 */
export function livesOf(view: TeamView): readonly Life[] {
  const ours = new Set([...view.items, ...view.outOfSight.filter((item) => isOurs(view, item))]);
  const fields = new Map(
    [...view.references.keys()].map((source) => [source, scopeFields(view.team, source)]),
  );
  const hidden = new Set(view.outOfSight);
  const lives: Life[] = [];
  for (const item of [...view.byRef.values(), ...view.outOfSight]) {
    const { createdAt, events, source } = item.issue;
    const first = events[0]?.at ?? createdAt;
    const moves = movesBetweenTeams(view, item, fields.get(source));
    const always = ours.has(item) ? [{ at: first, isOurs: true }] : [];
    const all = spansOf(moves.length > 0 ? moves : always, createdAt);
    const spans = hidden.has(item) ? seenOnly(all, item) : all;
    if (spans.length > 0) lives.push({ item, first, spans });
  }
  return lives.sort((a, b) => a.first - b.first);
}

function isOurs({ team, references }: TeamView, { issue, type }: WorkItem): boolean {
  const reference = references.get(issue.source);
  return type.level <= 0 && reference !== undefined && inScope(issue, team, reference);
}

function seenOnly(spans: readonly Span[], { issue }: WorkItem): readonly Span[] {
  const { since = Number.POSITIVE_INFINITY } = openAbsence(issue.gone) ?? {};
  return spans
    .map(({ after, until }) => ({ after, until: Math.min(until, since) }))
    .filter(({ after, until }) => after < until);
}

function spansOf(moves: readonly Move[], createdAt: Instant): readonly Span[] {
  return moves.flatMap(({ at, isOurs }, i) => {
    const span = { after: Math.max(at, createdAt), until: moves[i + 1]?.at ?? Number.POSITIVE_INFINITY };
    return isOurs && span.after < span.until ? [span] : [];
  });
}

/** From an instant on an issue is the team's, or is not. */
interface Move {
  readonly at: Instant;
  readonly isOurs: boolean;
}

/** When an issue came into the team's scope and left it; none when nothing that decides it was ever changed. */
function movesBetweenTeams(
  view: TeamView,
  { issue }: WorkItem,
  fields: ReadonlySet<string> | undefined,
): readonly Move[] {
  const reference = view.references.get(issue.source);
  const first = issue.events[0]?.at;
  if (reference === undefined || fields === undefined || first === undefined) return [];
  const decides = ({ at, field }: IssueEvent) => at > first && fields.has(field);
  if (!issue.events.some(decides)) return [];
  const typeOf = typeLookup(reference);
  return [...new Set([first, ...issue.events.filter(decides).map(({ at }) => at)])].map((at) => {
    const then = asOf({ ...issue, createdAt: Math.min(issue.createdAt, at) }, at + 1);
    const type = then && scalarNow(then, 'type');
    const isUnit = typeOf(type?.value ?? '', type?.name).level <= 0;
    return { at, isOurs: then !== undefined && isUnit && inScope(then, view.team, reference) };
  });
}

/** The fields whose changes may bring an issue into the team's scope, or make it more than a unit of work. */
function scopeFields(team: Team, source: string): ReadonlySet<string> {
  const filters = team.scope.filter((filter) => filter.source === source);
  const used = new Set(filters.flatMap((filter) => Object.keys(filter)));
  return new Set(['type', ...Object.entries(FIELDS).flatMap(([key, field]) => (used.has(key) ? field : []))]);
}

const FIELDS: Readonly<Record<Exclude<keyof ScopeFilter, 'source'>, string | readonly string[]>> = {
  projects: 'project',
  boards: ['project', 'cycles'],
  teams: 'team',
  components: 'components',
  labels: 'labels',
  types: 'type',
  versions: 'versions',
  parents: 'parent',
};
