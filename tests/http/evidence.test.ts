import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '#http/dependencies.ts';
import { buildServer } from '#http/server.ts';
import { goal } from '#tests/builders/goal.ts';
import { team } from '#tests/builders/team.ts';
import { NOW, openSite, type Site, send, TOKEN } from './site.ts';

let site: Site;
let server: Server;
let address: string;
let now = NOW;

beforeAll(async () => {
  site = await openSite();
  const { config, store } = site;
  const kpis = [{ id: 'migrated', target: 4, direction: 'up' as const }];
  const gates = { released: [{ environments: ['eu-1'] }] };
  const [, platform = team()] = config.teams;
  server = await buildServer({
    config: {
      ...config,
      teams: [team({ goals: [goal('2026-03-20', { kpis })], gates }), platform],
      server: { ...config.server, tokens: [TOKEN] },
    },
    store,
    queue: site.queue,
    now: () => now,
  });
  address = await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server.close();
  await site[Symbol.asyncDispose]();
});

/** What is answered over a connection of its own. */
async function post(path: string, body: unknown, headers: Record<string, string> = BEARER) {
  const answer = await send(address, path, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: JSON.parse(answer.text) };
}

const BEARER = { authorization: `Bearer ${TOKEN}` };
const DEPLOYMENTS = '/api/v1/deployments';
const VERIFICATIONS = '/api/v1/verifications';
const VALUES = '/api/v1/teams/payments/goals/checkout/kpis/migrated/values';
const deployment = {
  id: 'release-42',
  issues: ['PAY-1', 'pay-2', 'PAY-999'],
  environment: 'production',
  at: '2026-03-20T15:00:00+01:00',
};
const verification = { id: 'v-1', issue: 'PAY-1', by: 'Ada of QA', at: '2026-03-20T15:00:00Z' };

describe('a deployment', () => {
  test('is kept, with the issues that no source knows named', async () => {
    expect(await post(DEPLOYMENTS, deployment)).toEqual({
      status: 201,
      body: { id: 'release-42', recordedAt: '2026-03-20T17:30:00.000Z', unknown: ['PAY-999'] },
    });
    const { deployments } = await site.store.doneEvidence();
    expect(deployments).toContainEqual({
      ...deployment,
      issues: ['PAY-1', 'PAY-999', 'pay-2'],
      at: Date.UTC(2026, 2, 20, 14),
      recordedAt: NOW,
    });
  });

  test('says whether an incident was why, or leaves it open', async () => {
    await post(DEPLOYMENTS, { ...deployment, id: 'hotfix-1', rework: true });
    await post(DEPLOYMENTS, { ...deployment, id: 'planned-1', rework: false });
    await post(DEPLOYMENTS, { ...deployment, id: 'silent-1' });
    const { deployments } = await site.store.doneEvidence();
    const said = (id: string) => deployments.find((one) => one.id === id)?.rework;
    expect(['hotfix-1', 'planned-1', 'silent-1'].map(said)).toEqual([true, false, undefined]);
  });

  test('is one however often it is told, an hour later too; the id stands for it alone', async () => {
    const first = await post(DEPLOYMENTS, deployment);
    now = NOW + 3_600_000;
    expect(await post(DEPLOYMENTS, deployment)).toEqual(first);
    const other = await post(DEPLOYMENTS, { ...deployment, environment: 'staging' });
    now = NOW;
    expect(other).toMatchObject({
      status: 409,
      body: { error: { code: 'RECORD_ID_TAKEN', details: [{ at: 'body.id' }] } },
    });
    const { deployments } = await site.store.doneEvidence();
    expect(deployments.filter(({ id }) => id === 'release-42')).toHaveLength(1);
  });

  test('without an id is known by what it says', async () => {
    const { id: _id, ...unnamed } = deployment;
    const first = await post(DEPLOYMENTS, unnamed);
    expect(first).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^sha256-/) as string } });
    expect(await post(DEPLOYMENTS, unnamed)).toEqual(first);
    const turned = { ...unnamed, issues: unnamed.issues.toReversed() };
    expect(await post(DEPLOYMENTS, turned)).toEqual(first);
    const other = await post(DEPLOYMENTS, { ...unnamed, environment: 'staging' });
    expect(other.body.id).not.toBe(first.body.id);
  });

  test.each([
    [{ issues: [] }, 'body.issues'],
    [{ issues: Array.from({ length: 501 }, (_, i) => `PAY-${i}`) }, 'body.issues'],
    [{ issues: ['x'.repeat(101)] }, 'body.issues.0'],
    [{ issues: ['PAY-1\u0000'] }, 'body.issues.0'],
    [{ environment: 'prod\u0000uction' }, 'body.environment'],
    [{ environment: ' ' }, 'body.environment'],
    [{ at: '2026-03-20' }, 'body.at'],
    [{ at: '2026-03-20T17:36:00Z' }, 'body.at'],
    [{ source: 'nowhere' }, 'body.source'],
    [{ id: 'x'.repeat(201) }, 'body.id'],
    [{ rework: 'yes' }, 'body.rework'],
    [{ stage: 'prod' }, 'body'],
  ])('that cannot be is refused with where the mistake is: %o', async (change, where) => {
    const { status, body } = await post(DEPLOYMENTS, { ...deployment, id: 'refused', ...change });
    expect({ status, at: body.error.details?.[0].at }).toEqual({ status: 400, at: where });
    expect(body.error.code).toBe('INVALID_REQUEST');
  });

  test('may be a few minutes ahead of our clock', async () => {
    const ahead = { ...deployment, id: 'ahead', at: '2026-03-20T17:34:59Z' };
    expect(await post(DEPLOYMENTS, ahead)).toMatchObject({ status: 201 });
  });

  test('of more than 64 KB is refused', async () => {
    const issues = Array.from({ length: 500 }, () => 'x'.repeat(200));
    expect(await post(DEPLOYMENTS, { ...deployment, issues })).toMatchObject({ status: 413 });
  });
});

