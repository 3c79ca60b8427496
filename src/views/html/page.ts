import { type Html, html, trusted } from './html.ts';
import { style } from './style.ts';

/** A whole document. It needs nothing else to be read: no script, no second file, no network. */
export function page(document: {
  readonly title: string;
  readonly header?: Html | undefined;
  readonly main: Html;
  readonly footer?: Html | undefined;
}): string {
  const { title, header, main, footer } = document;
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${header && html`<header>${header}</header>`}
<main id="content">
${main}
</main>
${footer && html`<footer>${footer}</footer>`}
</body>
</html>`}\n`;
}
