import type { Argument, ToldOption } from '../content/blocks.ts';
import { type Html, html } from './html.ts';
import { numbersHtml } from './numbers.ts';
import { wordsHtml } from './words.ts';

/** A risk as a small argument: the sentence, what it costs on one axis for all of them, its items, what could be done. */
export function argumentHtml({
  id,
  statement,
  decided,
  cost,
  chance,
  items,
  options,
  accepting,
  standing,
  numbers,
}: Argument): Html {
  return html`<article class="risk" aria-labelledby="${id}">
<h3 id="${id}">${statement}</h3>
${decided !== undefined && html`<p><strong>${decided.lead}</strong> ${decided.rest}</p>`}
<p>${cost}</p>
${chance !== undefined && chanceHtml(chance)}
${items.length > 0 && html`<ul>${items.map((words) => html`<li>${wordsHtml(words)}</li>\n`)}</ul>`}
${options.length > 0 && html`<h4>What could be done</h4>\n<ul>${options.map(optionHtml)}</ul>`}
<p><strong>Accepting it means:</strong> ${accepting}</p>
<details class="counted"><summary>how sure this is, and the numbers behind it</summary>
<p>${wordsHtml(standing)}</p>
${numbersHtml(numbers)}</details>
</article>
`;
}

function optionHtml({ action, worth, terms }: ToldOption): Html {
  return html`<li class="option"><span>${action}</span> ${worth !== undefined && html`<strong>${worth}</strong> `}<span class="quiet">${terms}</span></li>\n`;
}

const [WIDTH, HEIGHT] = [320, 40];
const [LEFT, SPAN] = [8, WIDTH - 16];

/** The chance now as a stroke, and as a band what relief would make of it; the sentence above says it in words. */
function chanceHtml({ now, relieved: [low, high] }: NonNullable<Argument['chance']>): Html {
  const x = (chance: number) => Math.round((LEFT + SPAN * chance) * 10) / 10;
  return html`<svg class="chance" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
<line class="axis" x1="${LEFT}" y1="12" x2="${LEFT + SPAN}" y2="12"/>
<rect class="relieved" x="${x(low)}" y="6" width="${Math.max(3, x(high) - x(low))}" height="12"/>
<line class="now" x1="${x(now)}" y1="2" x2="${x(now)}" y2="22"/>
<text x="${LEFT}" y="37">0 %</text><text x="${WIDTH / 2}" y="37" text-anchor="middle">50 %</text><text x="${LEFT + SPAN}" y="37" text-anchor="end">100 %</text>
</svg>`;
}
