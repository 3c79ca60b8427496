import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { recordedViews } from '#cli/recorded-views.ts';
import type { TeamView } from '#domain/team-view.ts';
import { type Case, chosen } from './risks/case.ts';
import { ledgerCases } from './risks/ledger-cases.ts';
import { promiseCases } from './risks/promise-cases.ts';
import { promisedReleases } from './risks/promised-releases.ts';
import { riskCases } from './risks/risk-cases.ts';

// What would have been said of recorded histories, had somebody asked every four weeks: the risks raised, or the lines of
// the basically-done ledger; when each began, how long it lasted, and what became of it, to be read beside the record.
// Each evaluation sees what was known on its day. docs/real-cases.md judges some of them.
//
//   npm run -s bench:risks -- [--history FILE ...] [--every DAYS] [--goals none|auto|releases] [--ledger|--promises] [--read N]
//
// --goals releases  takes each dated version for a promise, known three months before the day it did come out on
// --ledger          the ledger's lines instead of the risks
// --promises        every day on which a goal lay ahead, raised or not, and whether it was kept
// --read N          of each kind only N, spread evenly over the list, so that nobody picks the cases

const { values } = parseArgs({
  options: {
    history: { type: 'string', multiple: true, default: shared(['CB', 'DURACLOUD', 'ISLANDORA']) },
    every: { type: 'string', default: '28' },
    goals: { type: 'string', default: 'none' },
    ledger: { type: 'boolean', default: false },
    promises: { type: 'boolean', default: false },
    read: { type: 'string' },
  },
});
const every = wholeNumber('--every', values.every);
const most = values.read === undefined ? undefined : wholeNumber('--read', values.read);
if (!['none', 'auto', 'releases'].includes(values.goals)) {
  throw new RangeError(`--goals takes none, auto or releases, not "${values.goals}".`);
}
if (values.history.length === 0) {
  throw new RangeError(
    'The recorded histories do not lie beside the project; name some with --history FILE.',
  );
}

const views = await recordedViews(values.history, {
  environment: process.env,
  out: (text) => process.stdout.write(text),
  note: (line) => process.stderr.write(`${line}\n`),
  signal: new AbortController().signal,
});
const casesOf = values.ledger ? ledgerCases : values.promises ? promiseCases : riskCases;
const cases = views.map(withGoals).flatMap((view) => casesOf(view, every));
for (const [kind, some] of Map.groupBy(cases, (one) => one.kind)) {
  const shown = most === undefined ? some : chosen(some, most);
  process.stdout.write(
    `\n## ${kind}: ${some.length}${shown.length < some.length ? `, ${shown.length} shown` : ''}\n`,
  );
  for (const one of shown) process.stdout.write(words(one));
}

function words({ team, first, last, statement, after }: Case): string {
  const lasted = first === last ? first : `${first} to ${last}`;
  return `\n${lasted}  ${team}: ${[statement, ...after].join('\n    ')}\n`;
}

function withGoals(view: TeamView): TeamView {
  if (values.goals === 'none') return view;
  const goals = values.goals === 'auto' ? 'auto' : promisedReleases(view);
  return { ...view, team: { ...view.team, goals } };
}

function wholeNumber(flag: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new RangeError(`${flag} takes a whole number from 1, not "${text}".`);
}

function shared(names: readonly string[]): string[] {
  const paths = names.map((name) =>
    fileURLToPath(new URL(`../../shared/data/jira-history/${name}.jsonl.gz`, import.meta.url)),
  );
  return paths.filter((path) => existsSync(path));
}
