import { type SyncResult, syncSource } from '#pipeline/sync-source.ts';
import type { Attempt } from '#trackers/transport-options.ts';
import type { App } from '../app.ts';
import { IncompleteSyncError, UsageError } from './exit-code.ts';
import type { GlobalOptions } from './locate.ts';
import { find, open } from './open.ts';
import type { Terminal } from './program.ts';
import { withProgress } from './progress.ts';

interface SyncOptions extends GlobalOptions {
  readonly full?: boolean;
}

/** `evenkeel sync [SOURCE…]`: every source is tried; those that fail are named, and the exit code says so. */
export async function sync(
  sources: readonly string[],
  options: SyncOptions,
  terminal: Terminal,
): Promise<void> {
  const located = find(options, terminal);
  const known = located.config.sources.map((source) => source.id);
  const unknown = sources.filter((source) => !known.includes(source));
  if (unknown.length > 0) {
    throw new UsageError(`There is no source "${unknown.join('", "')}". There are: ${known.join(', ')}.`);
  }
  await using app = await open(located, terminal);
  const wanted = sources.length > 0 ? sources : known;
  const { results, failures } = await syncAll(app, wanted, options.full ?? false, terminal.signal);
  for (const result of results) terminal.out(`${describeSync(result)}\n`);
  if (failures.length > 0) {
    throw new IncompleteSyncError(
      `Not everything could be read; what was stored before still stands.\n${failures.join('\n')}`,
    );
  }
}

async function syncAll(app: App, sources: readonly string[], full: boolean, signal: AbortSignal) {
  const results: SyncResult[] = [];
  const failures: string[] = [];
  await withProgress(
    sources.map((source) => ({
      title: source,
      run: async (onProgress, say) => {
        signal.throwIfAborted();
        await using tracker = app.tracker(source, (attempt) => {
          const remark = describeAttempt(attempt);
          if (remark !== undefined) say(remark);
        });
        const result = await syncSource(
          { tracker, store: app.store, now: app.now, onProgress, signal },
          { full },
        );
        if (!result) throw new Error(`another process is syncing ${source} now; wait for it to end.`);
        results.push(result);
      },
      failed: (error) =>
        failures.push(`  ${source}: ${error instanceof Error ? error.message : String(error)}`),
    })),
  );
  return { results, failures };
}

/** Why nothing seems to happen: a request that failed and is tried again after a while. */
function describeAttempt({ failure, waitMs }: Attempt): string | undefined {
  if (failure === undefined || waitMs === undefined) return undefined;
  return `${failure.what}; trying again in ${Math.ceil(waitMs / 1000)} s`;
}

/** One line on what a sync read and what it cost. */
export function describeSync(result: SyncResult): string {
  const count = (n: number) => n.toLocaleString('en-US');
  return [
    `${result.source}: complete up to ${new Date(result.completeAsOf).toISOString()}`,
    `${count(result.issues)} issues read${result.resumed ? ' (resumed)' : ''}, ${count(result.stored)} stored`,
    `requests: ${count(result.referenceRequests)} for reference data, ${count(result.issueRequests)} for issues and histories${result.spend.retries > 0 ? ` (${count(result.spend.retries)} of all were retries)` : ''}`,
  ].join('; ');
}
