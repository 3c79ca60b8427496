import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import type { Decision, Escalation, ToldRisk } from '#domain/decision.ts';
import type { Kept } from '../store.ts';
import { cleaned } from './clean-text.ts';
import type { Database, DecisionTable, EscalationTable, ToldColumns } from './tables.ts';

/** Adds an escalation; one that is there already stays as it is. */
export async function recordEscalation(db: Database, escalation: Escalation): Promise<Kept<Escalation>> {
  const given = cleaned(escalation);
  const { id, team, risk, note = null, told, recordedAt: recorded_at } = given;
  const { numInsertedOrUpdatedRows: added = 0n } = await db
    .insertInto('escalation')
    .values({ id, team, risk, note, ...columnsOf(told), recorded_at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (added > 0n) return { outcome: 'recorded', stands: given };
  const stands = await escalationOf(db, id);
  if (stands === undefined) throw new Error(`the escalation "${id}" is there and cannot be read`);
  const said = ({ team: of, risk: about, note: with_ }: Escalation) => JSON.stringify([of, about, with_]);
  return { outcome: said(stands) === said(given) ? 'repeated' : 'conflict', stands };
}

/** Adds a decision; of an escalation that is decided, the first one stays as it is. */
export async function recordDecision(db: Database, decision: Decision): Promise<Kept<Decision>> {
  const given = cleaned(decision);
  const { escalation, team, risk, by: decided_by, until, note = null, told, recordedAt: recorded_at } = given;
  const { numInsertedOrUpdatedRows: added = 0n } = await db
    .insertInto('decision')
    .values({
      escalation,
      team,
      risk,
      decision: given.decision,
      decided_by,
      until,
      accepted: given.statement ?? null,
      note,
      ...columnsOf(told),
      recorded_at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (added > 0n) return { outcome: 'recorded', stands: given };
  const row = await db
    .selectFrom('decision')
    .selectAll()
    .where('escalation', '=', escalation)
    .executeTakeFirst();
  if (row === undefined) throw new Error(`"${escalation}" is decided and the decision cannot be read`);
  const stands = toDecision(row);
  const said = (one: Decision) => JSON.stringify([one.decision, one.by, one.until, one.note]);
  return { outcome: said(stands) === said(given) ? 'repeated' : 'conflict', stands };
}

export async function escalationOf(db: Database, id: string): Promise<Escalation | undefined> {
  const row = await db.selectFrom('escalation').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toEscalation(row);
}

/** Those about a team's risks, oldest first. */
export async function escalations(db: Database, team: string): Promise<readonly Escalation[]> {
  const rows = await db
    .selectFrom('escalation')
    .selectAll()
    .where('team', '=', team)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute();
  return rows.map(toEscalation);
}

/** Those about a team's risks, oldest first. */
export async function decisions(db: Database, team: string): Promise<readonly Decision[]> {
  const rows = await db
    .selectFrom('decision')
    .selectAll()
    .where('team', '=', team)
    .orderBy('recorded_at')
    .orderBy('escalation')
    .execute();
  return rows.map(toDecision);
}

function columnsOf({ day, statement, acceptMeans, goal, dP, weeks }: ToldRisk): ToldColumns {
  return {
    as_of: day,
    statement,
    accept_means: acceptMeans,
    chance: goal?.chance ?? null,
    due: goal?.due ?? null,
    dp_low: dP?.[0] ?? null,
    dp_high: dP?.[1] ?? null,
    weeks_low: weeks?.[0] ?? null,
    weeks_high: weeks?.[1] ?? null,
  };
}

function toldOf(told: ToldColumns): ToldRisk {
  const { as_of, statement, accept_means, chance, due, dp_low, dp_high, weeks_low, weeks_high } = told;
  return {
    day: dayOf(as_of),
    statement,
    acceptMeans: accept_means,
    ...(chance === null || due === null ? {} : { goal: { chance, due: dayOf(due) } }),
    ...(dp_low === null || dp_high === null ? {} : { dP: [dp_low, dp_high] }),
    ...(weeks_low === null || weeks_high === null ? {} : { weeks: [weeks_low, weeks_high] }),
  };
}

function toEscalation(row: EscalationTable): Escalation {
  const { id, team, risk, note, recorded_at: recordedAt } = row;
  return { id, team, risk, ...(note === null ? {} : { note }), told: toldOf(row), recordedAt };
}

function toDecision(row: DecisionTable): Decision {
  const { escalation, team, risk, decision, decided_by: by, until, accepted, note } = row;
  return {
    escalation,
    team,
    risk,
    decision,
    by,
    until: dayOf(until),
    ...(accepted === null ? {} : { statement: accepted }),
    ...(note === null ? {} : { note }),
    told: toldOf(row),
    recordedAt: row.recorded_at,
  };
}

function dayOf(text: string): CalendarDay {
  const day = parseDay(text);
  if (day === undefined) throw new Error(`"${text}" is stored as a day and is none`);
  return day;
}
