import type { NamedValue } from './issue.ts';
import type { StatusCategory, WorkflowStatus } from './reference.ts';

/** What a status means to us. `late` is claimed-nearly-done: in review, in test, waiting for a release. */
export const STAGES = ['backlog', 'todo', 'active', 'late', 'done', 'cancelled'] as const;
export type Stage = (typeof STAGES)[number];

/** How a status came to its stage. Everything but `mapped` is a guess that the report shows. */
export type PlacedBy = 'mapped' | 'category' | 'name_and_position' | 'name_only' | 'deleted_status';

/** A status, the stage it stands for, and why. */
export interface Placement {
  readonly source: string;
  readonly statusId: string;
  readonly name: string;
  readonly category?: StatusCategory;
  readonly stage: Stage;
  readonly by: PlacedBy;
  readonly confidence: 'high' | 'medium' | 'low';
}

/** One stay in a status, as guessing needs it: which status, and which one came next. */
export interface StatusVisit {
  readonly statusId: string;
  readonly name: string;
  /** The next status when the item moved on to one it had not been in before; a move back says nothing of order. */
  readonly nextForward?: string;
}

/** The visits of one item: it is in the status of the last. */
export interface ItemVisits {
  readonly visits: readonly StatusVisit[];
}

/** A mapping key that matches no status of the source: a typing error that would otherwise change nothing silently. */
export interface UnmatchedMapping {
  readonly source: string;
  readonly key: string;
}

export interface StageMap {
  readonly placements: readonly Placement[];
  readonly unmatched: readonly UnmatchedMapping[];
}

const BACKLOG_NAME = /backlog|triage|icebox|someday/i;
const LATE_NAME =
  /review|qa|test|verif|valid|accept|uat|staging|merged|ready (for|to) (release|deploy|ship|prod)|releas|deploy|docs?\b|rollout|adopt|await|pending/i;
const CANCELLED_NAME = /\b(cancel|won'?t|wont|reject|duplicate|invalid|abandon|declined|obsolete)/i;
const DONE_NAME = /^(done|closed|resolved|complete|finished|released|shipped|live)/i;
const ACTIVE_NAME = /progress|doing|develop|implement|coding|working|started|active/i;

/** Resolutions that mean the work was dropped, not delivered. */
const CANCELLED_RESOLUTION =
  /^(won'?t|wont|duplicate|cannot reproduce|can'?t reproduce|invalid|abandoned|not a bug|not a problem|declined|cancel|rejected|obsolete|incomplete|stale|works as designed)/i;

/** Below this many forward moves, where a status stands cannot be told from history, and only its name speaks. */
const MIN_FORWARD_MOVES = 5;
/** A status is late when at least this share of the forward moves out of it end in done or in another late status. */
const LATE_SHARE = 0.8;

/**
 * Places every status a source's items were ever in. An explicit mapping wins (by id before by name), then the
 * tracker's own category with the name's hint. A status in progress whose name sounds late is `late` when history
 * shows that items go from there to done; with too little history the name alone decides, with low confidence.
 *
 * `items` must hold history before the as-of moment only.
 */
export function placeStatuses(input: {
  readonly source: string;
  readonly statuses: readonly WorkflowStatus[];
  readonly mapping: Readonly<Record<string, Stage>>;
  readonly items: readonly ItemVisits[];
}): StageMap {
  const met = new Map<string, NamedValue>();
  for (const item of input.items) {
    for (const visit of item.visits) {
      if (!met.has(visit.statusId)) met.set(visit.statusId, { value: visit.statusId, name: visit.name });
    }
  }
  const known = new Map(input.statuses.map((status) => [status.id, status]));
  const nameOf = (id: string) => known.get(id)?.name ?? met.get(id)?.name ?? id;
  const mapped = (id: string) => explicit(id, nameOf(id), input.mapping);
  const late = lateByPosition(input.items, known, mapped);

  const placements = [...met.keys()].sort().map((id) =>
    place({
      source: input.source,
      id,
      name: nameOf(id),
      status: known.get(id),
      mapped: mapped(id),
      late: late.get(id),
    }),
  );
  return { placements, unmatched: unmatchedKeys(input.source, input.mapping, input.statuses, met) };
}

/** The stage of a status for an issue with a given resolution: done work that was dropped counts as cancelled. */
export function effectiveStage(stage: Stage, resolution: string | undefined): Stage {
  return stage === 'done' && resolution !== undefined && CANCELLED_RESOLUTION.test(resolution)
    ? 'cancelled'
    : stage;
}

interface Candidate {
  readonly source: string;
  readonly id: string;
  readonly name: string;
  readonly status: WorkflowStatus | undefined;
  readonly mapped: Stage | undefined;
  readonly late: LateVerdict | undefined;
}

function place(candidate: Candidate): Placement {
  const { source, id, name, status, mapped } = candidate;
  const base = { source, statusId: id, name, ...(status ? { category: status.category } : {}) };
  if (mapped) return { ...base, stage: mapped, by: 'mapped', confidence: 'high' };
  if (!status) return { ...base, stage: stageByName(name), by: 'deleted_status', confidence: 'low' };
  if (status.stage) return { ...base, stage: status.stage, by: 'category', confidence: 'high' };
  switch (status.category) {
    case 'todo':
      return {
        ...base,
        stage: BACKLOG_NAME.test(name) ? 'backlog' : 'todo',
        by: 'category',
        confidence: 'high',
      };
    case 'done':
      return {
        ...base,
        stage: CANCELLED_NAME.test(name) ? 'cancelled' : 'done',
        by: 'category',
        confidence: 'high',
      };
    case 'in_progress':
      switch (candidate.late) {
        case 'late':
          return { ...base, stage: 'late', by: 'name_and_position', confidence: 'medium' };
        case 'cannot_tell':
          return { ...base, stage: 'late', by: 'name_only', confidence: 'low' };
        case 'not_late':
        case undefined:
          return { ...base, stage: 'active', by: 'category', confidence: 'high' };
        default:
          return candidate.late satisfies never;
      }
    default:
      return status.category satisfies never;
  }
}

type LateVerdict = 'late' | 'not_late' | 'cannot_tell';

/**
 * Which late-sounding statuses stand late in the flow. "Another late status" refers back to the answer, so it is
 * found by starting from all candidates and dropping those that fail until none does.
 */
function lateByPosition(
  items: readonly ItemVisits[],
  known: ReadonlyMap<string, WorkflowStatus>,
  mapped: (id: string) => Stage | undefined,
): ReadonlyMap<string, LateVerdict> {
  const candidates = new Set(
    [...known.values()]
      .filter((s) => s.category === 'in_progress' && LATE_NAME.test(s.name) && mapped(s.id) === undefined)
      .map((s) => s.id),
  );
  const moves = forwardMoves(items, candidates, known);
  const endsWell = (id: string) => {
    const stage = mapped(id);
    if (stage !== undefined) return stage === 'late' || stage === 'done';
    return candidates.has(id) || known.get(id)?.category === 'done';
  };
  const verdicts = new Map<string, LateVerdict>();
  for (const id of candidates) {
    if ((moves.get(id)?.length ?? 0) < MIN_FORWARD_MOVES) verdicts.set(id, 'cannot_tell');
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const id of candidates) {
      if (verdicts.has(id)) continue;
      const next = moves.get(id) ?? [];
      if (next.filter(endsWell).length >= LATE_SHARE * next.length) continue;
      verdicts.set(id, 'not_late');
      candidates.delete(id);
      changed = true;
    }
  }
  for (const id of candidates) if (!verdicts.has(id)) verdicts.set(id, 'late');
  return verdicts;
}

