import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '#tests/support/shared.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The page that says what every number means, with examples worked by hand; it is not ours to publish. */
const definitions = sharedPath('METRICS.md');

/** Examples that no test can hold yet, and why. */
const WITHOUT_A_TEST: Readonly<Record<string, string>> = {
  'WX-G2': 'no milestone of several teams at once: tracks are not part of the product yet',
  'WX-G3':
    'no chance that at least one of several alternatives lands: tracks are not part of the product yet',
};

/** The ids at the ends of titles, `(WX-D1)` or `(WX-P-1, WX-P-2)`, and of rows whose title names them. */
function namedIn(source: string): readonly string[] {
  const code = source.replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '');
  const ids = code.matchAll(/\((WX-[\w-]+(?:, WX-[\w-]+)*)\)|\bid: '(WX-[\w-]+)'/g);
  return [...ids].flatMap(([, title, row]) => (title ?? row ?? '').split(', '));
}

describe.skipIf(definitions === undefined)(
  'worked examples of the definitions (only where ../shared/METRICS.md exists)',
  () => {
    const page = definitions === undefined ? '' : readFileSync(definitions, 'utf8');
    const examples = new Set(page.match(/\bWX-[A-Z0-9]+[a-z]?(?:-[A-Z0-9]+[a-z]?)?\b/g));
    const named = new Set(
      globSync('tests/**/*.test.ts', { cwd: ROOT })
        .filter((file) => !file.endsWith('docs/worked-examples.test.ts'))
        .flatMap((file) => namedIn(readFileSync(join(ROOT, file), 'utf8'))),
    );

    test('were found', () => {
      expect(examples.size).toBeGreaterThan(90);
      expect([...examples]).toEqual(expect.arrayContaining(['WX-A5b', 'WX-A-LM', 'WX-HEAD-1c', 'WX-CF-1']));
    });

    test('are each named by the test that holds them, or stated to have none', () => {
      expect([...examples].filter((id) => !named.has(id) && !(id in WITHOUT_A_TEST))).toEqual([]);
    });

    test('are named as they are there, and none that is stated to have no test has one', () => {
      expect([...named].filter((id) => !examples.has(id))).toEqual([]);
      expect(Object.keys(WITHOUT_A_TEST).filter((id) => !examples.has(id) || named.has(id))).toEqual([]);
    });
  },
);

test('an example is named by a title or a row, not by a comment or by what reads the reference file', () => {
  expect(
    namedIn(`
      // (WX-A1)
      /** WX-A2 (WX-A2) */
      test('holds (WX-A3)', () => {});
      test('holds two (WX-P-1, WX-P-2)', () => {});
      test.each([{ id: 'WX-B1c' }])('$id', () => golden('WX-A4'));
    `),
  ).toEqual(['WX-A3', 'WX-P-1', 'WX-P-2', 'WX-B1c']);
});
