import type { JiraSite } from './jira/model.ts';
import { sitesFromHistory } from './jira/recorded.ts';
import { createJiraSimulator, SIMULATED_ACCOUNT } from './jira/server.ts';
import type { LinearWorkspace } from './linear/model.ts';
import { createLinearSimulator } from './linear/server.ts';
import { simulatedOrganisation } from './organisation/organisation.ts';

/** Simulated trackers that are being served, and the configuration that reads them. */
export interface Simulation extends AsyncDisposable {
  /** The part of a configuration file that names these trackers and their teams. */
  readonly document: SimulationDocument;
  /** What was planted in the simulated organisation for a report to find; empty for recorded histories. */
  readonly planted: readonly unknown[];
  /** What the configuration's reference to a token must resolve to; every simulated tracker takes this one. */
  readonly token: string;
}

export interface SimulationDocument {
  readonly sources: readonly SimulatedSource[];
  readonly teams: readonly { readonly id: string; readonly [key: string]: unknown }[];
}

/** A source as a configuration file has it. */
type SimulatedSource =
  | {
      readonly id: string;
      readonly kind: 'jira';
      readonly url: string;
      readonly auth: { readonly email: string; readonly apiToken: string };
      readonly projects?: readonly string[];
    }
  | {
      readonly id: string;
      readonly kind: 'linear';
      readonly url: string;
      readonly auth: { readonly apiKey: string };
    };

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
  const { trackers, teams, planted } = histories.length > 0 ? await recorded(histories) : organisation();
  const sources: SimulatedSource[] = [];
  for (const [i, tracker] of trackers.entries()) {
    const { id } = tracker;
    if (tracker.kind === 'jira') {
      const { site } = tracker;
      const { url } = cleanup.use(await onPort(FIRST_PORT + i, (port) => createJiraSimulator(site, port)));
      const auth = { email: SIMULATED_ACCOUNT.email, apiToken: tokenReference };
      sources.push({ id, kind: 'jira', url, auth, projects: projectsWithIssues(site) });
    } else {
      const { workspace } = tracker;
      const options = { apiKey: SIMULATED_ACCOUNT.apiToken, limits: ENDLESS };
      const { url } = cleanup.use(
        await onPort(FIRST_PORT + i, (port) => createLinearSimulator(workspace, { ...options, ...port })),
      );
      sources.push({ id, kind: 'linear', url, auth: { apiKey: tokenReference } });
    }
  }
  const owned = cleanup.move();
  return {
    document: { sources, teams },
    planted,
    token: SIMULATED_ACCOUNT.apiToken,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The simulated clock stands still, so that what was spent in its hour never flows off. */
const ENDLESS = { requests: 1e9, complexity: 1e12 };

/** A recorded project that every issue was moved out of still shows, empty; walking it would read nothing. */
function projectsWithIssues(site: JiraSite): readonly string[] {
  const keys = new Set(site.issues.map((issue) => issue.key.replace(/-\d+$/, '')));
  return site.projects.map((project) => project.key).filter((key) => keys.has(key));
}

type Simulated =
  | { readonly id: string; readonly kind: 'jira'; readonly site: JiraSite }
  | { readonly id: string; readonly kind: 'linear'; readonly workspace: LinearWorkspace };

interface Everything {
  readonly trackers: readonly Simulated[];
  readonly teams: SimulationDocument['teams'];
  readonly planted: readonly unknown[];
}

async function recorded(files: readonly string[]): Promise<Everything> {
  const sites = await sitesFromHistory(files);
  return {
    trackers: sites.map(({ sourceId: id, site }) => ({ id, kind: 'jira', site })),
    teams: sites.map(({ sourceId: id, site }) => {
      const name = site.projects.length === 1 ? (site.projects[0]?.name ?? id) : id;
      return { id, name, scope: [{ source: id }] };
    }),
    planted: [],
  };
}

function organisation(): Everything {
  const { site, workspace, teams, planted } = simulatedOrganisation();
  const [jira, linear] = ['acme', 'labs'];
  return {
    trackers: [
      { id: jira, kind: 'jira', site },
      { id: linear, kind: 'linear', workspace },
    ],
    teams: teams.map(({ id, name, projectKey, teamKey, timezone, headcount, members, goal }) => ({
      id,
      name,
      timezone,
      ...(members === undefined
        ? { headcount }
        : {
            members: members.map((accounts) => ({
              ids: {
                ...(accounts.jira === undefined ? {} : { [jira]: accounts.jira }),
                ...(accounts.linear === undefined ? {} : { [linear]: accounts.linear }),
              },
            })),
          }),
      goal: {
        id: goal.epic.toLowerCase().replaceAll(' ', '-'),
        name: goal.epic,
        milestone:
          teamKey !== undefined && projectKey === undefined ? { project: goal.epic } : { parent: goal.epic },
        date: goal.date,
      },
      scope: [
        ...(projectKey === undefined ? [] : [{ source: jira, projects: [projectKey] }]),
        ...(teamKey === undefined ? [] : [{ source: linear, teams: [teamKey] }]),
      ],
    })),
    planted,
  };
}

/** On this port, or on any when it is taken. */
async function onPort<T>(
  port: number,
  serve: (options: { readonly port: number }) => Promise<T>,
): Promise<T> {
  try {
    return await serve({ port });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return serve({ port: 0 });
    throw error;
  }
}
