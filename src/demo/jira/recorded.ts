import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { HistoryFileError } from './history-file-error.ts';
import type { JiraSite } from './model.ts';
import { parseRecordedIssue, type RecordedIssue } from './recorded-issue.ts';
import { siteOfRecordedIssues } from './recorded-site.ts';

/** A recorded history, ready to be served as a tracker of its own. */
export interface RecordedSource {
  /** The file's name without `.jsonl` or `.jsonl.gz`, in lower case. */
  readonly sourceId: string;
  readonly site: JiraSite;
}

/**
 * Reads recorded Jira exports, one site per file: `.jsonl` or `.jsonl.gz`, each line one issue as a Jira server gives
 * it at `/rest/api/2/issue/KEY?expand=changelog`. All files are read before any site is handed out.
 *
 * @throws HistoryFileError when a file cannot be read, holds a broken line or no issue, or two files have one name.
 */
export async function sitesFromHistory(paths: readonly string[]): Promise<readonly RecordedSource[]> {
  const sources: RecordedSource[] = [];
  for (const path of paths) {
    const sourceId = sourceIdOf(path);
    if (sources.some((source) => source.sourceId === sourceId)) {
      throw new HistoryFileError(
        path,
        undefined,
        `two history files are both called "${sourceId}"`,
        'Rename one.',
      );
    }
    sources.push({ sourceId, site: await siteFromLines(linesOf(path), path) });
  }
  return sources;
}

/**
 * The site of one recorded export, given as its lines; `path` names them in errors and gives the site its name.
 * An issue recorded twice counts once, in its newer state. The clock starts a day after the last recorded event.
 *
 * @throws HistoryFileError on the first broken line, or when there is none.
 */
export async function siteFromLines(
  lines: AsyncIterable<string> | Iterable<string>,
  path: string,
): Promise<JiraSite> {
  const issues = new Map<string, RecordedIssue>();
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() === '') continue;
    const issue = parseRecordedIssue(text, path, line);
    const known = issues.get(issue.id);
    if (known === undefined || known.updated <= issue.updated) issues.set(issue.id, issue);
  }
  if (issues.size === 0) {
    throw new HistoryFileError(path, undefined, 'no issue is in it', 'Export the project again.');
  }
  return siteOfRecordedIssues([...issues.values()], sourceIdOf(path));
}

function sourceIdOf(path: string): string {
  return basename(path)
    .replace(/\.jsonl(\.gz)?$/i, '')
    .toLowerCase();
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const text = new PassThrough();
  // The copy runs beside the reading of lines; its failure is met below, once the lines that arrived are read.
  const copied = (
    path.toLowerCase().endsWith('.gz')
      ? pipeline(createReadStream(path), createGunzip(), text)
      : pipeline(createReadStream(path), text)
  ).then(
    () => undefined,
    (error: unknown) => error ?? new Error('unknown'),
  );
  try {
    try {
      yield* createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
    } catch {
      // A broken stream ends the lines early; `copied` holds the reason.
    }
    const failure = await copied;
    if (failure !== undefined) {
      const reason = failure instanceof Error ? failure.message : 'for an unknown reason';
      const remedy = 'Check the path, the permissions and that a .gz file is whole.';
      throw new HistoryFileError(path, undefined, `it cannot be read (${reason})`, remedy, {
        cause: failure,
      });
    }
  } finally {
    // A reader that stopped at a broken line leaves the rest unread.
    text.destroy();
  }
}
