import { howCounted } from '#report/words.ts';
import type { NumberRow, NumberTable } from '../content/blocks.ts';
import { type Html, html } from './html.ts';
import { numberHtml } from './words.ts';

/** Numbers as a table; each opens to how it was counted. */
export function numbersHtml({ title, columns, rows }: NumberTable): Html {
  const head =
    columns.length > 0 &&
    html`<thead><tr><td></td>${columns.map((column) => html`<th scope="col" class="end">${column}</th>`)}</tr></thead>`;
  const layout = columns.length > 0 ? 'numbers stack' : 'numbers';
  return html`<table class="${layout}">
<caption>${title}</caption>
${head}
<tbody>${rows.map((row) => numberRowHtml(row, columns))}</tbody>
</table>
`;
}

function numberRowHtml({ name, numbers }: NumberRow, columns: readonly string[]): Html {
  const how = numbers.map((number, i) => {
    const of = columns[i];
    return html`<p>${of !== undefined && html`${of}: `}${howCounted(number)}</p>`;
  });
  return html`<tr><th scope="row">${name}<details class="counted"><summary>how it is counted</summary>${how}</details></th>${numbers.map((number, i) => html`<td class="end" data-column="${columns[i]}"><span>${numberHtml(number)}</span></td>`)}</tr>
`;
}
