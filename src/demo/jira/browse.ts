import type { FastifyInstance } from 'fastify';
import { html } from 'hono/html';
import type { JiraIssue, JiraSite, JiraVersion } from './model.ts';

/**
 * Adds what a link in a report leads to: a page for each issue, with its history, and one for each version. Real trackers
 * have far more.
 */
export function addBrowsePages(server: FastifyInstance, read: () => JiraSite): void {
  server.get<{ readonly Params: { readonly key: string } }>('/browse/:key', async ({ params }, reply) => {
    const site = read();
    const issue = site.issues.find((candidate) => candidate.key === params.key);
    reply
      .code(issue ? 200 : 404)
      .type('text/html;charset=UTF-8')
      .header('content-security-policy', "default-src 'none'");
    return String(
      await (issue ? issuePage(site, issue) : html`<!doctype html><p>No issue ${params.key}.</p>`),
    );
  });
  server.get<{ readonly Params: { readonly key: string; readonly id: string } }>(
    '/projects/:key/versions/:id',
    async ({ params }, reply) => {
      const site = read();
      const project = site.projects.find(({ key }) => key === params.key);
      const version = site.versions.find(
        ({ id, projectId }) => id === params.id && projectId === project?.id,
      );
      reply
        .code(version ? 200 : 404)
        .type('text/html;charset=UTF-8')
        .header('content-security-policy', "default-src 'none'");
      return String(
        await (version ? versionPage(site, version) : html`<!doctype html><p>No version ${params.id}.</p>`),
      );
    },
  );
}

function versionPage(site: JiraSite, { id, name, released, releaseDate }: JiraVersion) {
  const issues = site.issues.filter(({ fields }) => fields.fixVersions?.some((version) => version.id === id));
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${name}</title>
<p>${site.baseName}, a simulated tracker</p>
<h1>${name}</h1>
<p>${released ? 'Released' : 'Unreleased'}, ${releaseDate ?? 'without a date'}</p>
<ul>
${issues.map(
  ({ key, fields }) => html`<li>${key} ${fields.summary}: ${fields.status.name}</li>
`,
)}
</ul>
</html>`;
}

function issuePage(site: JiraSite, issue: JiraIssue) {
  const status = site.statuses.find((candidate) => candidate.id === issue.fields.status.id);
  const changes = issue.histories.flatMap(({ created, items }) =>
    items.map((item) => ({ at: new Date(created).toISOString(), item })),
  );
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${issue.key} ${issue.fields.summary}</title>
<p>${site.baseName}, a simulated tracker</p>
<h1>${issue.key} ${issue.fields.summary}</h1>
<p>${status?.name ?? issue.fields.status.id}; created ${new Date(issue.created).toISOString()}</p>
<table>
<caption>History</caption>
<thead><tr><th scope="col">When</th><th scope="col">Field</th><th scope="col">From</th><th scope="col">To</th></tr></thead>
<tbody>
${changes.map(
  ({
    at,
    item,
  }) => html`<tr><td>${at}</td><td>${item.field}</td><td>${shown(item.fromString)}</td><td>${shown(
    Object.hasOwn(item, 'toString') ? item.toString : undefined,
  )}</td></tr>
`,
)}
</tbody>
</table>
</html>`;
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : '');
