import { min } from 'd3-array';
import { elapsedDays } from '#domain/calendar.ts';
import type { Confidence } from '#domain/measurement.ts';
import type { Level } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { Placement } from '#domain/workflow.ts';
import type { BlockerOwner } from './blocker-owner.ts';
import { lackingFor, progressOf } from './gates/progress.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { highest, missingLevels, reaches, requiredLevels } from './required-level.ts';
import { childrenClosed } from './signals/children-closed.ts';
import { gateClosed } from './signals/gate-closed.ts';
import { inLateStage } from './signals/in-late-stage.ts';
import { lastMileWorkOpen } from './signals/last-mile-work-open.ts';
import { lingeringInLate } from './signals/lingering-in-late.ts';
import { mergedNotDeployed } from './signals/merged-not-deployed.ts';
import { releasedNotAdopted } from './signals/released-not-adopted.ts';
import { reopened } from './signals/reopened.ts';
import type { Signal, SignalKind } from './signals/signal.ts';
import { staleClaim } from './signals/stale-claim.ts';
import { unreleasedVersion } from './signals/unreleased-version.ts';
import { whoseMove } from './whose-move.ts';

/** An item that is basically done but not Done: what is claimed, what is shown, what is missing. */
export interface LedgerItem extends ItemRef {
  /** ISO 8601, UTC. */
  readonly claimedAt: string;
  readonly claimed: Level;
  readonly achieved: Level;
  readonly required: Level;
  readonly missing: readonly Level[];
  /** What would show the missing levels, in words, in the order it has to happen. */
  readonly lacking: readonly string[];
  /** Elapsed days since the claim, to a tenth. */
  readonly ageDays: number;
  readonly signals: readonly SignalKind[];
  readonly confidence: Confidence;
  /** Facts this line rests on that the tracker keeps no history of: today's, whatever date the report is for. */
  readonly knownOnlyNow: readonly string[];
  /** `unknown`: it waits for somebody, and nothing says for whom. */
  readonly whoseMove: BlockerOwner;
}

export interface LedgerEntry {
  readonly item: WorkItem;
  readonly line: LedgerItem;
}

/** Every item that any signal claims done and that is not at its required level: once each, oldest claim first. */
export function ledger(view: TeamView): readonly LedgerEntry[] {
  const required = requiredLevels(view);
  const progress = progressOf(view);
  const placements = placementsByStatus(view);
  const signals = SIGNALS.flatMap((signalsOf) => signalsOf(view));
  return [...Map.groupBy(signals, (signal) => signal.item)]
    .flatMap(([item, some]): readonly (LedgerEntry & { readonly claimedAt: number })[] => {
      const done = progress(item);
      const levels = {
        // Work is claimed to be as far as it is shown to be, and what is nearly done to be merged.
        claimed: highest(['merged', done.achieved]),
        achieved: done.achieved,
        required: highest([required(item), ...some.flatMap(({ needs }) => needs ?? [])]),
      } as const;
      if (reaches(levels.achieved, levels.required)) return [];
      const missing = missingLevels(levels.achieved, levels.required);
      const said = some.flatMap(({ lacking }) => lacking ?? []);
      const claimedAt = min(some, (signal) => signal.claimedAt) ?? view.asOf;
      const line: LedgerItem = {
        ...itemRef(view, item),
        claimedAt: new Date(claimedAt).toISOString(),
        ...levels,
        missing,
        lacking: lackingFor(done, view, missing, said),
        ageDays: Math.round(10 * elapsedDays(claimedAt, view.asOf)) / 10,
        signals: some.map((signal) => signal.kind),
        confidence: confidence(some, placements.get(`${item.issue.source}/${item.statusId}`)),
        knownOnlyNow: some.some((signal) => signal.kind === 'resolved_in_unreleased_version')
          ? ['version.released']
          : [],
        whoseMove: some.find((signal) => signal.whoseMove !== undefined)?.whoseMove ?? whoseMove(item),
      };
      return [{ item, line, claimedAt }];
    })
    .sort((a, b) => a.claimedAt - b.claimedAt)
    .map(({ item, line }) => ({ item, line }));
}

const SIGNALS: readonly ((view: TeamView) => readonly Signal[])[] = [
  inLateStage,
  lingeringInLate,
  unreleasedVersion,
  childrenClosed,
  reopened,
  mergedNotDeployed,
  lastMileWorkOpen,
  staleClaim,
  releasedNotAdopted,
  gateClosed,
];

/** One fact of the tracker is enough. A status is as good as the guess that placed it, unless a second sign agrees. */
function confidence(signals: readonly Signal[], placement: Placement | undefined): Confidence {
  if (signals.some((signal) => signal.strength === 'hard')) return 'high';
  if (signals.length > 1) return 'medium';
  const isByStatus = signals.some(({ kind }) => kind === 'in_late_stage' || kind === 'lingering_in_late');
  return isByStatus && placement && placement.confidence !== 'low' ? 'medium' : 'low';
}

function placementsByStatus(view: TeamView): ReadonlyMap<string, Placement> {
  const placements = [...view.stages.values()].flatMap((map) => map.placements);
  return new Map(placements.map((placement) => [`${placement.source}/${placement.statusId}`, placement]));
}
