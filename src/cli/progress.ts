import {
  Listr,
  type ListrDefaultRendererLogLevels,
  ListrLogger,
  type ListrLogLevels,
  ProcessOutput,
} from 'listr2';
import type { SyncProgress } from '#pipeline/sync-source.ts';

/** Work on one source that reports how far it is. */
export interface Task {
  readonly title: string;
  /** `say` shows a remark where the progress is shown: why nothing seems to happen, mostly. */
  readonly run: (
    onProgress: (progress: SyncProgress) => void,
    say: (remark: string) => void,
  ) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Where there is no terminal every update is a line of its own, so they are given rarely. */
const PLAIN_EVERY_MS = 5_000;

/**
 * Runs tasks one after the other and shows counts, requests and time left: live on a terminal, as plain lines
 * elsewhere. All of it goes to stderr, so that stdout holds results alone. A task that fails does not stop the next.
 */
export async function withProgress(tasks: readonly Task[]): Promise<void> {
  const live = process.stderr.isTTY;
  const processOutput = new ProcessOutput(process.stderr, process.stderr);
  const list = new Listr(
    tasks.map((task) => ({
      title: task.title,
      task: async (_, handle) => {
        const started = Date.now();
        let shown = started;
        try {
          await task.run(
            (progress) => {
              const now = Date.now();
              if (!live && now - shown < PLAIN_EVERY_MS) return;
              shown = now;
              handle.output = describeProgress(progress, now - started);
            },
            (remark) => {
              handle.output = remark;
            },
          );
        } catch (error) {
          task.failed(error);
          throw error;
        }
      },
    })),
    {
      exitOnError: false,
      // A signal is the command's to handle: it has a database to stop.
      registerSignalListeners: false,
      rendererOptions: { logger: new ListrLogger<ListrDefaultRendererLogLevels>({ processOutput }) },
      fallbackRenderer: 'simple',
      fallbackRendererOptions: { logger: new ListrLogger<ListrLogLevels>({ processOutput }) },
      fallbackRendererCondition: () => !live,
    },
  );
  await list.run();
}

/**
 * How far a sync is, in one line.
 * @example describeProgress({ source: 'acme', issues: 500, expected: 2000, requests: 8 }, 10_000) // => '500 of 2,000 issues · 8 requests · about 30 s left'
 */
export function describeProgress(progress: SyncProgress, elapsedMs: number): string {
  const { issues, expected, requests } = progress;
  const count = (n: number) => n.toLocaleString('en-US');
  const parts = [
    expected === undefined ? `${count(issues)} issues` : `${count(issues)} of ${count(expected)} issues`,
    `${count(requests)} requests`,
  ];
  if (expected !== undefined && issues > 0 && issues < expected) {
    const leftSeconds = Math.ceil((elapsedMs * (expected - issues)) / issues / 1000);
    parts.push(
      leftSeconds < 90 ? `about ${leftSeconds} s left` : `about ${Math.round(leftSeconds / 60)} min left`,
    );
  }
  return parts.join(' · ');
}
