import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';
import { actualValue, docExamples, expectedValue } from './doc-examples.ts';

const root = new URL('../../', import.meta.url);
const files = globSync('src/{domain,statistics,metrics,forecast,risks,report}/**/*.ts', {
  cwd: fileURLToPath(root),
}).toSorted();
const documented = files
  .map((file) => ({ file, examples: docExamples(readFileSync(new URL(file, root), 'utf8')) }))
  .filter(({ examples }) => examples.length > 0);

// A scan that finds nothing would be green: raise this as the core grows.
const atLeast = 20;

test(`the core documents itself with at least ${atLeast} examples`, () => {
  expect(documented.flatMap(({ examples }) => examples).length).toBeGreaterThanOrEqual(atLeast);
});

describe.each(documented)('$file', ({ file, examples }) => {
  test.each(examples)('line $line: $expression', async (example) => {
    const builders = { issue, team, view };
    const scope: Readonly<Record<string, unknown>> = {
      ...builders,
      ...(await import(new URL(file, root).href)),
    };
    expect(actualValue(example, scope)).toEqual(expectedValue(example));
  });
});

describe('the runner of examples', () => {
  const check = (example: string) => {
    for (const found of docExamples(`/**\n * ${example.replaceAll('\n', '\n * ')}\n */`)) {
      const scope = { third: () => 1 / 3, twice: (x: number) => ({ value: 2 * x }) };
      expect(actualValue(found, scope)).toEqual(expectedValue(found));
    }
  };

  test('accepts a number that rounds to the digits shown', () => {
    expect(() => check('@example third() // => 0.333')).not.toThrow();
    expect(() => check('@example [third(), -third()] // => [.33, -.3333]')).not.toThrow();
    expect(() => check('@example third() / 1000 // => 3.33e-4')).not.toThrow();
  });

  test('refuses a number that differs in the last digit shown', () => {
    expect(() => check('@example third() // => 0.334')).toThrow(/close to|CloseTo/i);
    expect(() => check('@example third() / 1000 // => 3.34e-4')).toThrow(/close to|CloseTo/i);
  });

  test('takes a whole number as exact', () => {
    expect(() => check('@example third() + 2 // => 2')).toThrow(/2\.333/);
  });

  test('compares inside objects, and never reads a number in a text', () => {
    expect(() =>
      check("@example ({ ...twice(4), note: 'v0.5' }) // => { value: 8, note: 'v0.5' }"),
    ).not.toThrow();
    expect(() => check("@example ({ ...twice(4), note: 'v0.5' }) // => { value: 8, note: 'v0.50' }")).toThrow(
      /v0\.5/,
    );
  });

  test('reads an expression over several lines and a second example of the same comment', () => {
    const comment =
      '/**\n * Words.\n *\n * @example twice(\n *   4,\n * ).value // => 8\n * @example third() // => 0.3\n */';
    expect(docExamples(comment).map(({ expected, line }) => [expected, line])).toEqual([
      ['8', 4],
      ['0.3', 7],
    ]);
    expect(() => check('@example twice(\n  4,\n).value // => 9')).toThrow(/8/);
  });

  test('refuses an example that never says its value', () => {
    expect(() => docExamples('/**\n * @example third()\n */')).toThrow(/no "\/\/ =>"/);
    expect(() => docExamples('/**\n * @example third()\n * @throws never\n */')).toThrow(/no "\/\/ =>"/);
  });
});
