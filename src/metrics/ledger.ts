import { min } from 'd3-array';
import { elapsedDays } from '#domain/calendar.ts';
import type { Confidence } from '#domain/measurement.ts';
import type { Level } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { Placement } from '#domain/workflow.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { releases } from './release.ts';
import { missingLevels, reaches, requiredLevels } from './required-level.ts';
import { childrenClosed } from './signals/children-closed.ts';
import { inLateStage } from './signals/in-late-stage.ts';
import { lingeringInLate } from './signals/lingering-in-late.ts';
import { reopened } from './signals/reopened.ts';
import type { Signal, SignalKind } from './signals/signal.ts';
import { unreleasedVersion } from './signals/unreleased-version.ts';

/** An item that is basically done but not Done: what is claimed, what is shown, what is missing. */
export interface LedgerItem extends ItemRef {
  /** ISO 8601, UTC. */
  readonly claimedAt: string;
  readonly claimed: Level;
  readonly achieved: Level;
  readonly required: Level;
  readonly missing: readonly Level[];
  /** Elapsed days since the claim, to a tenth. */
  readonly ageDays: number;
  readonly signals: readonly SignalKind[];
  readonly confidence: Confidence;
  /** Facts this line rests on that the tracker keeps no history of: today's, whatever date the report is for. */
  readonly knownOnlyNow: readonly string[];
  /** `unknown`: the status says it waits for somebody, but not for whom. */
  readonly whoseMove: 'team' | 'unknown';
}

export interface LedgerEntry {
  readonly item: WorkItem;
  readonly line: LedgerItem;
}

/** Every item that any signal claims done and that is not at its required level: once each, oldest claim first. */
export function ledger(view: TeamView): readonly LedgerEntry[] {
  const required = requiredLevels(view);
  const releaseOf = releases(view);
  const achieved = (item: WorkItem): Level => {
    // A version that an unfinished item is planned for says nothing about the item when it is released without it.
    if (item.stage !== 'done') return 'coded';
    return releaseOf(item).kind === 'released' ? 'released' : 'merged';
  };
  const placements = placementsByStatus(view);
  const signals = [inLateStage, lingeringInLate, unreleasedVersion, childrenClosed, reopened].flatMap(
    (signalsOf) => signalsOf(view),
  );
  return [...Map.groupBy(signals, (signal) => signal.item)]
    .flatMap(([item, some]): readonly (LedgerEntry & { readonly claimedAt: number })[] => {
      const levels = { claimed: 'merged', achieved: achieved(item), required: required(item) } as const;
      if (reaches(levels.achieved, levels.required)) return [];
      const claimedAt = min(some, (signal) => signal.claimedAt) ?? view.asOf;
      const placement = placements.get(`${item.issue.source}/${item.statusId}`);
      const line: LedgerItem = {
        ...itemRef(view, item),
        claimedAt: new Date(claimedAt).toISOString(),
        ...levels,
        missing: missingLevels(levels.achieved, levels.required),
        ageDays: Math.round(10 * elapsedDays(claimedAt, view.asOf)) / 10,
        signals: some.map((signal) => signal.kind),
        confidence: confidence(some, placement),
        knownOnlyNow: some.some((signal) => signal.kind === 'resolved_in_unreleased_version')
          ? ['version.released']
          : [],
        whoseMove: WAITING.test(placement?.name ?? '') ? 'unknown' : 'team',
      };
      return [{ item, line, claimedAt }];
    })
    .sort((a, b) => a.claimedAt - b.claimedAt)
    .map(({ item, line }) => ({ item, line }));
}

/** A status of this name waits for somebody, and does not say whether that is the team. */
const WAITING = /wait|pending|approv|customer|external|vendor|third.party|on hold|blocked/i;

/** One fact of the tracker is enough. A status is as good as the guess that placed it, unless a second sign agrees. */
function confidence(signals: readonly Signal[], placement: Placement | undefined): Confidence {
  if (signals.some((signal) => signal.strength === 'hard')) return 'high';
  return signals.length > 1 || (placement && placement.confidence !== 'low') ? 'medium' : 'low';
}

function placementsByStatus(view: TeamView): ReadonlyMap<string, Placement> {
  const placements = [...view.stages.values()].flatMap((map) => map.placements);
  return new Map(placements.map((placement) => [`${placement.source}/${placement.statusId}`, placement]));
}
