import { type Block, type Cell, isWords, type List, type Section, type Table } from '../content/blocks.ts';
import { argumentHtml } from './argument.ts';
import { type Html, html } from './html.ts';
import { numbersHtml } from './numbers.ts';
import { numberHtml, wordsHtml } from './words.ts';

export function sectionHtml({ id, title, blocks }: Section): Html {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${blocks.map((block) => blockHtml(block))}
</section>
`;
}

function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${wordsHtml(block.words)}</p>\n`;
    case 'list':
      return listHtml(block);
    case 'numbers':
      return numbersHtml(block);
    case 'table':
      return tableHtml(block);
    case 'argument':
      return argumentHtml(block);
    case 'fold':
      return html`<details class="fold"><summary>${block.title}</summary>${block.blocks.map(argumentHtml)}</details>\n`;
    default:
      return block satisfies never;
  }
}

function listHtml({ title, items }: List): Html {
  return html`<h3>${title}</h3>
<ul>${items.map((words) => html`<li>${wordsHtml(words)}</li>\n`)}</ul>
`;
}

function tableHtml(table: Table): Html {
  const { title, rows, shown, rowsAre } = table;
  if (rows.length === 0) return html``;
  const rest = rows.slice(shown);
  if (shown === 0) {
    return html`<details><summary>${rest.length} ${rowsAre}</summary>${rowsHtml(table, title, rest)}</details>\n`;
  }
  const others =
    rest.length > 0 &&
    html`<details><summary>${rest.length} more ${rowsAre}</summary>${rowsHtml(table, `${title}, continued`, rest)}</details>\n`;
  return html`${rowsHtml(table, title, rows.slice(0, shown))}${others}`;
}

function rowsHtml({ columns }: Table, title: string, rows: Table['rows']): Html {
  // Tables of two columns fit a phone as they are; wider ones are stacked there, each cell with its column's name.
  const layout = columns.length > 2 ? 'stack' : 'narrow';
  const classOf = (i: number) => columns[i]?.align ?? 'start';
  return html`<table class="${layout}">
<caption>${title}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col" class="${column.align}">${column.title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, i) => html`<td class="${classOf(i)}" data-column="${columns[i]?.title}">${cellHtml(cell)}</td>`)}</tr>\n`)}</tbody>
</table>
`;
}

function cellHtml(cell: Cell): Html {
  if (isWords(cell)) return html`<span>${wordsHtml(cell)}</span>`;
  if (cell.kind === 'number') return html`<span>${numberHtml(cell.number)}</span>`;
  const length = cell.full === 0 ? 0 : Math.round((100 * cell.count) / cell.full);
  return html`<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><rect width="${length}" height="12"/></svg><span class="figure">${cell.count}</span>`;
}
