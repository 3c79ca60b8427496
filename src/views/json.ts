/** A document as JSON text, ended by a line feed: the same bytes on the command line and over HTTP. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
