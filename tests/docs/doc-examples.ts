import { compileFunction } from 'node:vm';
import { expect } from 'vitest';

export interface DocExample {
  readonly expression: string;
  readonly expected: string;
  readonly line: number;
}

/**
 * The examples in the doc comments of a source text: what follows `@example` up to the next tag or the end of the comment,
 * each one an expression and ` // => ` its value. An expression may run over several lines; one that never comes to
 * its ` // => ` is an error, because it would otherwise go unchecked without anybody noticing.
 */
export function docExamples(source: string): readonly DocExample[] {
  return [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const firstLine = source.slice(0, comment.index).split('\n').length;
    return examplesOf(comment[0].split('\n').map(withoutFrame), firstLine);
  });
}

/** What an example really gives, with these names in scope. */
export function actualValue(example: DocExample, scope: Readonly<Record<string, unknown>>): unknown {
  return evaluate(example.expression, scope);
}

/** What an example says it gives, to be compared with `toEqual`: numbers match as far as the digits shown go. */
export function expectedValue(example: DocExample): unknown {
  return evaluate(roundedTo(example.expected), { shown: rounded });
}

function examplesOf(lines: readonly string[], firstLine: number): readonly DocExample[] {
  const examples: DocExample[] = [];
  let open: { readonly text: readonly string[]; readonly line: number } | undefined;
  for (const [index, line] of lines.entries()) {
    const tag = /^@(\w+)\s?(.*)$/.exec(line);
    const text = tag === null ? line : tag[1] === 'example' ? (tag[2] ?? '') : undefined;
    if (tag !== null) {
      requireClosed(open);
      open = text === undefined ? undefined : { text: [], line: firstLine + index };
    }
    if (open === undefined || text === undefined || text.trim() === '') continue;
    const all = [...open.text, text];
    const [expression, expected] = all.join('\n').split('// =>');
    if (expression !== undefined && expected !== undefined) {
      examples.push({ expression: expression.trim(), expected: expected.trim(), line: open.line });
      open = { text: [], line: firstLine + index + 1 };
    } else {
      open = { ...open, text: all };
    }
  }
  requireClosed(open);
  return examples;
}

function requireClosed(open: { readonly text: readonly string[]; readonly line: number } | undefined): void {
  if (open !== undefined && open.text.length > 0) {
    throw new SyntaxError(
      `line ${open.line}: the example ${open.text.join(' ')} has no "// =>" with its value`,
    );
  }
}

function withoutFrame(line: string): string {
  return line
    .replace(/\*\/\s*$/, '')
    .replace(/^\s*(\/\*\*|\*)\s?/, '')
    .trimEnd();
}

/** Wraps each number with decimals or an exponent, outside strings and names, so that it knows its own digits. */
function roundedTo(expected: string): string {
  const tokens = /'[^']*'|"[^"]*"|`[^`]*`|[A-Za-z_$][\w$]*|-?(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?/g;
  return expected.replaceAll(tokens, (token) =>
    /^-?[\d.].*[.e]|^-?\./.test(token) ? `shown('${token}')` : token,
  );
}

/** Whole numbers are exact; 0.08 stands for anything that rounds to it, and so does 8e-2. */
function rounded(token: string): unknown {
  const [mantissa = '', exponent = '0'] = token.split('e');
  const decimals = (mantissa.split('.')[1] ?? '').length - Number(exponent);
  return expect.closeTo(Number(token), decimals);
}

function evaluate(expression: string, scope: Readonly<Record<string, unknown>>): unknown {
  const run = compileFunction(`return (${expression});`, Object.keys(scope));
  return run(...Object.values(scope));
}
