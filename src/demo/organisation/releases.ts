import type { JiraVersion } from '../jira/model.ts';
import { closedAt, type Draft, firstEntry, isStandard, save } from './draft.ts';
import { dayOf, NOW } from './present.ts';
import { personOf, type Team } from './team.ts';

/** The monthly releases of a team, on second Thursdays, up to the first one that is not out yet. */
export function createReleases({ plan }: Team): readonly JiraVersion[] {
  const today = dayOf(NOW);
  const versions: JiraVersion[] = [];
  for (let month = 9; versions.at(-1)?.released !== false; month += 1) {
    const releaseDate = secondThursday(2025, month);
    versions.push({
      id: String(Number(plan.projectId) * 100 + versions.length),
      projectId: plan.projectId,
      name: `${plan.projectKey.toLowerCase()} ${releaseDate.slice(0, 7).replace('-', '.')}`,
      released: releaseDate <= today,
      archived: false,
      releaseDate,
    });
  }
  return versions;
}

/** The part of the work that somebody gives a version, and the part of that which gets it before it is begun. */
const NAMED_SHARE = 0.9;
const EARLY_SHARE = 0.2;

/**
 * Puts work on the next release, and on the one after that when it is not closed on the day: release trains do not
 * wait. What has a version already keeps it. To be called when the work will not change any more.
 */
export function planReleases(team: Team, releases: readonly JiraVersion[], drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    if (!isStandard(draft) || draft.edits.some(({ set }) => set.versions !== undefined)) continue;
    const early = team.chance.happens(EARLY_SHARE);
    const named = firstEntry(draft, early ? 'Selected for Development' : 'Ready for Release');
    if (named === undefined || !team.chance.happens(NAMED_SHARE)) continue;
    const closed = closedAt(draft) ?? Number.POSITIVE_INFINITY;
    for (const release of releases.filter((release) => leaves(release) > named)) {
      const before = releases[releases.indexOf(release) - 1];
      const at = before === undefined || leaves(before) <= named ? named + 20_000 : leaves(before);
      if (at < closed) save(draft, at, personOf(team, 0), { versions: [release] });
    }
  }
}

/** Ten o'clock (UTC) of its day: within the working hours of both teams that release. */
function leaves({ releaseDate = '' }: JiraVersion): number {
  return Date.parse(`${releaseDate}T10:00:00Z`);
}

function secondThursday(year: number, month: number): string {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return dayOf(Date.UTC(year, month, 8 + ((4 - first + 7) % 7)));
}
