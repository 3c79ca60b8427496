import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { HEALTHY } from './detectors/healthy.ts';
import { ITEM_CASES } from './detectors/items.ts';
import { healthyRows, itemRows, kindRows, riskRows } from './detectors/report.ts';
import { run } from './detectors/run.ts';
import { tasksOf } from './detectors/tasks.ts';
import { TROUBLES } from './detectors/troubles.ts';
import { table } from './figures.ts';

// How good the detectors are, on teams that are made up and so are known: what is planted in them, and what is not. The
// same sizes give the same figures, in any number of processes. 90 % intervals in brackets (Jeffreys for shares, Garwood
// for rates), 5 to 95 % of the cases for times.
//
//   npm run -s bench:detectors -- [--items SHARE] [--teams N] [--healthy TEAM-YEARS] [--only NAME ...] [--processes N]
//
// By default all items (some 310 teams, a minute or so on two free cores), 5 teams for each trouble and 1 team-year for
// each way to be well, with a goal and without: about five minutes. A team of a trouble takes about half a second, one that
// is well a year of all risks and five: so `--teams 200 --healthy 0 --items 0` is some twenty minutes on two, and shows a
// share within six hundredths. `--only "slow reviews" --only support` asks about these alone.

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '1' },
    teams: { type: 'string', default: '5' },
    healthy: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true },
    processes: { type: 'string', default: String(Math.min(2, availableParallelism())) },
  },
});
const sizes = {
  items: part('items', values.items),
  teams: whole('teams', values.teams),
  healthy: whole('healthy', values.healthy),
  ...(values.only === undefined ? {} : { only: values.only.map(known) }),
};
const outcomes = await run(tasksOf(sizes), whole('processes', values.processes), (done, of) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of} teams`);
});
if (process.stderr.isTTY) process.stderr.write('\n');

print('signals about single items, asked in the reports of 33 weeks', itemRows(outcomes));
print('risks of teams, asked every week', riskRows(outcomes));
print('risks raised for teams that are well, asked every week of a year', healthyRows(outcomes));
print('the same by kind', kindRows(outcomes));

function print(title: string, rows: readonly Readonly<Record<string, string>>[]): void {
  process.stdout.write(`${title}\n\n${rows.length === 0 ? 'none' : table(rows)}\n\n`);
}

function known(name: string): string {
  const names = [...ITEM_CASES, ...TROUBLES, ...HEALTHY].map((one) => one.name);
  if (!names.includes(name))
    throw new RangeError(`--only takes names out of: ${names.join('; ')}. There is no "${name}".`);
  return name;
}

function part(name: string, text: string): number {
  const value = Number(text);
  if (!(Number.isFinite(value) && value >= 0))
    throw new RangeError(`--${name} takes a number from 0, not "${text}".`);
  return value;
}

function whole(name: string, text: string): number {
  const value = part(name, text);
  if (!Number.isInteger(value)) throw new RangeError(`--${name} takes a whole number from 0, not "${text}".`);
  return value;
}
