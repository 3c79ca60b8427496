import { MS_PER_DAY } from '#domain/calendar.ts';
import { buildServer } from '#http/server.ts';
import { scheduleSyncs } from '#workers/schedule.ts';
import { startWorkers } from '#workers/start.ts';
import { expiryWarnings } from './expiry-warnings.ts';
import { listen } from './listen.ts';
import type { GlobalOptions } from './locate.ts';
import { logJob, serverLog } from './log.ts';
import { find, open } from './open.ts';
import type { Terminal } from './program.ts';
import { stopped } from './stop-signal.ts';

interface ServeOptions extends GlobalOptions {
  readonly port?: number;
  readonly role: 'all' | 'web' | 'worker';
}

/** `evenkeel serve`: pages and API, workers, or both, until SIGINT or SIGTERM. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<void> {
  await using app = await open(find(options, terminal), terminal);
  const log = serverLog();
  await using running = new AsyncDisposableStack();
  const warn = () => {
    for (const warning of expiryWarnings(app.config, app.now())) log.warn(warning);
  };
  warn();
  const daily = setInterval(warn, MS_PER_DAY);
  running.defer(() => {
    clearInterval(daily);
  });
  if (options.role !== 'web') {
    running.use(await startWorkers({ ...app, onJob: logJob(log) }));
    await scheduleSyncs(await app.queue(), app.config);
    terminal.note(`Workers are running; sources are read every ${app.config.syncEveryMinutes} minutes.`);
  }
  if (options.role !== 'worker') {
    const { host, port } = {
      ...app.config.server,
      ...(options.port === undefined ? {} : { port: options.port }),
    };
    const server = await buildServer({ ...app, queue: await app.queue(), log });
    running.defer(() => server.close());
    terminal.note(`Serving on ${await listen(server, host, port)}`);
  }
  await stopped(terminal.signal);
  terminal.note('Stopping: what is under way is given time to end.');
}
