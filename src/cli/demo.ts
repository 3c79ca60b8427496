import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { parseConfig } from '#config/load.ts';
import { type Simulation, type SimulationDocument, startSimulation } from '#demo/simulation.ts';
import type { Team } from '#domain/team.ts';
import { buildServer } from '#http/server.ts';
import { assessTeam, latestDay } from '#pipeline/assess-team.ts';
import type { SyncProgress } from '#pipeline/sync-source.ts';
import type { TeamReport } from '#report/team-report.ts';
import type { Store } from '#store/store.ts';
import { StoreError } from '#store/store-error.ts';
import { jsonText } from '#views/json.ts';
import { teamSummary } from '#views/summary.ts';
import { type JobEvent, startWorkers } from '#workers/start.ts';
import { type App, openApp } from '../app.ts';
import { IncompleteSyncError } from './exit-code.ts';
import { listen } from './listen.ts';
import { DEMO_TOKEN, demoPlace, type GlobalOptions } from './locate.ts';
import type { Terminal } from './program.ts';
import { withProgress } from './progress.ts';
import { stopped } from './stop-signal.ts';
import { describeSync } from './sync.ts';

interface DemoOptions extends GlobalOptions {
  readonly once?: boolean;
  readonly history?: readonly string[];
  readonly port?: number;
}

/**
 * `evenkeel demo`: the main job on simulated trackers, through the same parts as in earnest: their HTTP, the job
 * queue, the database. Ends at a served report, or with `--once` at the printed summaries.
 */
export async function demo(options: DemoOptions, terminal: Terminal): Promise<void> {
  await using simulation = await startSimulation(options.history ?? [], `\${${DEMO_TOKEN}}`);
  const place = demoPlace(options, terminal.environment);
  const environment = { [DEMO_TOKEN]: simulation.token, ...terminal.environment };
  const config = parseConfig(writeConfig(place, simulation), place.configFile, environment);
  await using app = await openApp({
    config,
    dataDir: place.dataDir,
    isDemo: true,
    environment,
    notice: terminal.note,
  });

  // Of two demos on one folder each would run some of the other's jobs, and wait for ever for its own.
  const ran = await app.store.exclusively('demo', () => run(app, simulation, options, terminal));
  if (!ran) throw new DemoRunningError(place.dataDir);
}

async function run(
  app: App,
  simulation: Simulation,
  options: DemoOptions,
  terminal: Terminal,
): Promise<true> {
  const { config } = app;
  await readThroughQueue(app, simulation, terminal);
  for (const { id } of simulation.document.teams) {
    const team = config.teams.find((candidate) => candidate.id === id);
    if (team) terminal.out(`${teamSummary(await justPublished(app.store, team))}\n\n`);
  }
  if (options.once) return true;

  const server = await buildServer({ ...app, queue: await app.queue() });
  await using _ = { [Symbol.asyncDispose]: () => server.close() };
  const address = await listen(server, config.server.host, options.port ?? config.server.port, {
    orAnyFreePort: options.port === undefined,
  });
  const first = simulation.document.teams[0]?.id ?? '';
  terminal.note(
    `\nThe report is served at ${address}/teams/${first}, every team at ${address}/ . Stop with Ctrl-C.`,
  );
  await stopped(terminal.signal);
  return true;
}

/** What the workers published a moment ago: computing it again would keep people waiting for the same bytes. */
async function justPublished(store: Store, team: Team): Promise<TeamReport> {
  const published = await store.publishedOn(team.id, await latestDay(store, team));
  return published === undefined ? assessTeam(store, team) : (published.document as TeamReport);
}

/** Another demo works on the same data folder. */
class DemoRunningError extends Error {
  override readonly name = 'DemoRunningError';
  readonly code = 'DEMO_RUNNING';
  constructor(dataDir: string) {
    super(`Another demo is running on ${dataDir}. Stop that one, or name another folder with --data DIR.`);
  }
}

