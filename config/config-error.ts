/** One thing wrong with a configuration: where, what was expected, how to mend it. */
export interface Mistake {
  /** The place in the document, as `teams[0].scope[1].source`; empty for the document itself. */
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

/** A mistake at a place of the document, with its line. */
export type At = (path: readonly PropertyKey[], message: string) => Mistake;

/** A configuration that cannot be used; it carries every mistake, not just the first. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIG_INVALID';
  readonly file: string;
  readonly mistakes: readonly Mistake[];

  constructor(file: string, mistakes: readonly Mistake[], options?: ErrorOptions) {
    const lines = mistakes.map(({ path, line, message }) => {
      const where = line === undefined ? file : `${file}:${line}`;
      return `  ${where}  ${path === '' ? '' : `${path}: `}${message}`;
    });
    const count = mistakes.length === 1 ? 'one mistake' : `${mistakes.length} mistakes`;
    super(`The configuration has ${count}:\n${lines.join('\n')}`, options);
    this.file = file;
    this.mistakes = mistakes;
  }
}
