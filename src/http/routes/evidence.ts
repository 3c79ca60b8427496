import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Goal, Kpi } from '#domain/goal.ts';
import type { EvidenceRecord } from '#store/store.ts';
import type { Server, ServerDependencies } from '../dependencies.ts';
import { HttpProblem } from '../problem.ts';
import { idSchema, instantSchema, isoInstant, problems, typedSchema } from '../schemas.ts';
import { findTeam } from '../team-question.ts';

/** A key or an id, as people and pipelines know it. */
const issue = typedSchema(100);

const common = {
  id: typedSchema(200).optional().meta({
    description:
      'Yours, so that sending it again changes nothing; without one, the same content is the same record',
  }),
  at: z.iso
    .datetime({ offset: true, error: 'expected a time with its zone, as 2026-03-20T14:05:00Z' })
    .transform((at) => Date.parse(at))
    .meta({ description: 'When it happened' }),
};

const source = idSchema
  .optional()
  .meta({ description: 'Where the issues are; default: whichever source knows them' });

const deployment = z.strictObject({
  ...common,
  source,
  issues: z
    .array(issue)
    .min(1, 'a deployment without issues proves nothing: name at least one')
    .max(500, 'at most 500 at a time: send the rest as a deployment of its own'),
  environment: typedSchema(100).meta({ description: 'As your gates name it, such as production' }),
  rework: z.boolean().optional().meta({
    description: 'Whether nobody had planned it and an incident was why; without it that is not known',
  }),
});

const verification = z.strictObject({
  ...common,
  source,
  issue,
  outcome: z.enum(['passed', 'failed']).default('passed'),
  by: typedSchema(100).meta({ description: 'Who says so, in your words: kept, and shown in no report' }),
});

const kpiValue = z.strictObject({ ...common, value: z.number() });

const recorded = z.object({
  id: z.string(),
  recordedAt: instantSchema.meta({ description: 'Reports as of an earlier moment do not know it' }),
});
const recordedOfIssues = recorded.extend({
  unknown: z.array(z.string()).meta({
    description: 'Issues that no source shows under this key or id yet; they count once one does',
  }),
});

/** What people and pipelines tell of work on its way to being used. */
export function evidenceRoutes(server: Server, dependencies: ServerDependencies): void {
  const { config, store } = dependencies;
  server.post(
    '/api/v1/deployments',
    {
      schema: {
        operationId: 'recordDeployment',
        summary: 'Record a deployment',
        description: 'Tells that the work of some issues went to an environment. Safe to repeat.',
        tags: ['evidence'],
        security: [{ token: [] }],
        body: deployment,
        response: { 201: recordedOfIssues.describe('It is kept'), ...problems(400, 409, 413, 415) },
      },
    },
    async ({ body: { issues, rework, ...body } }, reply) => {
      // A set: in whatever order a pipeline names them, it is the same record.
      const named = [...new Set(issues)].toSorted();
      const said = rework === undefined ? {} : { rework };
      const kept = await keep(dependencies, { kind: 'deployment', ...body, ...said, issues: named });
      return reply.code(201).send({ ...kept, unknown: await unknownOf(named, body.source) });
    },
  );

  server.post(
    '/api/v1/verifications',
    {
      schema: {
        operationId: 'recordVerification',
        summary: 'Record a verification',
        description:
          'Tells that somebody looked whether the work of an issue does what it is to do. Of several, the last one stands. Safe to repeat.',
        tags: ['evidence'],
        security: [{ token: [] }],
        body: verification,
        response: { 201: recordedOfIssues.describe('It is kept'), ...problems(400, 409, 413, 415) },
      },
    },
    async ({ body }, reply) => {
      const kept = await keep(dependencies, { kind: 'verification', ...body });
      return reply.code(201).send({ ...kept, unknown: await unknownOf([body.issue], body.source) });
    },
  );

  server.post(
    '/api/v1/teams/:id/goals/:goal/kpis/:kpi/values',
    {
      schema: {
        operationId: 'recordKpiValue',
        summary: 'Record the value of a KPI',
        description:
          'Tells what a KPI of a goal stood at. Of several values, the latest one stands. Safe to repeat.',
        tags: ['evidence'],
        security: [{ token: [] }],
        params: z.object({ id: idSchema, goal: idSchema, kpi: idSchema }),
        body: kpiValue,
        response: { 201: recorded.describe('It is kept'), ...problems(400, 404, 409, 413, 415) },
      },
    },
    async ({ params, body }, reply) => {
      const { goals = [], id: team } = findTeam(config, params.id);
      const goal = findGoal(goals === 'auto' ? [] : goals, params.goal);
      const kpi = findKpi(goal, params.kpi);
      const record = { kind: 'kpi_value', ...body, team, goal: goal.id, kpi: kpi.id } as const;
      return reply.code(201).send(await keep(dependencies, record));
    },
  );

  async function unknownOf(names: readonly string[], source: string | undefined): Promise<string[]> {
    const known = await store.knownIssues(names, source);
    return names.filter((name) => !known.has(name));
  }
}

