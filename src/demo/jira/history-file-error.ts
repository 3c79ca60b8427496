/** A recorded history cannot be used. Nothing of it was loaded. */
export class HistoryFileError extends Error {
  override readonly name = 'HistoryFileError';
  readonly code = 'HISTORY_FILE';
  readonly file: string;
  /** The broken line, counted from 1; absent when the file as a whole is at fault. */
  readonly line: number | undefined;

  constructor(file: string, line: number | undefined, what: string, remedy: string, options?: ErrorOptions) {
    const place = line === undefined ? file : `${file}, line ${line}`;
    super(`The history file cannot be used: ${place}: ${what}. ${remedy}`, options);
    this.file = file;
    this.line = line;
  }
}
