import { type Document, OpenAPIBackend } from 'openapi-backend';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Server } from '#http/dependencies.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
let server: Server;
let document: Described;

/** What these tests look at of an OpenAPI document. */
interface Described {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly security?: unknown;
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>;
}

beforeAll(async () => {
  site = await openSite();
  server = await site.serve();
  document = (await server.inject('/openapi.json')).json();
});
afterAll(async () => {
  await server.close();
  await site[Symbol.asyncDispose]();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

test('the description is a valid OpenAPI document', async () => {
  expect(document.openapi).toBe('3.1.0');
  const backend = new OpenAPIBackend({ definition: document as unknown as Document, strict: true });
  await backend.loadDocument();
  expect(() => backend.validateDefinition()).not.toThrow();
  const broken = { ...document, paths: { '/teams': { get: { summary: 1 } } } } as unknown as Document;
  const other = new OpenAPIBackend({ definition: broken, strict: true });
  await other.loadDocument();
  expect(() => other.validateDefinition()).toThrow('not valid OpenAPI');
});

test('it holds every address there is, and no other', () => {
  expect(operations().map(({ method, path }) => `${method} ${path}`)).toEqual(
    expect.arrayContaining(ADDRESSES),
  );
  expect(operations()).toHaveLength(ADDRESSES.length);
  for (const { path, method } of operations()) {
    const url = path.replaceAll(/\{(\w+)\}/g, ':$1');
    expect(server.hasRoute({ method: method.toUpperCase(), url })).toBe(true);
  }
});

/** Kept by hand: a route that forgets its schema would otherwise be missed here as it is there. */
const ADDRESSES = [
  'get /api/v1/teams',
  'get /api/v1/teams/{id}/report',
  'get /api/v1/forecasts/track-record',
  'get /api/v1/risks',
  'get /api/v1/risks/{id}',
  'post /api/v1/risks/{id}/escalations',
  'post /api/v1/escalations/{id}/decision',
  'post /api/v1/deployments',
  'post /api/v1/verifications',
  'post /api/v1/teams/{id}/goals/{goal}/kpis/{kpi}/values',
  'get /api/v1/sources',
  'post /api/v1/sources/{id}/sync',
  'post /webhooks/{source}',
  'get /api/v1/queues',
  'get /healthz',
  'get /readyz',
  'get /metrics',
  'get /openapi.json',
  'get /',
  'get /sources',
  'get /teams/{id}',
];

test('every address says what it is for, and every answer what it means and looks like', () => {
  const silent = operations().flatMap(({ path, method, operation }) => [
    ...(operation.summary && operation.description ? [] : [`${method} ${path}`]),
    ...Object.entries(operation.responses)
      .filter(([status, { description, content }]) => {
        return /^(Default Response)?$/.test(description) || (status !== '304' && content === undefined);
      })
      .map(([status]) => `${method} ${path} ${status}`),
  ]);
  expect(silent).toEqual([]);
});

test('every address has a name of its own, for clients made from the description', () => {
  const names = operations().map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(ADDRESSES.length);
});

test('writes, and only they, always ask for a token', () => {
  const guarded = operations().filter(({ operation }) => operation.security !== undefined);
  expect(guarded.map(({ method, path }) => `${method} ${path}`)).toEqual(
    ADDRESSES.filter((address) => !address.startsWith('get ')),
  );
});

test('what is answered is what the description says, for every address that can be read', async () => {
  const backend = new OpenAPIBackend({
    definition: document as unknown as Document,
    strict: true,
    ajvOpts: { strict: false, validateFormats: false },
  });
  await backend.init();
  for (const [path, status] of [
    ['/api/v1/teams', 200],
    ['/api/v1/teams/payments/report', 200],
    ['/api/v1/teams/nowhere/report', 404],
    ['/api/v1/teams/payments/report?asOf=soon', 400],
    ['/api/v1/teams/platform/report', 409],
    ['/api/v1/forecasts/track-record', 200],
    ['/api/v1/sources', 200],
    ['/api/v1/queues', 200],
    ['/healthz', 200],
    ['/readyz', 200],
  ] as const) {
    const answer = await server.inject(path);
    expect([path, answer.statusCode]).toEqual([path, status]);
    const operation = backend.router.matchOperation({ method: 'get', path, headers: {} });
    const check = backend.validator.validateResponse(answer.json(), operation ?? '', status);
    expect([path, check.errors ?? []]).toEqual([path, []]);
    const other = backend.validator.validateResponse({ unknown: 1 }, operation ?? '', status);
    expect([path, other.valid]).toEqual([path, false]);
  }
});
