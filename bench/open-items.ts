import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { recordedViews } from '#cli/recorded-views.ts';
import { bandsPage, page } from './open-items/page.ts';
import { followed } from './open-items/walk.ts';

// What the chances of open items to finish within 14 days were worth, predicted beside observed, with the rules that
// look at finished items only beside them. Nothing is fitted, so that every date is a test; but similar ages were added
// with these histories at hand, so the width of their band is shown for the earlier and the later half of the days: it
// can be chosen on the one and judged on the other.
//
//   npm run -s bench:open-items -- [--history FILE ...] [--every DAYS]

const { values } = parseArgs({
  options: {
    history: { type: 'string', multiple: true, default: shared(['CB', 'DURACLOUD', 'ISLANDORA']) },
    every: { type: 'string', default: '7' },
  },
});
const every = Number(values.every);
if (!Number.isInteger(every) || every < 1) {
  throw new RangeError(`--every takes a whole number of days from 1, not "${values.every}".`);
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
const projects = views.map((view) => ({ name: view.team.id, items: followed(view, every) }));
const pooled = projects.flatMap(({ items }) => items);

for (const { name, items } of projects) process.stdout.write(page(name, items));
process.stdout.write(page('all', pooled));
process.stdout.write(`${bandsPage(pooled)}\n`);

function shared(names: readonly string[]): string[] {
  const paths = names.map((name) =>
    fileURLToPath(new URL(`../../shared/data/jira-history/${name}.jsonl.gz`, import.meta.url)),
  );
  return paths.filter((path) => existsSync(path));
}
