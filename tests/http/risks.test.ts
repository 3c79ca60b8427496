import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '#http/dependencies.ts';
import { buildServer } from '#http/server.ts';
import { epicWith, goal } from '#tests/builders/goal.ts';
import { team } from '#tests/builders/team.ts';
import { NOW, openSite, type Site, send, TOKEN } from './site.ts';

const RISK = 'payments/unrealistic_goal/checkout';
const RISKS = '/api/v1/risks';
const of = (id: string) => `${RISKS}/${encodeURIComponent(id)}`;
const BEARER = { authorization: `Bearer ${TOKEN}` };

let site: Site;
let server: Server;
let address: string;
/** The same without the goal: what was raised of it is so no more. */
let withoutGoal: Server;
let now = NOW;

beforeAll(async () => {
  site = await openSite();
  const { config, store } = site;
  // A goal that half the pace would be missing for: 14 items in six weeks, of which two a week are finished.
  await store.saveBatch('acme', epicWith('PAY-90', { open: 14, weeks: 41 }));
  const [plain = team(), platform = team()] = config.teams;
  const build = (first: ReturnType<typeof team>) =>
    buildServer({
      config: { ...config, teams: [first, platform], server: { ...config.server, tokens: [TOKEN] } },
      store,
      queue: site.queue,
      now: () => now,
    });
  server = await build(team({ goals: [goal('2026-04-30', {}, 'PAY-90')] }));
  withoutGoal = await build(plain);
  address = await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server.close();
  await withoutGoal.close();
  await site[Symbol.asyncDispose]();
});

async function get(path: string) {
  const { status, text } = await send(address, path);
  return { status, body: JSON.parse(text) };
}

async function post(path: string, body: unknown, headers: Record<string, string> = BEARER) {
  const { status, text } = await send(address, path, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status, body: JSON.parse(text) };
}

const escalated = async (body: object = {}) =>
  (await post(`${of(RISK)}/escalations`, body)).body.id as string;
const decision = (id: string) => `/api/v1/escalations/${id}/decision`;
const accept = { decision: 'accept', by: 'Ada <CTO>', until: '2026-04-30' };

describe('the risks', () => {
  test('of every team are told as its report tells them, and a team that was never read is named', async () => {
    const { status, body } = await get(RISKS);
    expect(status).toBe(200);
    expect(body.teams).toEqual([
      { id: 'payments', asOf: '2026-03-20' },
      { id: 'platform', missing: expect.stringContaining('evenkeel sync labs') as string },
    ]);
    const report = await get('/api/v1/teams/payments/report');
    const told = { team: 'payments', asOf: '2026-03-20' };
    expect(body.risks).toEqual(report.body.risks.map((risk: object) => ({ ...told, ...risk })));
    expect(body.risks.map(({ id }: { id: string }) => id)).toContain(RISK);
  });

  test('are those of one team, and those that stand in one way', async () => {
    expect((await get(`${RISKS}?team=payments&status=open`)).body.risks).not.toEqual([]);
    expect((await get(`${RISKS}?team=payments&status=addressed`)).body).toMatchObject({
      teams: [{ id: 'payments' }],
      risks: [],
    });
  });

  test.each([
    ['?team=nobody', 404, 'UNKNOWN_TEAM'],
    ['?team=platform', 409, 'NOTHING_SYNCED'],
    ['?status=closed', 400, 'INVALID_REQUEST'],
    ['?sort=worst', 400, 'INVALID_REQUEST'],
  ])('cannot be asked for otherwise: %s', async (query, status, code) => {
    expect(await get(`${RISKS}${query}`)).toMatchObject({ status, body: { error: { code } } });
  });
});

