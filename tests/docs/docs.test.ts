import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { createProgram } from '#cli/program.ts';
import { configJsonSchema } from '#config/json-schema.ts';
import { parseConfig } from '#config/load.ts';
import { storeErrorCodes } from '#store/store-error.ts';
import { anchorsOf, blocksOf, codeSpansOf, linksOf, rowsOf } from './markdown.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).toSorted();

describe('links', () => {
  const links = PAGES.flatMap((page) => linksOf(read(page)).map((target) => ({ page, target }))).filter(
    ({ target }) => !/^[a-z]+:/.test(target),
  );

  test('the scan saw every page and many links', () => {
    expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/ARCHITECTURE.md']));
    expect(PAGES.length).toBeGreaterThan(15);
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter(({ target }) => target.includes('#')).length).toBeGreaterThan(10);
  });

  test('every one leads to a file, and to a heading where it names one', () => {
    const broken = links.filter(({ page, target }) => !leadsSomewhere(page, target));
    expect(broken).toEqual([]);
  });

  test('decisions are numbered without a gap, in their names and in their titles', () => {
    const numbers = PAGES.filter((page) => page.startsWith('docs/decisions/')).map((page) =>
      page.slice('docs/decisions/'.length, -'.md'.length),
    );
    expect(numbers.length).toBeGreaterThanOrEqual(10);
    numbers.forEach((name, i) => {
      expect(name).toMatch(new RegExp(`^${String(i + 1).padStart(4, '0')}-[a-z0-9-]+$`));
      expect(read(`docs/decisions/${name}.md`)).toMatch(new RegExp(`^# ${i + 1}\\. `));
    });
  });
});

