import { z } from 'zod';
import type { Team } from '#domain/team.ts';
import { sourcesPageHtml } from '#views/html/sources-page.ts';
import { teamReportHtml } from '#views/html/team-page.ts';
import { type TeamRow, teamsPageHtml } from '#views/html/teams-page.ts';
import { ageWords, problemWords } from '../age-words.ts';
import { dataAge } from '../data-age.ts';
import type { Server, ServerDependencies } from '../dependencies.ts';
import { latestPublished } from '../published.ts';
import { daySchema, idSchema, page, problemPages } from '../schemas.ts';
import { sourceStatuses } from '../source-status.ts';
import { findTeam, reportAsOf } from '../team-question.ts';

const HTML = 'text/html; charset=utf-8';

/** The same as the API says, for people. */
export function pageRoutes(server: Server, dependencies: ServerDependencies): void {
  const { config, store, now } = dependencies;
  server.get(
    '/',
    {
      schema: {
        operationId: 'showTeams',
        summary: 'Every team, as a page',
        description: 'The configured teams, each with the headline of its latest published report.',
        tags: ['pages'],
        response: { 200: page('The page'), ...problemPages() },
      },
    },
    async (_request, reply) => {
      const rows = await Promise.all(config.teams.map((team) => row(dependencies, team)));
      return reply.type(HTML).send(teamsPageHtml(rows, config.organisation.name));
    },
  );

  server.get(
    '/sources',
    {
      schema: {
        operationId: 'showSources',
        summary: 'Every source, as a page',
        description:
          'How far each tracker is read, what went wrong last, what it has cost, and what is left of its limits.',
        tags: ['pages'],
        response: { 200: page('The page'), ...problemPages() },
      },
    },
    async (_request, reply) => {
      const { timezone } = config.organisation;
      return reply.type(HTML).send(sourcesPageHtml(await sourceStatuses(dependencies), now(), timezone));
    },
  );

  server.get(
    '/teams/:id',
    {
      schema: {
        operationId: 'showTeam',
        summary: 'The report on a team, as a page',
        description: 'As of a day, by default the latest day its sources were read.',
        tags: ['pages'],
        params: z.object({ id: idSchema }),
        querystring: z.strictObject({
          // A form sends an empty field when no day was chosen.
          asOf: z.preprocess((text) => (text === '' ? undefined : text), daySchema.optional()),
        }),
        response: { 200: page('The page'), ...problemPages(400, 404, 409) },
      },
    },
    async ({ params, query }, reply) => {
      const team = findTeam(config, params.id);
      const report = await reportAsOf(dependencies, team, query.asOf);
      return reply.type(HTML).send(
        teamReportHtml(report, {
          teamsHref: '/',
          formats: [{ label: 'JSON', href: `/api/v1/teams/${team.id}/report?asOf=${report.asOf}` }],
          freshness: ageWords(await dataAge(store, team), now()),
        }),
      );
    },
  );
}

async function row({ store }: ServerDependencies, team: Team): Promise<TeamRow> {
  const { id, name, group } = team;
  const [latest, ages] = await Promise.all([latestPublished(store, id), dataAge(store, team)]);
  const problem = problemWords(ages);
  return {
    id,
    name,
    ...(group === undefined ? {} : { group }),
    ...(latest === undefined ? {} : { asOf: latest.asOf }),
    ...(latest?.headline ? { level: latest.headline.level, sentence: latest.headline.sentence } : {}),
    ...(problem === undefined ? {} : { problem }),
  };
}