describe('one risk', () => {
  test('has its slashes percent-encoded in its address', async () => {
    expect(await get(of(RISK))).toMatchObject({
      status: 200,
      body: { id: RISK, team: 'payments', asOf: '2026-03-20', status: 'open' },
    });
    expect(await get(`${RISKS}/${RISK}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'NO_SUCH_ADDRESS' } },
    });
  });

  test.each([
    ['payments/support_load', `No risk "payments/support_load" is raised as of 2026-03-20. Raised are: `],
    ['nobody/support_load', 'the teams are payments, platform.'],
    [`payments/${'ä'.repeat(200)}`, 'is raised as of 2026-03-20'],
  ])('that is not raised is answered with those that are: %s', async (id, said) => {
    for (const answer of [await get(of(id)), await post(`${of(id)}/escalations`, {})]) {
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'UNKNOWN_RISK' } } });
      expect(answer.body.error.message).toContain(said);
    }
  });
});

describe('an escalation', () => {
  test('keeps the words and numbers of its day', async () => {
    const { status, body } = await post(`${of(RISK)}/escalations`, {
      id: 'review-1',
      note: 'before March ends',
    });
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        id: 'review-1',
        risk: RISK,
        note: 'before March ends',
        told: {
          asOf: '2026-03-20',
          statement: expect.stringContaining('has a chance of 17 %') as string,
          acceptMeans: expect.stringMatching(/What is accepted is 17 % for 30 April\.$/) as string,
          chance: expect.closeTo(0.17, 2) as number,
          due: '2026-04-30',
          weeks: [expect.closeTo(11 / 7, 9) as number, expect.closeTo(27 / 7, 9) as number],
        },
        recordedAt: '2026-03-20T17:30:00.000Z',
      },
    });
    expect((await get(of(RISK))).body.escalations).toEqual([body]);
  });

  test('is one however often it is told, also when the risk is not raised any more; its id stands for it alone', async () => {
    const path = `${of(RISK)}/escalations`;
    const told = { id: 'review-2' };
    const first = await post(path, told);
    now = NOW + 3_600_000;
    expect(await post(path, told)).toEqual(first);
    const later = await withoutGoal.inject({ method: 'POST', url: path, headers: BEARER, payload: told });
    expect({ status: later.statusCode, body: later.json() }).toEqual(first);
    expect(await post(path, { ...told, note: 'another' })).toMatchObject({
      status: 409,
      body: { error: { code: 'RECORD_ID_TAKEN', details: [{ at: 'body.id' }] } },
    });
    now = NOW;
  });

  test('without an id is known by what it says, until it is decided', async () => {
    const [first, again, other] = [await escalated(), await escalated(), await escalated({ note: 'other' })];
    expect(first).toMatch(/^e-[0-9a-f]{12}$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    const address_ = { decision: 'address', by: 'Ada', until: '2026-03-20' };
    expect(await post(decision(other), address_)).toMatchObject({ status: 201 });
    expect(await escalated()).not.toBe(first);
  });

  test.each([
    [{ id: ' ' }, 'body.id'],
    [{ note: 'x'.repeat(1001) }, 'body.note'],
    [{ note: 'a\u0000b' }, 'body.note'],
    [{ by: 'Ada' }, 'body'],
  ])('that cannot be is refused with where the mistake is: %o', async (body, at) => {
    expect(await post(`${of(RISK)}/escalations`, body)).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_REQUEST', details: [{ at }] } },
    });
  });
});

describe('a decision', () => {
  test('to accept repeats the numbers, and the risk stands so with the name as it was typed', async () => {
    const id = await escalated({ id: 'to-accept' });
    const body = { ...accept, note: 'until the hire' };
    const first = await post(decision(id), body);
    expect(first).toEqual({
      status: 201,
      body: {
        escalation: id,
        risk: RISK,
        ...body,
        accepted: 'We accept 17 % for 30 April.',
        told: expect.objectContaining({ asOf: '2026-03-20', due: '2026-04-30' }) as object,
        recordedAt: '2026-03-20T17:30:00.000Z',
      },
    });
    expect(await post(decision(id), body)).toEqual(first);

    const stands = { status: 'accepted', decision: { escalation: id, by: 'Ada <CTO>', until: '2026-04-30' } };
    expect((await get(`${RISKS}?status=accepted`)).body.risks).toMatchObject([{ id: RISK, ...stands }]);
    const risk = await get(of(RISK));
    expect(risk.body).toMatchObject(stands);
    const told = risk.body.escalations.find((one: { id: string }) => one.id === id);
    expect(told.decision).toEqual(first.body);
    const report = await get(REPORT);
    expect(report.body.risks.find((one: { id: string }) => one.id === RISK)).toMatchObject(stands);
  });

  test('of tomorrow is in no report of today', async () => {
    const id = await escalated({ id: 'tomorrow' });
    const before = await get(REPORT);
    // The data reach to the end of 20 March, and it is 21 March by now.
    now = Date.UTC(2026, 2, 21);
    expect(await post(decision(id), { ...accept, until: '2026-03-20' })).toMatchObject({
      body: { error: { code: 'UNTIL_PASSED' } },
    });
    expect(await post(decision(id), { ...accept, by: 'Grace' })).toMatchObject({ status: 201 });
    now = NOW;
    expect(await get(REPORT)).toEqual(before);
  });

  test('is made once: another one of the same escalation is refused', async () => {
    const id = await escalated({ id: 'once' });
    await post(decision(id), accept);
    for (const other of [
      { decision: 'address' },
      { by: 'Grace' },
      { until: '2026-05-01' },
      { note: 'but' },
    ]) {
      const { status, body } = await post(decision(id), { ...accept, ...other });
      expect({ status, code: body.error.code }).toEqual({ status: 409, code: 'ALREADY_DECIDED' });
      expect(body.error.message).toContain('accept, by Ada <CTO>, until 2026-04-30');
    }
  });

  test('anew on another escalation takes the place of the one before', async () => {
    now = NOW + 60_000;
    const id = await escalated({ id: 'anew' });
    const body = { decision: 'address', by: 'Grace', until: '2026-03-20' };
    const { body: kept } = await post(decision(id), body);
    now = NOW;
    expect(kept).not.toHaveProperty('accepted');
    expect((await get(of(RISK))).body).toMatchObject({ status: 'addressed', decision: { by: 'Grace' } });
  });

  test.each([
    [{ until: '2026-03-19' }, 400, 'UNTIL_PASSED', 'body.until'],
    [{ until: '2026-02-30' }, 400, 'INVALID_REQUEST', 'body.until'],
    [{ decision: 'ignore' }, 400, 'INVALID_REQUEST', 'body.decision'],
    [{ by: ' ' }, 400, 'INVALID_REQUEST', 'body.by'],
    [{ statement: 'We accept it.' }, 400, 'INVALID_REQUEST', 'body'],
  ])('that cannot be is refused: %o', async (change, status, code, at) => {
    const id = await escalated({ id: 'refused' });
    expect(await post(decision(id), { ...accept, ...change })).toMatchObject({
      status,
      body: { error: { code, details: [{ at }] } },
    });
  });

  test('needs an escalation, of a risk that is still raised', async () => {
    expect(await post(decision('e-0'), accept)).toMatchObject({
      status: 404,
      body: { error: { code: 'UNKNOWN_ESCALATION' } },
    });
    const url = decision(await escalated({ id: 'gone' }));
    const gone = await withoutGoal.inject({ method: 'POST', url, headers: BEARER, payload: accept });
    expect({ status: gone.statusCode, code: gone.json().error.code }).toEqual({
      status: 409,
      code: 'RISK_NOT_RAISED',
    });
  });
});

test('nothing is escalated or decided without a token', async () => {
  for (const [path, body] of [
    [`${of(RISK)}/escalations`, { id: 'forged' }],
    [decision(await escalated({ id: 'not-forged' })), accept],
  ] as const) {
    expect(await post(path, body, {})).toMatchObject({
      status: 401,
      body: { error: { code: 'TOKEN_NEEDED' } },
    });
  }
  expect(await site.store.escalation('forged')).toBeUndefined();
  expect((await site.store.decisions('payments')).map(({ escalation }) => escalation)).not.toContain(
    'not-forged',
  );
});

const REPORT = '/api/v1/teams/payments/report';
