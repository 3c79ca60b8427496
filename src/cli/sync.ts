import type { AbsenceReason } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import { type CensusResult, isCensusDue, reconcileSource } from '#pipeline/reconcile-source.ts';
import { type SweepResult, sweepReference } from '#pipeline/sweep-reference.ts';
import { type SyncDependencies, type SyncResult, syncSource } from '#pipeline/sync-source.ts';
import type { Attempt } from '#trackers/transport-options.ts';
import type { App } from '../app.ts';
import { describeBudget } from './budget-words.ts';
import { IncompleteSyncError, UsageError } from './exit-code.ts';
import { expiryWarnings } from './expiry-warnings.ts';
import type { GlobalOptions } from './locate.ts';
import { find, open } from './open.ts';
import type { Terminal } from './program.ts';
import { withProgress } from './progress.ts';

interface SyncOptions extends GlobalOptions {
  readonly full?: boolean;
  readonly acceptMissing?: boolean;
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
  for (const warning of expiryWarnings(app.config, app.now())) terminal.note(warning);
  const { lines, failures } = await syncAll(app, wanted, options, terminal.signal);
  for (const line of lines) terminal.out(`${line}\n`);
  for (const source of wanted) {
    const budget = describeBudget(source, await app.store.budget(source), app.now());
    if (budget !== undefined) terminal.note(budget);
    const unread = describeUnreadBoards(source, await app.store.readReference(source));
    if (unread !== undefined) terminal.note(unread);
  }
  if (failures.length > 0) {
    throw new IncompleteSyncError(
      `Not everything could be read; what was stored before still stands.\n${failures.join('\n')}`,
    );
  }
}

async function syncAll(app: App, sources: readonly string[], options: SyncOptions, signal: AbortSignal) {
  const lines: string[] = [];
  const failures: string[] = [];
  await withProgress(
    sources.map((source) => ({
      title: source,
      run: async (onProgress, say) => {
        signal.throwIfAborted();
        await using tracker = app.tracker(source, {
          onAttempt: (attempt) => {
            const remark = describeAttempt(attempt);
            if (remark !== undefined) say(remark);
          },
        });
        const dependencies = { tracker, store: app.store, now: app.now, onProgress, signal };
        const result = await syncSource(dependencies, { full: options.full ?? false });
        if (!result) throw new Error(`another process is syncing ${source} now; wait for it to end.`);
        lines.push(describeSync(result));
        const swept = await sweepAfter(dependencies, result);
        if (swept.requests > 0) lines.push(describeSweep(source, swept));
        const census = await censusAfter(dependencies, result, options);
        if (census) lines.push(describeCensus(census));
      },
      failed: (error) =>
        failures.push(`  ${source}: ${error instanceof Error ? error.message : String(error)}`),
    })),
  );
  return { lines, failures };
}

/** Whoever moves a date and asks for a sync expects to see it, though no issue tells of it. */
async function sweepAfter(
  dependencies: SyncDependencies,
  { referenceRequests }: SyncResult,
): Promise<SweepResult> {
  if (referenceRequests > 0) return { requests: 0, hasNews: false };
  const cycles = await sweepReference(dependencies, 'cycles');
  const versions = await sweepReference(dependencies, 'versions');
  return {
    requests: cycles.requests + versions.requests,
    hasNews: cycles.hasNews || versions.hasNews,
  };
}

/** Looks for what is gone: daily, after everything was read again, and when someone says that it may be much. */
async function censusAfter(
  dependencies: SyncDependencies,
  { how, completeBefore, source }: SyncResult,
  { acceptMissing = false }: SyncOptions,
): Promise<CensusResult | undefined> {
  const readAgain = how === 'walked' && completeBefore !== undefined;
  if (!acceptMissing && !readAgain && !isCensusDue(await dependencies.store.syncState(source)))
    return undefined;
  const census = await reconcileSource(dependencies, { acceptMissing });
  return typeof census === 'string' ? undefined : census;
}

/** Why nothing seems to happen: a request that failed and is tried again after a while. */
function describeAttempt({ failure, waitMs }: Attempt): string | undefined {
  if (failure === undefined || waitMs === undefined) return undefined;
  return `${failure.what}; trying again in ${Math.ceil(waitMs / 1000)} s`;
}

/** What a tracker would not show of boards, where it did not: the rest was read. */
export function describeUnreadBoards(source: string, reference: Reference | undefined): string | undefined {
  const { boardsUnread = [], projects = [] } = reference ?? {};
  if (boardsUnread.length === 0) return undefined;
  const keys = boardsUnread.map((id) => projects.find((project) => project.id === id)?.key ?? id);
  return `${source}: the boards of ${keys.join(', ')} are kept from the user of this token; everything else was read.`;
}

const count = (n: number) => n.toLocaleString('en-US');

/** One line on what a sync read and what it cost. */
export function describeSync(result: SyncResult): string {
  const { how, issues, stored, resumed, spend, referenceRequests, issueRequests } = result;
  const read = how === 'followed' ? `${count(issues)} changed issues read` : `${count(issues)} issues read`;
  const retries = spend.retries > 0 ? ` (${count(spend.retries)} of all were retries)` : '';
  return [
    `${result.source}: complete up to ${new Date(result.completeAsOf).toISOString()}`,
    `${read}${resumed ? ' (resumed)' : ''}, ${count(stored)} stored`,
    `requests: ${count(referenceRequests)} for reference data, ${count(issueRequests)} for issues and histories${retries}`,
  ].join('; ');
}

/** One line on what reading sprints and versions by themselves found. */
export function describeSweep(source: string, { requests, hasNews }: SweepResult): string {
  const found = hasNews ? 'some moved' : 'none moved';
  return `${source}: sprints and versions read again; ${found}; requests: ${count(requests)}`;
}

const GONE: Readonly<Record<AbsenceReason, string>> = {
  deleted: 'deleted',
  trashed: 'in the trash',
  archived: 'archived',
  access_lost: 'out of our sight',
};

/** One line on what a census found. */
export function describeCensus(census: CensusResult): string {
  const { source, held, gone, found, edited, rekeyed, contradicted, requests } = census;
  const missing = [...gone].map(([why, n]) => `${count(n)} ${GONE[why]}`);
  const told = [
    missing.length === 0 ? 'none is gone' : `gone: ${missing.join(', ')}`,
    ...(found > 0 ? [`${count(found)} found that had not changed`] : []),
    ...(edited > 0 ? [`${count(edited)} edited while they were out of sight`] : []),
    ...(rekeyed > 0 ? [`${count(rekeyed)} have other keys now`] : []),
    ...(contradicted > 0 ? [`${count(contradicted)} with statuses their history does not tell`] : []),
  ];
  return `${source}: census of ${count(held)} issues; ${told.join('; ')}; requests: ${count(requests)}`;
}
