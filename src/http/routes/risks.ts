import { z } from 'zod';
import type { CalendarDay } from '#domain/calendar.ts';
import type { Decision, Escalation, ToldRisk } from '#domain/decision.ts';
import type { Team } from '#domain/team.ts';
import { NothingSyncedError } from '#pipeline/assess-team.ts';
import { decide, escalate } from '#pipeline/decide.ts';
import { raisedRisks, riskNamed, teamOfRisk } from '#pipeline/raised-risks.ts';
import type { Risk } from '#risks/risk.ts';
import type { Server, ServerDependencies } from '../dependencies.ts';
import { rangeSchema, riskSchema, statusSchema } from '../risk-schema.ts';
import { daySchema, idSchema, instantSchema, isoInstant, problems, typedSchema } from '../schemas.ts';
import { findTeam } from '../team-question.ts';

/** A team, a kind, and what it is about: a goal and a KPI of it at most. */
export const MOST_OF_RISK_ID = 300;

const riskId = z.string().min(1).max(MOST_OF_RISK_ID).meta({
  description: 'As a report names it, in an address with its slashes written as %2F',
});

const toldSchema = z.object({
  asOf: z.iso.date().meta({ description: 'The day that the numbers are of' }),
  statement: z.string().meta({ description: 'The risk, in a sentence of that day' }),
  acceptMeans: z.string(),
  chance: z.number().optional().meta({ description: 'Of the committed milestone, by `due`' }),
  due: z.iso.date().optional(),
  dP: rangeSchema.optional(),
  weeks: rangeSchema.optional(),
});

const decisionSchema = z
  .object({
    escalation: z.string(),
    risk: z.string(),
    decision: z.enum(['accept', 'address']),
    by: z.string(),
    until: z.iso.date(),
    accepted: z.string().optional().meta({ description: 'What is accepted, in numbers' }),
    note: z.string().optional(),
    told: toldSchema,
    recordedAt: instantSchema.meta({ description: 'Reports as of an earlier moment do not know it' }),
  })
  .meta({ id: 'Decision' });

const escalationSchema = z
  .object({
    id: z.string(),
    risk: z.string(),
    note: z.string().optional(),
    told: toldSchema,
    recordedAt: instantSchema,
  })
  .meta({ id: 'Escalation' });

/** Only for the description: risks are sent as a report holds them. */
const listSchema: z.ZodType = z.object({
  teams: z.array(
    z.object({
      id: idSchema,
      asOf: z.iso.date().optional().meta({ description: 'The day that its risks are of' }),
      missing: z.string().optional().meta({ description: 'Why nothing is known of its risks' }),
    }),
  ),
  risks: z.array(riskSchema.extend({ team: idSchema, asOf: z.iso.date() })),
});

/** The same. */
const answerSchema: z.ZodType = riskSchema.extend({
  team: idSchema,
  asOf: z.iso.date(),
  escalations: z.array(escalationSchema.extend({ decision: decisionSchema.optional() })),
});

