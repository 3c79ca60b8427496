import type { TeamView } from '#domain/team-view.ts';
import { blockedParts } from '#metrics/blocked-by.ts';
import { childrenClosed } from '#metrics/signals/children-closed.ts';
import { gateClosed } from '#metrics/signals/gate-closed.ts';
import { inLateStage } from '#metrics/signals/in-late-stage.ts';
import { lastMileWorkOpen } from '#metrics/signals/last-mile-work-open.ts';
import { lingeringInLate } from '#metrics/signals/lingering-in-late.ts';
import { mergedNotDeployed } from '#metrics/signals/merged-not-deployed.ts';
import { releasedNotAdopted } from '#metrics/signals/released-not-adopted.ts';
import { reopened } from '#metrics/signals/reopened.ts';
import type { Signal, SignalKind } from '#metrics/signals/signal.ts';
import { staleClaim } from '#metrics/signals/stale-claim.ts';
import { unreleasedVersion } from '#metrics/signals/unreleased-version.ts';
import { workItemAge } from '#metrics/work-item-age.ts';
import { parents, releases, reopenings } from './added.ts';
import { adoption } from './adoption.ts';
import { comments } from './comments.ts';
import { deployments } from './deployments.ts';
import { gatedWork } from './gates.ts';
import type { LabelledItems } from './labelled.ts';
import { lastMile } from './last-mile.ts';
import { lateStages, reviews, underWay, waits } from './lived.ts';
import { rollouts } from './rollouts.ts';

/** A signal about single items, the items it is asked about, and which of them it names in a report. */
export interface ItemCase {
  readonly name: string;
  readonly signal: SignalKind | 'aged_out' | 'waits_now';
  /** Teams that bring two hundred items in trouble and a thousand that are hard to tell from these, or more. */
  readonly teams: number;
  readonly make: (seed: string) => LabelledItems;
  readonly named: (view: TeamView) => readonly string[];
  /** Whether items in trouble are well at other times, and naming them then is a mistake as well. */
  readonly isOnlyThen?: true;
}

const keysOf = (signals: readonly Signal[]) => signals.map(({ item }) => item.key);
const hard = (signals: readonly Signal[]) => signals.filter(({ strength }) => strength === 'hard');

export const ITEM_CASES: readonly ItemCase[] = [
  {
    name: 'in late stage (A2)',
    signal: 'in_late_stage',
    teams: 9,
    make: (seed) => lateStages(seed),
    named: (view) => keysOf(inLateStage(view)),
    isOnlyThen: true,
  },
  {
    name: 'in late stage (A2), stages mapped',
    signal: 'in_late_stage',
    teams: 9,
    make: (seed) => lateStages(seed, true),
    named: (view) => keysOf(inLateStage(view)),
    isOnlyThen: true,
  },
  {
    name: 'lingering in late (A3), one review in six forgotten',
    signal: 'lingering_in_late',
    teams: 18,
    make: (seed) => reviews(seed, 1 / 6),
    named: (view) => keysOf(hard(lingeringInLate(view))),
  },
  {
    name: 'lingering in late (A3), one in thirty forgotten',
    signal: 'lingering_in_late',
    teams: 42,
    make: (seed) => reviews(seed, 1 / 30),
    named: (view) => keysOf(hard(lingeringInLate(view))),
  },
  {
    name: 'unreleased version (A4)',
    signal: 'resolved_in_unreleased_version',
    teams: 15,
    make: releases,
    named: (view) => keysOf(hard(unreleasedVersion(view))),
  },
  {
    name: 'children closed (A5)',
    signal: 'children_closed',
    teams: 15,
    make: parents,
    named: (view) => keysOf(childrenClosed(view)),
  },
  {
    name: 'reopened (A6)',
    signal: 'reopened',
    teams: 17,
    make: reopenings,
    named: (view) => keysOf(reopened(view)),
  },
  {
    name: 'merged, not deployed (A1)',
    signal: 'merged_not_deployed',
    teams: 25,
    make: (seed) => deployments(seed),
    named: (view) => keysOf(hard(mergedNotDeployed(view))),
  },
  {
    name: 'merged, not deployed (A1), with requests',
    signal: 'merged_not_deployed',
    teams: 25,
    make: (seed) => deployments(seed, true),
    named: (view) => keysOf(hard(mergedNotDeployed(view))),
  },
  {
    name: 'stale claim (A7)',
    signal: 'stale_claim',
    teams: 16,
    make: (seed) => comments(seed),
    named: (view) => keysOf(staleClaim(view)),
  },
  {
    name: 'stale claim (A7), in other words',
    signal: 'stale_claim',
    teams: 16,
    make: (seed) => comments(seed, true),
    named: (view) => keysOf(staleClaim(view)),
  },
  {
    name: 'last mile work open (A2)',
    signal: 'last_mile_work_open',
    teams: 18,
    make: lastMile,
    named: (view) => keysOf(lastMileWorkOpen(view)),
    isOnlyThen: true,
  },
  {
    name: 'released, not adopted (A8)',
    signal: 'released_not_adopted',
    teams: 18,
    make: adoption,
    named: (view) => keysOf(hard(releasedNotAdopted(view))),
  },
  {
    name: 'released, not adopted (A8), only the rollout open',
    signal: 'released_not_adopted',
    teams: 18,
    make: rollouts,
    named: (view) => keysOf(releasedNotAdopted(view)),
    isOnlyThen: true,
  },
  {
    name: 'gate closed',
    signal: 'gate_closed',
    teams: 24,
    make: gatedWork,
    named: (view) => keysOf(gateClosed(view)),
  },
  { name: 'aged out (C6)', signal: 'aged_out', teams: 21, make: underWay, named: agedOut },
  {
    name: 'waits now (F3)',
    signal: 'waits_now',
    teams: 26,
    make: waits,
    named: (view) => blockedParts(view).parts.waiting.map(({ key }) => key),
    isOnlyThen: true,
  },
];

function agedOut(view: TeamView): readonly string[] {
  return workItemAge(view).items.flatMap((item) => (item.agedOut === true ? [item.key] : []));
}
