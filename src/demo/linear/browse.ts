import type { FastifyInstance } from 'fastify';
import { html } from 'hono/html';
import { createGraph, type Graph } from './graph.ts';
import type { LinearIssue, LinearProject, LinearWorkspace } from './model.ts';

/**
 * Adds what a link in a report leads to: a page for each issue, with its history, and one for each project, with its
 * milestones. Linear itself has far more.
 */
export function addBrowsePages(server: FastifyInstance, workspace: () => LinearWorkspace): void {
  server.get<{ readonly Params: { readonly key: string } }>('/issue/:key', async ({ params }, reply) => {
    const graph = createGraph(workspace());
    const issue = graph.issueNamed(params.key);
    reply
      .code(issue ? 200 : 404)
      .type('text/html;charset=UTF-8')
      .header('content-security-policy', "default-src 'none'");
    return String(
      await (issue ? issuePage(graph, issue) : html`<!doctype html><p>No issue ${params.key}.</p>`),
    );
  });
  server.get<{ readonly Params: { readonly slug: string } }>('/project/:slug', async ({ params }, reply) => {
    const graph = createGraph(workspace());
    const project = graph.workspace.projects.find(({ slugId }) => slugId === params.slug);
    reply
      .code(project ? 200 : 404)
      .type('text/html;charset=UTF-8')
      .header('content-security-policy', "default-src 'none'");
    return String(
      await (project ? projectPage(graph, project) : html`<!doctype html><p>No project ${params.slug}.</p>`),
    );
  });
}

function projectPage({ workspace: { organization, milestones } }: Graph, project: LinearProject) {
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${project.name}</title>
<p>${organization.name}, a simulated tracker</p>
<h1>${project.name}</h1>
<ul>
${milestones
  .filter(({ projectId }) => projectId === project.id)
  .map(
    ({ name, targetDate, status }) => html`<li>${name}, ${targetDate ?? 'without a date'}: ${status}</li>
`,
  )}
</ul>
</html>`;
}

function issuePage(graph: Graph, issue: LinearIssue) {
  const identifier = graph.identifierOf(issue);
  const state = graph.workspace.states.find(({ id }) => id === issue.stateId);
  const changes = issue.history.flatMap((entry) =>
    changedFields(entry).map((field) => ({ at: new Date(entry.createdAt).toISOString(), entry, field })),
  );
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${identifier} ${issue.title}</title>
<p>${graph.workspace.organization.name}, a simulated tracker</p>
<h1>${identifier} ${issue.title}</h1>
<p>${state?.name ?? ''}; created ${new Date(issue.createdAt).toISOString()}</p>
<table>
<caption>History</caption>
<thead><tr><th scope="col">When</th><th scope="col">Field</th><th scope="col">From</th><th scope="col">To</th></tr></thead>
<tbody>
${changes.map(
  ({ at, entry, field }) => html`<tr><td>${at}</td><td>${field.name}</td><td>${shown(
    graph,
    Reflect.get(entry, field.from),
  )}</td><td>${shown(graph, Reflect.get(entry, field.to))}</td></tr>
`,
)}
</tbody>
</table>
</html>`;
}

interface ChangedField {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Reads `fromStateId` and `toStateId` as one change, and the labels that came and went as another. */
function changedFields(entry: object): readonly ChangedField[] {
  const names = new Set(
    Object.keys(entry).flatMap((key) => {
      const [, name] = /^(?:from|to)([A-Z]\w*)$/.exec(key) ?? [];
      return name === undefined ? [] : [name];
    }),
  );
  const fields = [...names].map((name) => ({
    name: name.replace(/Id$/, ''),
    from: `from${name}`,
    to: `to${name}`,
  }));
  const labels = { name: 'Labels', from: 'removedLabelIds', to: 'addedLabelIds' };
  const isRelabelled = Object.hasOwn(entry, labels.from) || Object.hasOwn(entry, labels.to);
  return isRelabelled ? [...fields, labels] : fields;
}

/** What people read for an id: the name of what it stands for. People are not shown. */
function shown(graph: Graph, value: unknown): string {
  const named = [value].flat().map((one) => {
    if (typeof one === 'number') return String(one);
    if (typeof one !== 'string') return '';
    const issue = graph.byId('Issue', one);
    if (issue !== undefined) return graph.identifierOf(issue as LinearIssue);
    const found = NAMED.map((type) => graph.byId(type, one)).find((row) => row !== undefined);
    return found === undefined ? one : String(Reflect.get(found, 'name'));
  });
  return named.join(', ');
}

const NAMED = ['WorkflowState', 'IssueLabel', 'Cycle', 'Project', 'ProjectMilestone', 'Team'];
