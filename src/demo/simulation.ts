import type { JiraSite } from './jira/model.ts';
import { sitesFromHistory } from './jira/recorded.ts';
import { createJiraSimulator, type JiraSimulator, SIMULATED_ACCOUNT } from './jira/server.ts';
import { simulatedOrganisation } from './organisation/organisation.ts';

/** Simulated trackers that are being served, and the configuration that reads them. */
export interface Simulation extends AsyncDisposable {
  readonly trackers: readonly { readonly source: string; readonly simulator: JiraSimulator }[];
  /** The part of a configuration file that names these trackers and their teams. */
  readonly document: SimulationDocument;
  /** What was planted in the simulated organisation for a report to find; empty for recorded histories. */
  readonly planted: readonly unknown[];
  /** What the configuration's reference to a token must resolve to. */
  readonly token: string;
}

export interface SimulationDocument {
  readonly sources: readonly {
    readonly id: string;
    readonly kind: 'jira';
    readonly url: string;
    readonly auth: { readonly email: string; readonly apiToken: string };
    readonly projects?: readonly string[];
  }[];
  readonly teams: readonly { readonly id: string; readonly [key: string]: unknown }[];
}

/** Asks for the same port every time, so that links in a report stay good from one demo to the next. */
const FIRST_PORT = 7310;

/**
 * Serves recorded histories, one tracker each, or without any the simulated organisation. `tokenReference` is what
 * the configuration says in place of the token. Throws `HistoryFileError` for a file that cannot be read.
 */
export async function startSimulation(
  histories: readonly string[],
  tokenReference: string,
): Promise<Simulation> {
  await using cleanup = new AsyncDisposableStack();
  const { sites, planted } = histories.length > 0 ? await recorded(histories) : organisation();
  const trackers = [];
  for (const [i, { source, site }] of sites.entries()) {
    const simulator = cleanup.use(await serve(site, FIRST_PORT + i));
    trackers.push({ source, simulator, projects: projectsWithIssues(site) });
  }
  const owned = cleanup.move();
  return {
    trackers,
    document: {
      sources: trackers.map(({ source, simulator, projects }) => ({
        id: source,
        kind: 'jira',
        url: simulator.url,
        auth: { email: SIMULATED_ACCOUNT.email, apiToken: tokenReference },
        projects,
      })),
      teams: sites.flatMap(({ teams }) => teams),
    },
    planted,
    token: SIMULATED_ACCOUNT.apiToken,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** A recorded project that every issue was moved out of still shows, empty; walking it would read nothing. */
function projectsWithIssues(site: JiraSite): readonly string[] {
  const keys = new Set(site.issues.map((issue) => issue.key.replace(/-\d+$/, '')));
  return site.projects.map((project) => project.key).filter((key) => keys.has(key));
}

interface SimulatedSite {
  readonly source: string;
  readonly site: JiraSite;
  readonly teams: SimulationDocument['teams'];
}

async function recorded(files: readonly string[]) {
  const sites = (await sitesFromHistory(files)).map(({ sourceId, site }): SimulatedSite => {
    const name = site.projects.length === 1 ? (site.projects[0]?.name ?? sourceId) : sourceId;
    return { source: sourceId, site, teams: [{ id: sourceId, name, scope: [{ source: sourceId }] }] };
  });
  return { sites, planted: [] };
}

function organisation() {
  const { site, teams, planted } = simulatedOrganisation();
  const source = 'acme';
  const documents = teams.map(({ id, name, projectKey, timezone, headcount }) => ({
    id,
    name,
    timezone,
    headcount,
    scope: [{ source, projects: [projectKey] }],
  }));
  return { sites: [{ source, site, teams: documents }], planted };
}

async function serve(site: JiraSite, port: number): Promise<JiraSimulator> {
  try {
    return await createJiraSimulator(site, { port });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      return createJiraSimulator(site);
    throw error;
  }
}
