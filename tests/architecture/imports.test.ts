import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const CORE = ['domain', 'statistics', 'metrics', 'forecast', 'risks', 'report'];
/** Files that say what a port is, and the errors that come through it: all that a use case knows of an adapter. */
const PORTS = [
  'trackers/tracker.ts',
  'trackers/tracker-error.ts',
  'trackers/webhook.ts',
  'store/store.ts',
  'store/store-error.ts',
  'queue/jobs.ts',
  'queue/queue-error.ts',
];

/**
 * Who may import whom: the line of dependencies. A folder may always import itself. To add a line is a decision
 * about the shape of the house; to find an import forbidden means that the code stands in the wrong room.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  statistics: [],
  metrics: ['domain', 'statistics'],
  forecast: ['domain', 'statistics', 'metrics'],
  risks: ['domain', 'statistics', 'metrics', 'forecast'],
  report: ['domain', 'statistics', 'metrics', 'forecast', 'risks'],
  trackers: [...CORE, 'loopback.ts'],
  store: CORE,
  queue: CORE,
  pipeline: [...CORE, ...PORTS],
  views: CORE,
  // What a configuration is, not how it is read: only the entry ring reads one.
  http: [...CORE, ...PORTS, 'pipeline', 'views', 'config/config.ts', 'loopback.ts'],
  workers: [...CORE, ...PORTS, 'pipeline', 'queue', 'config/config.ts'],
  // The simulators are the independent witness of completeness: they share no code with the product.
  demo: [],
  config: ['domain', 'loopback.ts'],
  cli: ['*'],
  'app.ts': ['*'],
  'main.ts': ['*'],
  'loopback.ts': [],
  'roster.ts': ['config', 'trackers/person.ts'],
  'salt.ts': ['store/store-error.ts'],
};

/** Everything that reaches outside a computation; the core imports none of it. */
const IMPURE =
  /^(node:(fs|net|http|https|child_process|os|process|timers|dgram|dns|worker_threads)|pg|undici|fastify|bullmq|ioredis|kysely|pino)/;

interface Import {
  readonly file: string;
  readonly room: string;
  /** Inside our tree: `domain/issue.ts`; a package: its name. */
  readonly target: string;
  readonly ours: boolean;
}

const FILES = ['src/**/*.ts', 'workers/**/*.ts', 'config/**/*.ts'].flatMap((pattern) =>
  globSync(pattern, { cwd: ROOT }),
);
const IMPORTS = FILES.flatMap(importsOf);

describe('the line of dependencies', () => {
  test('the scan saw the house: every room and most of its imports', () => {
    expect(FILES.length).toBeGreaterThan(100);
    expect(IMPORTS.filter((found) => found.ours).length).toBeGreaterThan(300);
    const rooms = new Set(FILES.map((file) => roomOf(insideOf(file))));
    expect([...rooms].filter((room) => !Object.hasOwn(MAY_IMPORT, room))).toEqual([]);
    expect(rooms.size).toBeGreaterThanOrEqual(17);
  });

  test('every import stays within what its room may see', () => {
    const broken = IMPORTS.filter((found) => found.ours && !isAllowed(found)).map(
      ({ file, target }) => `${file} imports ${target}`,
    );
    expect(broken).toEqual([]);
  });

  test('the core reaches nothing outside itself', () => {
    const broken = IMPORTS.filter((found) => CORE.includes(found.room) && IMPURE.test(found.target)).map(
      ({ file, target }) => `${file} imports ${target}`,
    );
    expect(broken).toEqual([]);
  });

  test('a planted violation is caught', () => {
    const planted: Import = { file: 'src/domain/x.ts', room: 'domain', target: 'store/store.ts', ours: true };
    expect(isAllowed(planted)).toBe(false);
    expect(isAllowed({ ...planted, room: 'pipeline' })).toBe(true);
    expect(isAllowed({ ...planted, room: 'pipeline', target: 'store/postgres/open.ts' })).toBe(false);
  });
});

function isAllowed({ room, target }: Import): boolean {
  const allowed = MAY_IMPORT[room] ?? [];
  const targetRoom = roomOf(target);
  return (
    targetRoom === room || allowed.includes('*') || allowed.includes(target) || allowed.includes(targetRoom)
  );
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const room = roomOf(insideOf(file));
  const found = text.matchAll(
    /^(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
  );
  return [...found].map((match) => {
    const specifier = match[1] ?? match[2] ?? '';
    if (specifier.startsWith('#')) return { file, room, target: specifier.slice(1), ours: true };
    if (!specifier.startsWith('.')) return { file, room, target: specifier, ours: false };
    return { file, room, target: insideOf(relative(ROOT, join(ROOT, dirname(file), specifier))), ours: true };
  });
}

/** A path as the aliases name it: `src/domain/issue.ts` is `domain/issue.ts`. */
function insideOf(path: string): string {
  return path.replace(/^src\//, '');
}

function roomOf(path: string): string {
  return path.split('/')[0] ?? path;
}
