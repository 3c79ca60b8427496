import { GATED_LEVELS, type Gate, type GatedLevel } from '#domain/gate.ts';
import type { Instant } from '#domain/issue.ts';
import { oncePerView } from '#domain/once.ts';
import type { Level } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { everyGate, gateOf } from './gate.ts';
import { PRODUCTION } from './recorded.ts';
import type { Ask, Shown } from './shown.ts';

/** How far the evidence shows that an item has come. */
export interface Progress {
  readonly achieved: Level;
  /** Whether each level is shown by its own gates. */
  readonly levels: Readonly<Record<GatedLevel, Shown>>;
}

/** What shows each level where a team does not say. */
function defaults({ evidence }: TeamView): Readonly<Record<GatedLevel, readonly Gate[]>> {
  const version = { version: 'released' } as const;
  // Where nobody tells of deployments, none is waited for.
  const released = evidence.deployments.length === 0 ? version : { ...version, environments: PRODUCTION };
  return {
    merged: [{ stage: 'done' }],
    released: [released],
    verified: [{ verification: 'passed' }],
    adopted: [{ kpis: 'all' }],
  };
}

/**
 * How far items have come on the ladder: to the highest level that is shown, below which no gate is closed that the team
 * named. A level without a gate of the team's is taken for granted when a higher one is shown.
 *
 * @example progressOf(view(team(), '2026-01-23', []))(view(team(), '2026-01-23', [issue('PAY-1', 'Review 1d → Done')]).items[0]).achieved
 *   // => 'merged'
 */
export function progressOf(view: TeamView): (item: WorkItem) => Progress {
  const { asks, known } = askedOf(view);
  return (item) => {
    const found = known.get(item);
    if (found) return found;
    const levels = {
      merged: asks.merged(item),
      released: asks.released(item),
      verified: asks.verified(item),
      adopted: asks.adopted(item),
    };
    const closed = GATED_LEVELS.findIndex(
      (level) => isNamed(view, level) && levels[level].kind === 'lacking',
    );
    const reachable = closed < 0 ? GATED_LEVELS : GATED_LEVELS.slice(0, closed);
    const achieved = reachable.findLast((level) => levels[level].kind === 'shown') ?? 'coded';
    const progress: Progress = { achieved, levels };
    known.set(item, progress);
    return progress;
  };
}

const askedOf = oncePerView((view) => {
  const gates = { ...defaults(view), ...view.team.gates };
  const askOf = (level: GatedLevel): Ask => everyGate(gates[level].map((gate) => gateOf(view, gate)));
  const asks: Readonly<Record<GatedLevel, Ask>> = {
    merged: askOf('merged'),
    released: askOf('released'),
    verified: askOf('verified'),
    adopted: askOf('adopted'),
  };
  return { asks, known: new Map<WorkItem, Progress>() };
});

/** Whether the team itself says what shows a level. */
export function isNamed({ team }: Pick<TeamView, 'team'>, level: GatedLevel): boolean {
  return team.gates?.[level] !== undefined;
}

/** The environments in which work counts as released. */
export function releaseEnvironments({ team }: Pick<TeamView, 'team'>): readonly string[] {
  const named = team.gates?.released?.flatMap(({ environments = [] }) => environments) ?? [];
  return named.length > 0 ? named : PRODUCTION;
}

/** When a level above coded was reached, by its own evidence or by that of a level above it; `undefined`: it was not. */
export function reachedAt(
  { achieved, levels }: Progress,
  required: GatedLevel,
): { readonly at?: Instant } | undefined {
  const from = GATED_LEVELS.indexOf(required);
  const upTo = GATED_LEVELS.findIndex((level) => level === achieved);
  const shown = GATED_LEVELS.slice(from, upTo + 1)
    .map((level) => levels[level])
    .find((level) => level.kind === 'shown');
  if (shown?.kind !== 'shown') return undefined;
  return shown.since === undefined ? {} : { at: shown.since };
}

/**
 * What is still to be shown of some missing levels, in the order it has to happen: the gates the team named, and without
 * any that is known better (`said`) what shows the last of them.
 */
export function lackingFor(
  { levels }: Progress,
  view: TeamView,
  missing: readonly Level[],
  said: readonly string[] = [],
): readonly string[] {
  const last = said.length === 0 ? missing.at(-1) : undefined;
  const own = GATED_LEVELS.filter((level) => missing.includes(level))
    .filter((level) => level === last || isNamed(view, level))
    .flatMap((level) => {
      const shown = levels[level];
      return shown.kind === 'lacking' ? [shown.what] : [];
    });
  return [...new Set([...said, ...own])];
}