test('every file of ours that a page names is there', () => {
  const named = PAGES.flatMap((page) => codeSpansOf(read(page)).map((path) => ({ page, path }))).filter(
    ({ path }) => /^(src|tests|workers|config|docs|bin)\/[\w./-]+$/.test(path),
  );
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter(({ path }) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('every npm script that a page names is in package.json', () => {
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Record<string, string> };
  const named = PAGES.flatMap((page) =>
    [...read(page).matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)].map((match) => ({
      page,
      script: match[1] ?? match[2] ?? '',
    })),
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter(({ script }) => !Object.hasOwn(scripts, script))).toEqual([]);
});

describe('error codes', () => {
  const documented = rowsOf(read('docs/errors.md')).flatMap(([code = '', where = '']) => {
    const name = /^`([A-Z_]+)`$/.exec(code)?.[1];
    return name === undefined ? [] : [{ code: name, where }];
  });

  test('docs/errors.md lists each one in the code, and no other', () => {
    const codes = [...storeErrorCodes, ...otherCodes(), ...httpCodes().map(({ code }) => code)];
    expect(storeErrorCodes.length).toBeGreaterThan(10);
    expect(otherCodes().length).toBeGreaterThan(14);
    expect(httpCodes().length).toBeGreaterThan(9);
    expect(documented.map(({ code }) => code).toSorted()).toEqual([...new Set(codes)].toSorted());
  });

  test('HTTP codes stand beside the status they are answered with', () => {
    for (const { code, status } of httpCodes()) expect(documented).toContainEqual({ code, where: status });
  });
});

describe('the configuration', () => {
  const schema = configJsonSchema() as JsonSchema;
  const rows = rowsOf(read('docs/configuration.md'));
  const documented = new Map(
    rows.flatMap(([key = '', , fallback = '']) => {
      const name = /^`([a-z]\w*(?:\[\])?\.[\w.[\]]+)`$/.exec(key)?.[1];
      return name === undefined ? [] : [[name, fallback]];
    }),
  );

  test('docs/configuration.md lists every key of the schema, and no other', () => {
    const keys = leavesOf(schema).map(({ path }) => path);
    expect(keys.length).toBeGreaterThan(25);
    expect([...documented.keys()].toSorted()).toEqual(keys.toSorted());
  });

  test('and tells the defaults that the schema has', () => {
    const withDefault = leavesOf(schema).filter(({ node }) => node.default !== undefined);
    expect(withDefault.length).toBeGreaterThan(5);
    for (const { path, node } of withDefault) {
      const told = documented.get(path)?.replaceAll('`', '');
      expect({ path, told }).toEqual({ path, told: defaultText(node.default) });
    }
  });

  test('every example of it loads', () => {
    const examples = [
      { page: 'config/example.yaml', text: read('config/example.yaml') },
      ...PAGES.flatMap((page) => blocksOf(read(page), 'yaml').map((text) => ({ page, text }))),
    ];
    expect(examples.length).toBeGreaterThan(4);
    const smallest = parse(examples[0]?.text ?? '') as object;
    for (const { page, text } of examples) {
      // A part of a configuration is tried in place of the same part of the smallest one.
      const whole = stringify({ ...smallest, ...(parse(text) as object) });
      const variables = [...text.matchAll(/\$\{(\w+)\}/g), ...whole.matchAll(/\$\{(\w+)\}/g)];
      const environment = Object.fromEntries(variables.map((match) => [match[1], 'a-value-for-a-variable']));
      expect(parseConfig(whole, page, environment).teams.length).toBeGreaterThan(0);
    }
  });

  test('every environment variable that the program reads by itself is listed', () => {
    const files = sources();
    const inCode = files.flatMap((file) =>
      [...read(file).matchAll(/environment\.([A-Z][A-Z_]+)/g)].map((match) => match[1] ?? ''),
    );
    const told = rows.flatMap(([name = '']) => /^`([A-Z][A-Z_]+)`$/.exec(name)?.[1] ?? []);
    expect(files.length).toBeGreaterThan(100);
    expect(told.toSorted()).toEqual([...new Set(inCode)].toSorted());
  });
});

describe('the command line', () => {
  const program = createProgram({
    environment: {},
    out: () => {},
    note: () => {},
    signal: new AbortController().signal,
  });
  const everywhere = program.options.map((option) => option.long);
  const commands = new Map(
    program.commands.map((command) => [
      command.name(),
      [...everywhere, ...command.options.map((option) => option.long)],
    ]),
  );

  test('the README lists every command', () => {
    const listed = rowsOf(read('README.md')).flatMap(
      ([cell = '']) => /^`([a-z]+)\b[^`]*`$/.exec(cell)?.[1] ?? [],
    );
    expect(listed.toSorted()).toEqual([...commands.keys()].toSorted());
  });

  test('every command and flag that a page shows is there', () => {
    const shown = PAGES.flatMap((page) =>
      commandLinesOf(read(page), [...commands.keys()]).map((line) => ({ page, line })),
    );
    expect(shown.length).toBeGreaterThan(15);
    expect(shown.filter(({ line }) => line.includes('--')).length).toBeGreaterThan(6);
    const unknown = shown.filter(({ line }) => {
      const flags = commands.get(/^[a-z]+/.exec(line)?.[0] ?? '');
      return flags === undefined || !(line.match(/--[a-z-]+/g) ?? []).every((flag) => flags.includes(flag));
    });
    expect(unknown).toEqual([]);
  });
});

test('docs/api.md lists every address that the server answers, and no other', () => {
  const routes = globSync('src/http/**/*.ts', { cwd: ROOT }).flatMap((file) =>
    [...read(file).matchAll(/\bserver\.(get|post|put|delete)\(\s*'([^']+)'/g)].map(
      ([, method = '', path = '']) => `${method.toUpperCase()} ${path.replace(/:(\w+)/g, '{$1}')}`,
    ),
  );
  const told = rowsOf(read('docs/api.md')).flatMap(
    ([cell = '']) => /^`([A-Z]+ \/[^`]*)`$/.exec(cell)?.[1] ?? [],
  );
  expect(routes.length).toBeGreaterThan(7);
  expect(told.toSorted()).toEqual(routes.toSorted());
});

test('the checks and signals of docs/metrics.md are those of the code', () => {
  const unions = [
    read('src/metrics/finding.ts').match(/type DataQualityCheck =([^;]+);/)?.[1],
    read('src/metrics/signals/signal.ts').match(/type SignalKind =([^;]+);/)?.[1],
  ];
  const inCode = unions.flatMap((union = '') =>
    [...union.matchAll(/'(\w+)'/g)].map((match) => match[1] ?? ''),
  );
  const told = rowsOf(read('docs/metrics.md')).flatMap(
    ([cell = '']) => /^`([a-z_]+)`$/.exec(cell)?.[1] ?? [],
  );
  expect(inCode.length).toBeGreaterThan(12);
  expect(told.toSorted()).toEqual(inCode.toSorted());
});

test('the first screen of the README sets up with two commands and nothing else', () => {
  const readme = read('README.md');
  const firstScreen = readme.split('\n## ', 1)[0] ?? '';
  expect(firstScreen.split('\n').length).toBeLessThan(40);
  expect(blocksOf(firstScreen, '\\w*')).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n']);
  expect(readme.match(/npm ci/g)).toHaveLength(2);
});

test('the changelog says what the next version brings', () => {
  const unreleased = /^## Unreleased\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(read('CHANGELOG.md'))?.[1];
  expect(unreleased).toMatch(/^- \S/m);
});

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly default?: unknown;
}

/** The keys that hold a value of their own; a list of objects is written `key[]`. */
function leavesOf(
  node: JsonSchema,
  path = '',
): readonly { readonly path: string; readonly node: JsonSchema }[] {
  if (node.properties) {
    return Object.entries(node.properties).flatMap(([key, child]) =>
      leavesOf(child, path === '' ? key : `${path}.${key}`),
    );
  }
  if (node.oneOf) {
    // Kinds share keys; where only one of them has a default, that is the one to tell.
    const leaves = node.oneOf.flatMap((kind) => leavesOf(kind, path));
    return [...Map.groupBy(leaves, (leaf) => leaf.path).values()].flatMap(
      (same) => same.find((leaf) => leaf.node.default !== undefined) ?? same.slice(0, 1),
    );
  }
  const { items } = node;
  return items?.properties || items?.oneOf ? leavesOf(items, `${path}[]`) : [{ path, node }];
}

function defaultText(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}

function otherCodes(): readonly string[] {
  const kinds = unionIn('src/trackers/tracker-error.ts', 'TrackerErrorKind');
  const fixed = sources().flatMap((file) =>
    [...read(file).matchAll(/readonly code = '([A-Z_]+)'/g)].map((match) => match[1] ?? ''),
  );
  return [
    ...kinds.map((kind) => `TRACKER_${kind.toUpperCase()}`),
    ...unionIn('src/queue/queue-error.ts', 'QueueErrorCode'),
    ...unionIn('src/pipeline/decision-error.ts', 'DecisionErrorCode'),
    ...fixed,
  ];
}

function unionIn(file: string, type: string): readonly string[] {
  const union = new RegExp(`type ${type} =([^;]+);`).exec(read(file))?.[1] ?? '';
  return [...union.matchAll(/'(\w+)'/g)].map((match) => match[1] ?? '');
}

/** What requests are refused with, as it stands in the code. */
function httpCodes(): readonly { readonly code: string; readonly status: string }[] {
  return globSync('src/http/**/*.ts', { cwd: ROOT }).flatMap((file) =>
    [...read(file).matchAll(/new HttpProblem\(\s*(\d{3}),\s*'([A-Z_]+)'/g)].map(
      ([, status = '', code = '']) => ({ code, status }),
    ),
  );
}

/** What is typed behind `evenkeel`: in blocks of commands, and in the text, where the name may be left out. */
function commandLinesOf(page: string, commands: readonly string[]): readonly string[] {
  const blocks = blocksOf(page, 'sh').flatMap((block) => block.split('\n'));
  const lines = [...blocks, ...codeSpansOf(page)].map((line) => line.replace(/\s+#.*$/, ''));
  return lines.flatMap((line) => {
    const started = /^npm start -- (.+)$/.exec(line)?.[1];
    if (started !== undefined) return [`demo ${started}`];
    const typed = /(?:^|\s)evenkeel (?:-- )?([a-z]+\b.*)$/.exec(line)?.[1];
    return typed ?? (commands.includes(line.split(' ')[0] ?? '') && line.includes(' ') ? [line] : []);
  });
}

function sources(): readonly string[] {
  return globSync(['src/**/*.ts', 'workers/**/*.ts', 'config/**/*.ts'], { cwd: ROOT });
}

function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(ROOT, file))) return false;
  return anchor === undefined || anchorsOf(read(file)).includes(anchor);
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