/** A record as it was sent, before it has its id and the time that we heard of it. */
type Told<R> = R extends EvidenceRecord
  ? Omit<R, 'id' | 'recordedAt' | 'source'> & { id?: string | undefined; source?: string | undefined }
  : never;

async function keep(
  { config, store, now }: ServerDependencies,
  { id: given, source, ...content }: Told<EvidenceRecord>,
): Promise<z.infer<typeof recorded>> {
  if (source !== undefined && !config.sources.some((known) => known.id === source)) {
    const known = config.sources.map((one) => one.id).join(', ');
    throw invalid('body.source', `there is no source "${source}"; there are: ${known}`);
  }
  if (content.at > now() + CLOCKS_DIFFER_MS) {
    throw invalid('body.at', `${isoInstant(content.at)} is yet to come: tell it when it has happened`);
  }
  const told = source === undefined ? content : { ...content, source };
  const id = given ?? `sha256-${createHash('sha256').update(JSON.stringify(told)).digest('hex')}`;
  const record = { ...told, id, recordedAt: now() } as EvidenceRecord;
  const { outcome, recordedAt } = await store.recordEvidence(record);
  if (outcome === 'conflict') {
    throw new HttpProblem(
      409,
      'RECORD_ID_TAKEN',
      `Something else was recorded under the id "${id}", and records are never changed. Send this one with an id of its own.`,
      { details: [{ at: 'body.id', message: 'this id stands for another record' }] },
    );
  }
  return { id, recordedAt: isoInstant(recordedAt) };
}

/** A pipeline's clock may be a little ahead of ours. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

function invalid(at: string, message: string): HttpProblem {
  return new HttpProblem(400, 'INVALID_REQUEST', `The request is not valid. ${at}: ${message}.`, {
    details: [{ at, message }],
  });
}

function findGoal(goals: readonly Goal[], id: string): Goal {
  const goal = goals.find((one) => one.id === id);
  if (goal) return goal;
  const known = goals.map((one) => one.id).join(', ');
  throw new HttpProblem(404, 'UNKNOWN_GOAL', `There is no goal "${id}" of this team. ${thereAre(known)}`);
}

function findKpi({ id: goal, kpis = [] }: Goal, id: string): Kpi {
  const kpi = kpis.find((one) => one.id === id);
  if (kpi) return kpi;
  const known = kpis.map((one) => one.id).join(', ');
  throw new HttpProblem(404, 'UNKNOWN_KPI', `The goal "${goal}" has no KPI "${id}". ${thereAre(known)}`);
}

function thereAre(known: string): string {
  return known === ''
    ? 'There are none: name them under `goal` in the configuration.'
    : `There are: ${known}.`;
}
