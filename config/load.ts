import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { Config } from './config.ts';
import { ConfigError, type Mistake } from './config-error.ts';
import { crossChecks } from './cross-checks.ts';
import { describeIssue } from './issue-words.ts';
import { pathText } from './path-text.ts';
import { type Environment, resolveReferences } from './references.ts';
import { configSchema } from './schema.ts';
import { toConfig } from './to-config.ts';

/** Reads a configuration file. Throws `ConfigError` with every mistake in it. */
export function loadConfig(file: string, environment: Environment): Config {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const message =
      'the file cannot be read. Write one (the README shows the smallest that works), name another with --config FILE, or try `evenkeel demo`, which needs none.';
    throw new ConfigError(file, [{ path: '', message }], { cause });
  }
  return parseConfig(text, file, environment);
}

/** Checks a configuration text; `file` is only for messages. Throws `ConfigError` with every mistake in it. */
export function parseConfig(text: string, file: string, environment: Environment): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ConfigError(
      file,
      document.errors.map((error) => ({
        path: '',
        line: lines.linePos(error.pos[0]).line,
        message: `this is not YAML: ${error.message}`,
      })),
    );
  }
  const lineOf = (path: readonly PropertyKey[]): number | undefined => {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node: unknown = document.getIn(path.slice(0, depth), true);
      if (hasRange(node)) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
  const at = (path: readonly PropertyKey[], message: string): Mistake => {
    const line = lineOf(path);
    return { path: pathText(path), ...(line === undefined ? {} : { line }), message };
  };

  let raw: unknown;
  try {
    raw = document.toJS() ?? {};
  } catch (cause) {
    const message = 'its aliases unfold to more than a configuration can be; write the values out instead';
    throw new ConfigError(file, [{ path: '', message }], { cause });
  }
  const references: Mistake[] = [];
  const resolved = resolveReferences(raw, [], environment, (path, message) =>
    references.push(at(path, message)),
  );
  const parsed = configSchema.safeParse(resolved);
  const mistakes = [
    ...references,
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, raw, at))),
    ...crossChecks(resolved, at),
  ];
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(file, mistakes);
  return toConfig(parsed.data);
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}