/** Has workers read every simulated source and assess its teams, and waits for the last report to be published. */
async function readThroughQueue(app: App, simulation: Simulation, terminal: Terminal): Promise<void> {
  const waiting = new Map<string, Waiting>();
  await using _workers = await startWorkers({
    ...app,
    onProgress: (progress) => waiting.get(progress.source)?.onProgress(progress),
    onSynced: (result) => {
      terminal.note(describeSync(result));
      waiting.get(result.source)?.onSynced();
    },
    onJob: (event) => {
      for (const one of waiting.values()) one.onJob(event);
    },
  });
  const queue = await app.queue();
  const failures: string[] = [];
  // A demo that was killed leaves its job marked as running for half a minute; a name of its own lets this one
  // begin at once.
  const run = `${process.pid}-${app.now()}`;
  await withProgress(
    simulation.document.sources.map(({ id: source }) => ({
      title: `Reading ${source}`,
      run: async (onProgress) => {
        const teams = app.config.teams.filter((team) =>
          team.scope.some((filter) => filter.source === source),
        );
        const finished = Promise.withResolvers<void>();
        waiting.set(source, waitFor(source, new Set(teams.map((team) => team.id)), finished, onProgress));
        // The same name may have stood for another tracker in an earlier demo: another file, another version.
        await app.store.forgetSource(source);
        await queue.add('sync-source', { source }, `${source}:${run}`);
        terminal.signal.addEventListener('abort', () => finished.reject(terminal.signal.reason), {
          once: true,
        });
        await finished.promise;
      },
      failed: (error) =>
        failures.push(`  ${source}: ${error instanceof Error ? error.message : String(error)}`),
    })),
  );
  if (failures.length > 0) {
    throw new IncompleteSyncError(
      `The simulated trackers could not be read completely.\n${failures.join('\n')}`,
    );
  }
}

interface Waiting {
  readonly onProgress: (progress: SyncProgress) => void;
  readonly onSynced: () => void;
  readonly onJob: (event: JobEvent) => void;
}

/**
 * Settles when a source was read and every one of its teams was assessed after that, or when either failed for good.
 * That it was read is told by the reading itself: the end of its job may be heard of later than that of the
 * assessments it caused.
 */
function waitFor(
  source: string,
  teams: Set<string>,
  finished: PromiseWithResolvers<void>,
  onProgress: (progress: SyncProgress) => void,
): Waiting {
  let read = false;
  return {
    onProgress,
    onSynced: () => {
      read = true;
      if (teams.size === 0) finished.resolve();
    },
    onJob: ({ name, payload, outcome, error }) => {
      const team = name === 'assess-team' ? field(payload, 'team') : undefined;
      const isOurs = team === undefined ? field(payload, 'source') === source : teams.has(team);
      if (!isOurs) return;
      // The trackers are ours and on this machine: what failed once will fail again, and nobody wants to wait for it.
      if (outcome === 'failed') finished.reject(error ?? new Error(`the job ${name} failed`));
      if (outcome !== 'completed' || team === undefined || !read) return;
      teams.delete(team);
      if (teams.size === 0) finished.resolve();
    },
  };
}

function field(payload: unknown, key: string): string | undefined {
  const found: unknown =
    typeof payload === 'object' && payload !== null ? Reflect.get(payload, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}

/**
 * Writes the demo's configuration and returns it. What earlier demos read stays in it, so that `report` still finds
 * their teams; their trackers are gone.
 */
function writeConfig(place: ReturnType<typeof demoPlace>, simulation: Simulation): string {
  const { sources, teams } = simulation.document;
  const before = previous(place.configFile);
  const document: SimulationDocument = {
    sources: [...sources, ...before.sources.filter((old) => !sources.some((source) => source.id === old.id))],
    teams: [...teams, ...before.teams.filter((old) => !teams.some((team) => team.id === old.id))],
  };
  const text = `# Written by \`evenkeel demo\`, again at every start.\n${stringify(document)}`;
  try {
    mkdirSync(dirname(place.configFile), { recursive: true });
    writeFileSync(place.configFile, text);
    if (simulation.planted.length > 0) {
      writeFileSync(join(place.dataDir, 'planted.json'), jsonText(simulation.planted));
    }
  } catch (cause) {
    throw new StoreError(
      'STORE_DATA_FOLDER_NOT_WRITABLE',
      `The data folder ${place.dataDir} cannot be written to. Give this user the right to write there, or name another folder with --data DIR.`,
      { cause },
    );
  }
  return text;
}

function previous(file: string): SimulationDocument {
  if (!existsSync(file)) return { sources: [], teams: [] };
  const document = parse(readFileSync(file, 'utf8')) as Partial<SimulationDocument> | null;
  return { sources: document?.sources ?? [], teams: document?.teams ?? [] };
}
