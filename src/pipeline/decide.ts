import { createHash } from 'node:crypto';
import { type CalendarDay, dayOf } from '#domain/calendar.ts';
import type { Decision, Escalation } from '#domain/decision.ts';
import type { Team } from '#domain/team.ts';
import { acceptance, toldRisk } from '#risks/told-risk.ts';
import type { Store } from '#store/store.ts';
import { DecisionError } from './decision-error.ts';
import type { PresentOf } from './present.ts';
import { raisedRisks, riskNamed, teamOfRisk } from './raised-risks.ts';

/** What is told by whoever puts a risk before leadership. */
export interface EscalationAsked {
  readonly risk: string;
  /** Theirs, so that sending it again changes nothing. */
  readonly id?: string;
  readonly note?: string;
}

/** What leadership tells. */
export type DecisionAsked = Pick<Decision, 'escalation' | 'decision' | 'by' | 'until' | 'note'>;

/**
 * Puts a raised risk before leadership, in the words and numbers of the latest day that was read. Without an id, telling
 * the same again on that day is the same escalation, until it is decided. Throws `DecisionError`, `NothingSyncedError`.
 */
export async function escalate(
  store: Store,
  teams: readonly Team[],
  { risk: about, id: given, note }: EscalationAsked,
  presentOf: PresentOf,
): Promise<Escalation> {
  const known = given === undefined ? undefined : await store.escalation(given);
  // Whoever repeats it need not care whether the risk is still raised.
  if (known !== undefined && known.risk === about && known.note === note) return known;
  const team = teamOfRisk(teams, about);
  const raised = await raisedRisks(store, team);
  const risk = riskNamed(raised, about);
  const told = toldRisk(raised.view, risk);
  const last = (await store.decisions(team.id)).findLast((one) => one.risk === about);
  const id = given ?? idOf([about, told.day, note, last?.escalation]);
  const { outcome, stands } = await store.recordEscalation({
    id,
    team: team.id,
    risk: about,
    ...(note === undefined ? {} : { note }),
    told,
    recordedAt: await presentOf(team),
  });
  if (outcome !== 'conflict') return stands;
  throw new DecisionError(
    'RECORD_ID_TAKEN',
    `Something else was recorded under the id "${id}", and records are never changed. Send this one with an id of its own.`,
  );
}

/**
 * Keeps what was decided on an escalation, with the numbers of the latest day that was read: what is accepted is what the
 * risk costs when it is decided, whatever it cost when it was escalated. Throws `DecisionError`, `NothingSyncedError`.
 */
export async function decide(
  store: Store,
  teams: readonly Team[],
  asked: DecisionAsked,
  presentOf: PresentOf,
): Promise<Decision> {
  const escalation = await store.escalation(asked.escalation);
  const team = teams.find(({ id }) => id === escalation?.team);
  if (escalation === undefined || team === undefined) {
    throw new DecisionError(
      'UNKNOWN_ESCALATION',
      `There is no escalation "${asked.escalation}" of a team that is configured. Escalate a risk first; the answer names the id.`,
    );
  }
  const known = (await store.decisions(team.id)).find((one) => one.escalation === escalation.id);
  if (known !== undefined) return sameAs(asked, known);
  const { risk: about, id } = escalation;
  const { view, risks } = await raisedRisks(store, team);
  const risk = risks.find((one) => one.id === about);
  if (risk === undefined) {
    throw new DecisionError(
      'RISK_NOT_RAISED',
      `There is nothing to decide: the risk "${about}" is not raised as of ${view.day}. If it comes back, escalate it again.`,
    );
  }
  const now = await presentOf(team);
  refusePast(asked.until, later(view.day, dayOf(now, team.timezone)));
  const told = toldRisk(view, risk);
  const { decision, by, until, note } = asked;
  const { outcome, stands } = await store.recordDecision({
    escalation: id,
    team: team.id,
    risk: about,
    decision,
    by,
    until,
    ...(decision === 'accept' ? { statement: acceptance(told) } : {}),
    ...(note === undefined ? {} : { note }),
    told,
    recordedAt: now,
  });
  return outcome === 'conflict' ? sameAs(asked, stands) : stands;
}

function sameAs(asked: DecisionAsked, known: Decision): Decision {
  const isSame = (['decision', 'by', 'until', 'note'] as const).every((key) => asked[key] === known[key]);
  if (isSame) return known;
  throw new DecisionError(
    'ALREADY_DECIDED',
    `The escalation "${known.escalation}" is decided: ${known.decision}, by ${known.by}, until ${known.until}. Decisions are never changed: to decide anew, escalate the risk again.`,
  );
}

function refusePast(until: CalendarDay, today: CalendarDay): void {
  if (until >= today) return;
  throw new DecisionError(
    'UNTIL_PASSED',
    `A decision until ${until} would be over already: today is ${today}. Name that day or a later one.`,
  );
}

const later = (one: CalendarDay, other: CalendarDay): CalendarDay => (one > other ? one : other);

/** Short enough to be typed; two that differ and share it are refused as one id for two records. */
function idOf(content: readonly (string | undefined)[]): string {
  return `e-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12)}`;
}
