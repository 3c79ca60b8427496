import { type Insufficient, insufficient } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { collapsed } from './alternatives.ts';
import { type Workstream, workstreamsOf } from './attribution.ts';
import { type Measured, measuredBy } from './measured.ts';
import { type RecentEffort, recentEffort, tooSmall } from './recent-effort.ts';
import { sprawl } from './sprawl.ts';
import { splitEffort } from './stream-effort.ts';
import { type LevelChoice, MIN_ATTRIBUTED, workstreamLevel } from './workstream-level.ts';

/** How a team's effort lies over its workstreams: what the report, its history and a detector all ask of a view. */
export const spreadIn = oncePerView((view) => {
  const recent = recentEffort(view);
  const choice = workstreamLevel(view, recent.days);
  const missing = recent.refused ?? tooLittle(recent, choice);
  const streams = collapsed(view, streamsOf(view, choice));
  const split = splitEffort(recent.days, streams, recent.weeks);
  const spread = missing ? undefined : sprawl(split, seedOf(view));
  return { recent, choice, missing, streams, split, spread };
});

export const seedOf = ({ team, day }: TeamView): string => `${team.id}|workstreams|${day}`;

/** The effective workstreams of a team when its weeks are drawn again; empty where nothing can be told. */
export function effectiveDraws(view: TeamView): readonly number[] {
  return spreadIn(view).spread?.draws ?? [];
}

/** The sample that numbers about workstreams stand on. */
export function measuredIn(view: TeamView): Measured {
  const { recent, choice } = spreadIn(view);
  const { days, coverage, window } = recent;
  return measuredBy({
    n: days.length,
    window,
    confidence: coverage >= WELL_ATTRIBUTED && choice.covers >= WELL_ATTRIBUTED ? 'high' : 'medium',
  });
}

/** The workstreams of an item by the level that was chosen; declared alternatives count apart. */
export function streamsOf(view: TeamView, choice: LevelChoice): (item: WorkItem) => readonly Workstream[] {
  return choice.kind === 'chosen' ? workstreamsOf(view, choice.level) : () => [];
}

function tooLittle({ days, missing }: RecentEffort, choice: LevelChoice): Insufficient | undefined {
  if (days.length < MIN_TEAM_PERSON_DAYS) return tooFewDays(days.length);
  return missing ?? (choice.covers < MIN_ATTRIBUTED ? tooSmall(choice.covers, NO_KIND) : undefined);
}

export const NO_KIND = '% of the effort in workstreams of one kind';

export const tooFewDays = (personDays: number) =>
  insufficient(personDays, MIN_TEAM_PERSON_DAYS, 'attributed person-days');

const MIN_TEAM_PERSON_DAYS = 30;
/** With a fifth or more of the days or of the effort unexplained, the shares might look different in truth. */
const WELL_ATTRIBUTED = 0.8;