/** Where items that were done in the end went from each of some statuses. */
function forwardMoves(
  items: readonly ItemVisits[],
  statuses: ReadonlySet<string>,
  known: ReadonlyMap<string, WorkflowStatus>,
): ReadonlyMap<string, readonly string[]> {
  const out = new Map<string, string[]>();
  for (const { visits } of items) {
    if (known.get(visits.at(-1)?.statusId ?? '')?.category !== 'done') continue;
    for (const visit of visits) {
      if (visit.nextForward === undefined || !statuses.has(visit.statusId)) continue;
      const list = out.get(visit.statusId);
      if (list) list.push(visit.nextForward);
      else out.set(visit.statusId, [visit.nextForward]);
    }
  }
  return out;
}

/** A status the tracker no longer knows has no category; its name is all there is. */
function stageByName(name: string): Stage {
  if (CANCELLED_NAME.test(name)) return 'cancelled';
  if (DONE_NAME.test(name)) return 'done';
  if (LATE_NAME.test(name)) return 'late';
  if (ACTIVE_NAME.test(name)) return 'active';
  return BACKLOG_NAME.test(name) ? 'backlog' : 'todo';
}

function explicit(id: string, name: string, mapping: Readonly<Record<string, Stage>>): Stage | undefined {
  if (Object.hasOwn(mapping, `id:${id}`)) return mapping[`id:${id}`];
  const folded = name.toLowerCase();
  return Object.entries(mapping).find(([key]) => key.toLowerCase() === folded)?.[1];
}

function unmatchedKeys(
  source: string,
  mapping: Readonly<Record<string, Stage>>,
  statuses: readonly WorkflowStatus[],
  met: ReadonlyMap<string, NamedValue>,
): readonly UnmatchedMapping[] {
  const ids = new Set([...statuses.map((s) => `id:${s.id}`), ...[...met.keys()].map((id) => `id:${id}`)]);
  const names = new Set(
    [...statuses.map((s) => s.name), ...[...met.values()].map((s) => s.name ?? '')].map((n) =>
      n.toLowerCase(),
    ),
  );
  return Object.keys(mapping)
    .filter((key) => !ids.has(key) && !names.has(key.toLowerCase()))
    .map((key) => ({ source, key }));
}
