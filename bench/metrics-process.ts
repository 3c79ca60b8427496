import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Issue } from '#domain/issue.ts';
import type { TeamView } from '#domain/team-view.ts';
import { teamReport } from '#report/team-report.ts';
import { type Batch, batchesIn, type SourceFacts } from './metrics/answers.ts';
import { PARTS } from './metrics/parts-of-report.ts';
import { checked, normaliser, type Parsed, viewOf } from './metrics/phases.ts';

/** What one run took, in seconds. */
export interface Times {
  readonly parse: number;
  readonly check: number;
  readonly normalise: number;
  readonly view: number;
  readonly report: number;
  readonly parts: Readonly<Record<string, number>>;
}

/** What a process found out: `fork('metrics-process.ts', [what, folder, runs])`. */
export type Found =
  | {
      readonly kind: 'times';
      readonly megabytes: number;
      readonly issues: number;
      readonly runs: readonly Times[];
    }
  | { readonly kind: 'memory'; readonly peak: number; readonly heap: number };

const [what = '', folder = '', runs = '1'] = process.argv.slice(2);
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const batches = await batchesIn(folder);
process.send?.(what === 'times' ? await times() : await memory(), () => process.disconnect());

/** Each phase after the garbage of the one before is gone. The first run warms up and does not count. */
async function times(): Promise<Found> {
  const texts = await Promise.all(batches.map(textsOf));
  const out: Times[] = [];
  let issueCount = 0;
  for (let run = 0; run <= Number(runs); run += 1) {
    const parsed = timed(() => texts.map(parse));
    const good = timed(() => parsed.value.map(checked));
    parsed.value.length = 0;
    const normalise = normaliser();
    const issues = timed(() =>
      bySource(good.value.map((batch) => [batch.source, normalise(batch)] as const)),
    );
    good.value.length = 0;
    const view = timed(() => viewOf(issues.value));
    const report = timed(() => teamReport(view.value));
    issueCount = [...issues.value.values()].reduce((sum, some) => sum + some.length, 0);
    out.push({
      parse: parsed.seconds,
      check: good.seconds,
      normalise: issues.seconds,
      view: view.seconds,
      report: report.seconds,
      parts: partsOf(viewOf(issues.value)),
    });
  }
  const bytes = texts.flatMap(({ searches, histories }) => [...searches, ...histories]);
  const megabytes = bytes.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
  return { kind: 'times', megabytes, issues: issueCount, runs: out.slice(1) };
}

function partsOf(view: TeamView): Times['parts'] {
  return Object.fromEntries(
    Object.entries(PARTS).map(([name, part]) => [name, timed(() => part(view)).seconds]),
  );
}

function timed<T>(work: () => T): { readonly value: T; readonly seconds: number } {
  collect();
  const began = performance.now();
  const value = work();
  return { value, seconds: (performance.now() - began) / 1000 };
}

/** Answers are read one batch after the other, as from a tracker: their text is no part of what is held at the end. */
async function memory(): Promise<Found> {
  const normalise = normaliser();
  const held: unknown[] = [];
  const issues: (readonly [SourceFacts, readonly Issue[]])[] = [];
  for (const batch of batches) {
    const texts = await textsOf(batch);
    if (what === 'parse') held.push(parse(texts));
    if (what === 'report') issues.push([batch.source, normalise(checked(parse(texts)))]);
  }
  if (what === 'report') held.push(teamReport(viewOf(bySource(issues))));
  const peak = process.resourceUsage().maxRSS / 1000;
  collect();
  const heap = process.memoryUsage().heapUsed / 1e6;
  return held.length < 0 ? { kind: 'memory', peak: 0, heap: 0 } : { kind: 'memory', peak, heap };
}

async function textsOf({ source, searches, histories }: Batch) {
  const read = (paths: readonly string[]) => Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return { source, searches: await read(searches), histories: await read(histories) };
}

function parse({ source, searches, histories }: Awaited<ReturnType<typeof textsOf>>): Parsed {
  return {
    source,
    searches: searches.map((text): unknown => JSON.parse(text)),
    histories: histories.map((text): unknown => JSON.parse(text)),
  };
}

function bySource(
  batches: readonly (readonly [SourceFacts, readonly Issue[]])[],
): ReadonlyMap<SourceFacts, readonly Issue[]> {
  const groups = Map.groupBy(batches, ([source]) => source);
  return new Map([...groups].map(([source, some]) => [source, some.flatMap(([, issues]) => issues)]));
}
