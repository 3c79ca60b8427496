import { digestOf } from '#store/digest.ts';
import { UsageError } from './exit-code.ts';
import type { GlobalOptions } from './locate.ts';
import { find, open } from './open.ts';
import type { Terminal } from './program.ts';

interface DigestOptions extends GlobalOptions {
  readonly lines?: boolean;
}

/** `evenkeel digest SOURCE [--lines]`: what the store holds of a source, as one hash or as the lines it is made of. */
export async function digest(source: string, options: DigestOptions, terminal: Terminal): Promise<void> {
  const located = find(options, terminal);
  const known = located.config.sources.map((candidate) => candidate.id);
  if (!known.includes(source)) {
    throw new UsageError(`There is no source "${source}". There are: ${known.join(', ')}.`);
  }
  await using app = await open(located, terminal);
  const lines = app.store.digestLines(source);
  if (!options.lines) terminal.out(`${await digestOf(lines)}\n`);
  else for await (const line of lines) terminal.out(`${line}\n`);
}
