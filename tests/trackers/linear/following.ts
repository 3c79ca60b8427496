import { linearDigestLines } from '#demo/linear/digest.ts';
import type { LinearWorkspace } from '#demo/linear/model.ts';
import {
  createLinearSimulator,
  type LinearSimulator,
  type LinearSimulatorOptions,
  SIMULATED_API_KEY,
} from '#demo/linear/server.ts';
import { digestLine } from '#domain/digest.ts';
import type { Issue } from '#domain/issue.ts';
import { mergeIssues } from '#domain/whole-timeline.ts';
import { createLinearTracker, type LinearTrackerOptions } from '#trackers/linear/tracker.ts';
import type { ChangeBatch, IssueBatch, LiveTracker, StoredIssues, StoredSince } from '#trackers/tracker.ts';

/** A workspace that is served, a tracker that reads it, and what was read, merged as the store does. */
export interface Following extends AsyncDisposable {
  readonly simulator: LinearSimulator;
  readonly tracker: LiveTracker;
  readonly issues: Map<string, Issue>;
  readonly stored: StoredIssues;
  readonly keep: (issues: readonly Issue[]) => void;
  /** Walks everything and keeps it; gives the tracker's clock. */
  readonly sync: () => Promise<number>;
  /** Takes in what changed; gives the batches. */
  readonly follow: (since: number) => Promise<readonly ChangeBatch[]>;
  /** What we hold and what the workspace holds, as digest lines. */
  readonly digests: () => readonly [ours: readonly string[], theirs: readonly string[]];
  /** Operations that were asked for since the last call, by name. */
  readonly asked: () => readonly string[];
}

const IDENTITY = { sourceId: 'labs', salt: 'pepper' };

export async function following(
  workspace: LinearWorkspace,
  options: LinearSimulatorOptions & { readonly tracker?: Partial<LinearTrackerOptions> } = {},
): Promise<Following> {
  const { tracker: more, ...served } = options;
  const simulator = await createLinearSimulator(workspace, served);
  const tracker = trackerOf(simulator, more);
  const issues = new Map<string, Issue>();
  let told = 0;

  const keep = (read: readonly Issue[]): void => {
    for (const issue of read) {
      const before = issues.get(issue.id);
      issues.set(issue.id, before === undefined ? issue : mergeIssues(before, issue));
    }
  };
  const stored: StoredIssues = (ids) =>
    Promise.resolve(new Map([...issues].filter(([id]) => ids.includes(id))));
  const storedSince: StoredSince = (since) =>
    Promise.resolve(
      new Map(
        [...issues.values()].flatMap(({ id, updatedAt }) => (updatedAt >= since ? [[id, updatedAt]] : [])),
      ),
    );
  return {
    simulator,
    tracker,
    issues,
    stored,
    keep,
    sync: async () => {
      const { parts, trackerNow } = await tracker.overview();
      for (const part of parts) for (const batch of await batchesOf(tracker.walk(part))) keep(batch.issues);
      return trackerNow;
    },
    follow: async (since) => {
      const batches = await batchesOf(tracker.changes(since, stored, undefined, storedSince));
      for (const batch of batches) keep(batch.issues);
      return batches;
    },
    digests: () => [
      [...issues.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(digestLine),
      linearDigestLines(simulator.workspace, IDENTITY),
    ],
    asked: () => {
      const names = simulator.requests.slice(told).map(({ operation }) => operation ?? '');
      told = simulator.requests.length;
      return names;
    },
    [Symbol.asyncDispose]: async () => {
      await tracker[Symbol.asyncDispose]();
      await simulator.close();
    },
  };
}

/** A tracker that does not sleep between tries. */
export function trackerOf(
  simulator: Pick<LinearSimulator, 'url'>,
  more: Partial<LinearTrackerOptions> = {},
): LiveTracker {
  return createLinearTracker({
    source: 'labs',
    url: simulator.url,
    auth: { apiKey: SIMULATED_API_KEY },
    salt: 'pepper',
    transport: { sleep: () => Promise.resolve(), random: () => 0 },
    ...more,
  });
}

export async function batchesOf<Batch extends IssueBatch | ChangeBatch>(
  batches: AsyncIterable<Batch>,
): Promise<readonly Batch[]> {
  const all: Batch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}
