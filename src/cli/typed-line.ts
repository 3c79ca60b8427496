import { UsageError } from './exit-code.ts';

/** What somebody typed behind a flag, without blanks around it. Throws `UsageError` for what is no line of text. */
export function typedLine(flag: string, text: string, most: number): string {
  const line = text.trim();
  if (line !== '' && line.length <= most && !/\p{Cc}/u.test(line)) return line;
  throw new UsageError(`${flag} takes a line of 1 to ${most} characters, without control characters.`);
}
