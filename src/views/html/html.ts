import { raw, html as template } from 'hono/html';
import { plainText } from '../plain-text.ts';

type Rendered = ReturnType<typeof template>;

/** Markup that is safe to send: made by `html`, which escapes every text put into it. */
export type Html = Exclude<Rendered, Promise<unknown>>;

/** What may stand in a template. Text is escaped; `undefined` and `false` leave nothing behind. */
export type Part = string | number | undefined | false | Html | readonly Part[];

/** Markup from a template: `html\`<p>${title}</p>\``. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const rendered = template(strings, ...parts.map(readable));
  if (rendered instanceof Promise) throw new TypeError('a view holds something that is not there yet');
  return rendered;
}

/** Markup that is ours to the last character, such as the style sheet. Never for text from outside. */
export function trusted(markup: string): Html {
  return raw(markup);
}

/** Escaping keeps text from becoming markup; this keeps it from breaking lines or reading backwards. */
function readable(part: Part): Part {
  if (typeof part === 'string') return plainText(part);
  return Array.isArray(part) ? part.map(readable) : part;
}
