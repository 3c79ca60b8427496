import type { FastifyInstance, FastifyRequest } from 'fastify';
import { boardConfiguration, boardSprints, boards, sprintById } from './agile.ts';
import { bulkHistories, bulkIssues, issueComments, issueHistories } from './bulk.ts';
import type { Disorder, Simulation } from './call.ts';
import { JiraHttpError } from './http-error.ts';
import {
  fields,
  myself,
  projectStatuses,
  projects,
  projectVersions,
  serverInfo,
  tenantInfo,
} from './reference.ts';
import { countIssues, searchIssues } from './search.ts';
import { softwareCount, softwareIssues } from './software.ts';

/** Adds what a sync reads of Jira Cloud, and what Jira took away, which answers 410. */
export function addRoutes(
  server: FastifyInstance,
  simulation: Simulation,
  email: string,
  disorderOf: (request: FastifyRequest) => Disorder | undefined,
): void {
  server.get('/_edge/tenant_info', () => tenantInfo(simulation));
  server.get('/rest/api/3/myself', () => myself(simulation, email));
  server.get('/rest/api/3/serverInfo', () => serverInfo(simulation));
  server.get('/rest/api/3/field', () => fields(simulation));
  server.get('/rest/api/3/project/search', ({ query }) => projects(simulation, query));
  server.get<Id>('/rest/api/3/project/:id/statuses', ({ params }) => projectStatuses(simulation, params.id));
  server.get<Id>('/rest/api/3/project/:id/version', ({ params, query }) =>
    projectVersions(simulation, params.id, query),
  );

  server.get('/rest/api/3/search/jql', (request) =>
    searchIssues(simulation, request.query, disorderOf(request)),
  );
  server.post('/rest/api/3/search/jql', (request) =>
    searchIssues(simulation, request.body, disorderOf(request)),
  );
  server.post('/rest/api/3/search/approximate-count', ({ body }) => countIssues(simulation, body));
  server.post('/rest/api/3/changelog/bulkfetch', (request) =>
    bulkHistories(simulation, request.body, disorderOf(request)),
  );
  server.post('/rest/api/3/issue/bulkfetch', (request) =>
    bulkIssues(simulation, request.body, disorderOf(request)),
  );
  server.get<Id>('/rest/api/3/issue/:id/changelog', (request) =>
    issueHistories(simulation, request.params.id, request.query, disorderOf(request)),
  );
  server.get<Id>('/rest/api/3/issue/:id/comment', ({ params, query }) =>
    issueComments(simulation, params.id, query),
  );

  server.get('/rest/agile/1.0/board', ({ query }) => boards(simulation, query));
  server.get<Id>('/rest/agile/1.0/board/:id/configuration', ({ params }) =>
    boardConfiguration(simulation, params.id),
  );
  server.get<Id>('/rest/agile/1.0/board/:id/sprint', ({ params, query }) =>
    boardSprints(simulation, params.id, query),
  );
  server.get<Id>('/rest/agile/1.0/sprint/:id', ({ params }) => sprintById(simulation, params.id));

  const board = '/rest/software/1.0/board/:id';
  server.get<Id>(`${board}/issue`, ({ params, query }) =>
    softwareIssues(simulation, { boardId: params.id }, query),
  );
  server.get<Id>(`${board}/backlog`, ({ params, query }) =>
    softwareIssues(simulation, { boardId: params.id, isBacklog: true }, query),
  );
  server.get<Id>(`${board}/issue/approximate-count`, ({ params }) =>
    softwareCount(simulation, { boardId: params.id }),
  );
  server.get<Id>(`${board}/backlog/approximate-count`, ({ params }) =>
    softwareCount(simulation, { boardId: params.id, isBacklog: true }),
  );
  server.get<SprintOfBoard>(`${board}/sprint/:sprint/issue`, ({ params, query }) =>
    softwareIssues(simulation, { boardId: params.id, sprintId: params.sprint }, query),
  );
  server.get<Id>('/rest/software/1.0/sprint/:id/issue', ({ params, query }) =>
    softwareIssues(simulation, { sprintId: params.id }, query),
  );

  for (const [path, replacement, guide] of REMOVED) {
    server.route({
      method: ['GET', 'POST'],
      url: path,
      handler: () => {
        throw new JiraHttpError(
          410,
          `The requested API has been removed. Please migrate to the ${replacement} API. ` +
            `A full migration guideline is available at https://developer.atlassian.com/changelog/#${guide}`,
        );
      },
    });
  }
}

interface Id {
  readonly Params: { readonly id: string };
}

interface SprintOfBoard {
  readonly Params: { readonly id: string; readonly sprint: string };
}

const REMOVED: readonly (readonly [path: string, replacement: string, guide: string])[] = [
  ['/rest/api/2/search', '/rest/api/3/search/jql', 'CHANGE-2046'],
  ['/rest/api/3/search', '/rest/api/3/search/jql', 'CHANGE-2046'],
  ['/rest/agile/1.0/board/:id/issue', '/rest/software/1.0/board/{boardId}/issue', 'CHANGE-3080'],
  ['/rest/agile/1.0/board/:id/backlog', '/rest/software/1.0/board/{boardId}/backlog', 'CHANGE-3080'],
  [
    '/rest/agile/1.0/board/:id/sprint/:sprint/issue',
    '/rest/software/1.0/board/{boardId}/sprint/{sprintId}/issue',
    'CHANGE-3080',
  ],
  ['/rest/agile/1.0/sprint/:id/issue', '/rest/software/1.0/sprint/{sprintId}/issue', 'CHANGE-3080'],
];