/** What keeps teams from succeeding, putting it before leadership, and what that decides. */
export function riskRoutes(server: Server, dependencies: ServerDependencies): void {
  const { config, store, now, presentOf = () => Promise.resolve(now()) } = dependencies;
  server.get(
    '/api/v1/risks',
    {
      schema: {
        operationId: 'listRisks',
        summary: 'Every raised risk',
        description:
          'The risks of each team as its report of the latest day tells them, the costliest of a team first. `status` asks for those that stand so.',
        tags: ['risks'],
        querystring: z.strictObject({ team: idSchema.optional(), status: statusSchema.optional() }),
        response: { 200: listSchema.describe('The risks'), ...problems(400, 404, 409) },
      },
    },
    async ({ query: { team, status } }) => {
      const asked = team === undefined ? config.teams : [findTeam(config, team)];
      const lists: Listed[] = [];
      // One by one: each is worked out from the whole history of its team.
      for (const one of asked) {
        lists.push(await listOf(one).catch((error: unknown) => missing(one, error, team === undefined)));
      }
      return {
        teams: lists.map(({ risks: _risks, ...of }) => of),
        risks: lists.flatMap(({ id, asOf, risks }) =>
          risks
            .filter((risk) => status === undefined || risk.status === status)
            .map((risk) => ({ team: id, asOf, ...risk })),
        ),
      };
    },
  );

  server.get(
    '/api/v1/risks/:id',
    {
      schema: {
        operationId: 'getRisk',
        summary: 'A raised risk',
        description: 'As the report of the latest day tells it, with every escalation of it.',
        tags: ['risks'],
        params: z.object({ id: riskId }),
        response: {
          200: answerSchema.describe('The risk'),
          ...problems(400, 404, 409),
        },
      },
    },
    async ({ params: { id } }) => {
      const team = teamOfRisk(config.teams, id);
      const raised = await raisedRisks(store, team);
      const risk = riskNamed(raised, id);
      const [escalations, decisions] = await Promise.all([
        store.escalations(team.id),
        store.decisions(team.id),
      ]);
      return {
        team: team.id,
        asOf: raised.view.day,
        ...risk,
        escalations: escalations
          .filter((one) => one.risk === id)
          .map((one) => {
            const decision = decisions.find(({ escalation }) => escalation === one.id);
            return {
              ...escalationTold(one),
              ...(decision === undefined ? {} : { decision: decisionTold(decision) }),
            };
          }),
      };
    },
  );

  server.post(
    '/api/v1/risks/:id/escalations',
    {
      schema: {
        operationId: 'escalateRisk',
        summary: 'Put a risk before leadership',
        description:
          'Keeps that a raised risk was escalated, in the words and numbers of the latest day. Safe to repeat: without an `id`, the same on the same day is the same escalation until it is decided.',
        tags: ['risks'],
        security: [{ token: [] }],
        params: z.object({ id: riskId }),
        body: z.strictObject({
          id: typedSchema(200).optional().meta({
            description: 'Yours, so that sending it again changes nothing',
          }),
          note: typedSchema(1000).optional(),
        }),
        response: {
          201: escalationSchema.describe('It is kept'),
          ...problems(400, 404, 409, 413, 415),
        },
      },
    },
    async ({ params: { id: risk }, body: { id, note } }, reply) => {
      const asked = { risk, ...(id === undefined ? {} : { id }), ...(note === undefined ? {} : { note }) };
      return reply.code(201).send(escalationTold(await escalate(store, config.teams, asked, presentOf)));
    },
  );

  server.post(
    '/api/v1/escalations/:id/decision',
    {
      schema: {
        operationId: 'decideEscalation',
        summary: 'Decide about an escalated risk',
        description:
          'Keeps whether the risk is accepted or is to be addressed, by whom and until when, with its numbers of the latest day. An escalation is decided once; the same decision again changes nothing.',
        tags: ['risks'],
        security: [{ token: [] }],
        params: z.object({ id: z.string().min(1).max(200) }),
        body: z.strictObject({
          decision: z.enum(['accept', 'address']),
          by: typedSchema(100).meta({ description: 'Who decides, in your words: kept, and shown as typed' }),
          until: daySchema.meta({ description: 'The last day that it holds; not before today' }),
          note: typedSchema(1000).optional(),
        }),
        response: { 201: decisionSchema.describe('It is kept'), ...problems(400, 404, 409, 413, 415) },
      },
    },
    async ({ params: { id: escalation }, body: { note, ...said } }, reply) => {
      const asked = { escalation, ...said, ...(note === undefined ? {} : { note }) };
      return reply.code(201).send(decisionTold(await decide(store, config.teams, asked, presentOf)));
    },
  );

  async function listOf(team: Team): Promise<Listed> {
    const { view, risks } = await raisedRisks(store, team);
    return { id: team.id, asOf: view.day, risks };
  }
}

interface Listed {
  readonly id: string;
  readonly asOf?: CalendarDay;
  readonly missing?: string;
  readonly risks: readonly Risk[];
}

/** Of every team, those that were never read are named; of one that is asked for, that is the answer. */
function missing({ id }: Team, error: unknown, isOfAll: boolean): Listed {
  if (!isOfAll || !(error instanceof NothingSyncedError)) throw error;
  return { id, missing: error.message, risks: [] };
}

function toldNumbers(told: ToldRisk): z.input<typeof toldSchema> {
  const { day: asOf, statement, acceptMeans, goal, dP, weeks } = told;
  return {
    asOf,
    statement,
    acceptMeans,
    ...goal,
    ...(dP === undefined ? {} : { dP: [...dP] }),
    ...(weeks === undefined ? {} : { weeks: [...weeks] }),
  };
}

function escalationTold({ id, risk, note, told: numbers, recordedAt }: Escalation) {
  return {
    id,
    risk,
    ...(note === undefined ? {} : { note }),
    told: toldNumbers(numbers),
    recordedAt: isoInstant(recordedAt),
  };
}

function decisionTold({ statement, told: numbers, recordedAt, team: _team, ...rest }: Decision) {
  return {
    ...rest,
    ...(statement === undefined ? {} : { accepted: statement }),
    told: toldNumbers(numbers),
    recordedAt: isoInstant(recordedAt),
  };
}