describe('a verification', () => {
  test('is kept with the name that its author typed, and passed unless told otherwise', async () => {
    expect(await post(VERIFICATIONS, verification)).toMatchObject({ status: 201, body: { unknown: [] } });
    const failed = { ...verification, id: 'v-2', outcome: 'failed', source: 'acme' };
    expect(await post(VERIFICATIONS, failed)).toMatchObject({ status: 201 });
    const { verifications } = await site.store.doneEvidence();
    expect(verifications.map(({ id, by, outcome }) => [id, by, outcome])).toEqual([
      ['v-1', 'Ada of QA', 'passed'],
      ['v-2', 'Ada of QA', 'failed'],
    ]);
  });

  test('needs somebody who says so', async () => {
    const { by: _by, ...nameless } = verification;
    expect(await post(VERIFICATIONS, nameless)).toMatchObject({
      status: 400,
      body: { error: { details: [{ at: 'body.by' }] } },
    });
  });

  test('of an issue of another source is of none here', async () => {
    const elsewhere = { ...verification, id: 'v-3', source: 'labs' };
    expect(await post(VERIFICATIONS, elsewhere)).toMatchObject({ body: { unknown: ['PAY-1'] } });
  });
});

describe('the value of a KPI', () => {
  const value = { id: 'k-1', value: 1.5, at: '2026-03-20T15:00:00Z' };

  test('is kept for a KPI that the configuration names', async () => {
    const answer = await post(VALUES, value);
    expect(answer).toEqual({ status: 201, body: { id: 'k-1', recordedAt: '2026-03-20T17:30:00.000Z' } });
    const { kpiValues } = await site.store.doneEvidence({ team: 'payments' });
    expect(kpiValues).toMatchObject([{ goal: 'checkout', kpi: 'migrated', value: 1.5 }]);
  });

  test.each([
    ['/api/v1/teams/nowhere/goals/checkout/kpis/migrated/values', 'UNKNOWN_TEAM', 'payments, platform'],
    ['/api/v1/teams/payments/goals/refunds/kpis/migrated/values', 'UNKNOWN_GOAL', 'There are: checkout'],
    ['/api/v1/teams/payments/goals/checkout/kpis/sold/values', 'UNKNOWN_KPI', 'There are: migrated'],
    ['/api/v1/teams/platform/goals/checkout/kpis/sold/values', 'UNKNOWN_GOAL', 'name them under `goal`'],
  ])('of what nobody configured is answered with what there is: %s', async (path, code, remedy) => {
    const { status, body } = await post(path, value);
    expect({ status, code: body.error.code }).toEqual({ status: 404, code });
    expect(body.error.message).toContain(remedy);
  });

  test('is a number', async () => {
    expect(await post(VALUES, { ...value, value: '4' })).toMatchObject({
      status: 400,
      body: { error: { details: [{ at: 'body.value' }] } },
    });
  });
});

test('what is told changes the report of the same day, without the name of who told it', async () => {
  const listed = async () => {
    const answer = await send(address, '/api/v1/teams/payments/report');
    return { text: answer.text, items: JSON.parse(answer.text).basicallyDone.items.map(keyOf) as string[] };
  };
  const keyOf = ({ key, lacking }: { key: string; lacking: string[] }) => `${key}: ${lacking.join()}`;
  // Done on 12 January and on 1 March, more than five work days ago.
  const waiting = ['PAY-1', 'PAY-25'].map((key) => `${key}: a deployment to eu-1`);
  expect((await listed()).items).toEqual(expect.arrayContaining(waiting));

  const out = { ...deployment, id: 'eu', issues: ['PAY-25'], environment: 'eu-1' };
  expect(await post(DEPLOYMENTS, out)).toMatchObject({ status: 201 });
  const after = await listed();
  expect(after.items).toContain(waiting[0]);
  expect(after.items).not.toContain(waiting[1]);
  expect(after.text).not.toContain('Ada');
});

test('nothing is recorded without a token', async () => {
  for (const [path, body] of [
    [DEPLOYMENTS, { ...deployment, id: 'forged' }],
    [VERIFICATIONS, { ...verification, id: 'forged' }],
    [VALUES, { id: 'forged', value: 1, at: '2026-03-20T15:00:00Z' }],
  ] as const) {
    expect(await post(path, body, {})).toMatchObject({
      status: 401,
      body: { error: { code: 'TOKEN_NEEDED' } },
    });
  }
  const { deployments, verifications, kpiValues } = await site.store.doneEvidence();
  const kept = [...deployments, ...verifications, ...kpiValues].map(({ id }) => id);
  expect(kept).not.toContain('forged');
  expect(kept).toContain('release-42');
});
