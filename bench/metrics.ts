import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sitesFromHistory } from '#demo/jira/recorded.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { seededRandom } from '#statistics/random.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { figure, spread, table } from './figures.ts';
import { writeAnswers } from './metrics/answers.ts';
import { resampledSite } from './metrics/resampled.ts';
import type { Found, Times } from './metrics-process.ts';

// What a report costs, from the answers of a tracker on, beside the parsing of those answers.
const { values } = parseArgs({
  options: {
    issues: { type: 'string', default: '1000,20000,100000' },
    runs: { type: 'string', default: '5' },
  },
});
const sizes = values.issues.split(',').map(Number);
if (!sizes.every((size) => Number.isInteger(size) && size > 0) || !(Number(values.runs) > 0)) {
  throw new RangeError('--issues takes whole numbers above 0 with commas between, --runs one');
}

const PHASES = ['check', 'normalise', 'view', 'report'] as const;

const histories = ['CB', 'DURACLOUD', 'ISLANDORA'].map((name) =>
  sharedPath(`data/jira-history/${name}.jsonl.gz`),
);
const recorded = await sitesFromHistory(histories.filter((path) => path !== undefined));
const sources = recorded.length > 0 ? recorded : [{ sourceId: 'acme', site: simulatedOrganisation().site }];
const total = sources.reduce((sum, { site }) => sum + site.issues.length, 0);

process.stdout.write(`Issues of ${sources.map(({ sourceId }) => sourceId).join(', ')}, drawn with replacement; median (least–most) of ${values.runs} runs after one that warms up.
parse:     JSON.parse of every answer, all of them kept.
check:     the answers against the schema of what we read.
normalise: to our issues. view: the issues as work, as of a day. report: every metric of the report.
ratio:     check to report, over parse.

`);

const measured: { readonly size: number; readonly found: Found & { readonly kind: 'times' } }[] = [];
const memories: Readonly<Record<string, string>>[] = [];
for (const size of sizes) {
  await using folder = await temporaryFolder();
  for (const { sourceId, site } of sources) {
    const share = Math.round((size * site.issues.length) / total);
    const random = seededRandom(`bench|${sourceId}|${size}`);
    await writeAnswers(folder.path, { sourceId, site: resampledSite(site, share, random) });
  }
  const found = await inProcess('times', folder.path);
  if (found.kind === 'times') measured.push({ size, found });
  memories.push(await memoryRow(size, folder.path));
}
process.stdout.write(`${table(measured.map(timeRow))}\n\n${table(memories)}\n\n${table(partRows())}\n`);

async function inProcess(what: 'times' | 'nothing' | 'parse' | 'report', folder: string): Promise<Found> {
  const file = fileURLToPath(new URL('./metrics-process.ts', import.meta.url));
  const child = fork(file, [what, folder, values.runs], { execArgv: ['--max-old-space-size=16000'] });
  const [found] = (await once(child, 'message')) as [Found];
  await once(child, 'exit');
  return found;
}

function spent(times: Times): number {
  return PHASES.reduce((sum, phase) => sum + times[phase], 0);
}

function timeRow({ found }: (typeof measured)[number], i: number): Readonly<Record<string, string>> {
  const each = (value: (times: Times) => number, digits: number) => spread(found.runs.map(value), digits);
  const perIssue = ({ issues, runs }: typeof found) => Math.min(...runs.map(spent)) / issues;
  const before = measured[i - 1]?.found;
  return {
    issues: figure(found.issues),
    MB: figure(found.megabytes, 1),
    'parse s': each(({ parse }) => parse, 3),
    ...Object.fromEntries(PHASES.map((phase) => [`${phase} s`, each((times) => times[phase], 3)])),
    ratio: each((times) => spent(times) / times.parse, 2),
    'an issue costs':
      before === undefined ? '' : `${figure(perIssue(found) / perIssue(before), 2)} × the row above`,
  };
}

async function memoryRow(size: number, folder: string): Promise<Readonly<Record<string, string>>> {
  const nothing = await inProcess('nothing', folder);
  const parse = await inProcess('parse', folder);
  const report = await inProcess('report', folder);
  const cells = Object.entries({ nothing, parse, report }).flatMap(([name, found]) =>
    found.kind === 'memory'
      ? [
          [`${name} peak MB`, figure(found.peak)],
          [`${name} heap MB`, figure(found.heap)],
        ]
      : [],
  );
  return { issues: figure(size), ...Object.fromEntries(cells) };
}

function partRows(): readonly Readonly<Record<string, string>>[] {
  const names = Object.keys(measured[0]?.found.runs[0]?.parts ?? {});
  return names.map((name) => ({
    part: name,
    ...Object.fromEntries(
      measured.map(({ found }) => [
        `${figure(found.issues)}: ms`,
        spread(
          found.runs.map(({ parts }) => 1000 * (parts[name] ?? 0)),
          1,
        ),
      ]),
    ),
  }));
}

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'evenkeel-metrics-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
