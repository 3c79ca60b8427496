import type { Team } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { teamRisks } from '#report/team-risks.ts';
import type { Risk } from '#risks/risk.ts';
import type { Store } from '#store/store.ts';
import { storedView } from './assess-team.ts';
import { DecisionError } from './decision-error.ts';

/** The risks of a team as of the latest day its sources were read, as its report tells them. */
export interface RaisedRisks {
  readonly view: TeamView;
  readonly risks: readonly Risk[];
}

/** Throws `NothingSyncedError`. */
export async function raisedRisks(store: Store, team: Team): Promise<RaisedRisks> {
  const view = await storedView(store, team);
  return { view, risks: teamRisks(view, await store.decisions(team.id)) };
}

/** The team that a risk is of: its id begins with that of the team. Throws `DecisionError`. */
export function teamOfRisk(teams: readonly Team[], risk: string): Team {
  const team = teams.find(({ id }) => risk.startsWith(`${id}/`));
  if (team !== undefined) return team;
  throw new DecisionError(
    'UNKNOWN_RISK',
    `There is no risk "${risk}": an id begins with that of its team and a slash, and the teams are ${teams.map(({ id }) => id).join(', ')}.`,
  );
}

/** The one with an id. Throws `DecisionError`, which names those that are raised. */
export function riskNamed({ view, risks }: RaisedRisks, id: string): Risk {
  const risk = risks.find((one) => one.id === id);
  if (risk !== undefined) return risk;
  const raised = risks.length === 0 ? 'Nothing is.' : `Raised are: ${risks.map((one) => one.id).join(', ')}.`;
  throw new DecisionError('UNKNOWN_RISK', `No risk "${id}" is raised as of ${view.day}. ${raised}`);
}
