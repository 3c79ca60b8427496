import type { TeamReport } from '#report/team-report.ts';
import { LEVEL_NAMES } from '#report/vocabulary.ts';
import { howCounted, interval, longDay, rounded, sentenceCase, stated } from '#report/words.ts';
import {
  type Argument,
  type Block,
  type Cell,
  isWords,
  type NumberTable,
  type Section,
  type Table,
  type ToldOption,
  type Words,
} from './content/blocks.ts';
import { levelReason, momentWords, READING_AID, teamSections } from './content/team-content.ts';
import { markdownLink, markdownText } from './markdown-text.ts';

/** The report on a team as Markdown, for a wiki, a pull request or a chat. */
export function teamReportMarkdown(report: TeamReport): string {
  const { team, headline } = report;
  const sections = teamSections(report);
  return [
    `# ${markdownText(team.name)}`,
    `**${markdownText(headline.sentence)}**`,
    `${LEVEL_NAMES[headline.level]} (${markdownText(levelReason(report))}). ${markdownText(momentWords(report))}.`,
    READING_AID,
    ...sections.flatMap(sectionLines),
    '## How each number is counted',
    countedList(sections),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function sectionLines({ title, blocks }: Section): readonly string[] {
  return [`## ${markdownText(title)}`, ...blocks.map((block) => blockLines(block))];
}

function blockLines(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return wordsText(block.words);
    case 'list':
      return `### ${markdownText(block.title)}\n\n${list(block.items.map(wordsText))}`;
    case 'numbers':
      return `### ${markdownText(block.title)}\n\n${numbersText(block)}`;
    case 'table':
      return tableText(block);
    case 'argument':
      return argumentText(block);
    case 'fold':
      return `### ${markdownText(block.title)}\n\n${list(block.blocks.map(foldedText))}`;
    default:
      return block satisfies never;
  }
}

function foldedText({ statement, decided, cost }: Argument): string {
  const { lead = '', rest = '' } = decided ?? {};
  return markdownText([statement, lead, rest, cost].filter((part) => part !== '').join(' '));
}

function numbersText({ columns, rows }: NumberTable): string {
  if (columns.length > 0) {
    return grid(
      ['', ...columns].map((title, i) => ({ title, align: i === 0 ? 'start' : 'end' })),
      rows.map(({ name, numbers }) => [
        markdownText(name),
        ...numbers.map((number) => cellText({ kind: 'number', number })),
      ]),
    );
  }
  return grid(
    [
      { title: '', align: 'start' },
      { title: 'Number', align: 'end' },
      { title: '90 % interval', align: 'end' },
      { title: 'n', align: 'end' },
    ],
    rows.flatMap(({ name, numbers }) =>
      numbers.map((number) => [
        markdownText(name),
        markdownText(stated(number)),
        number.kind === 'value' ? interval(number) || 'exact' : '',
        number.kind === 'value' ? rounded(number.n) : '',
      ]),
    ),
  );
}

function argumentText({
  statement,
  decided,
  cost,
  items,
  options,
  accepting,
  standing,
  numbers,
}: Argument): string {
  const lines = [
    `### ${markdownText(statement)}`,
    decided === undefined ? '' : `**${markdownText(decided.lead)}** ${markdownText(decided.rest)}`,
    markdownText(cost),
    items.length > 0 ? list(items.map(wordsText)) : '',
    options.length > 0 ? `What could be done:\n\n${list(options.map(optionText))}` : '',
    `**Accepting it means:** ${markdownText(accepting)}`,
    wordsText(standing),
    numbersText(numbers),
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}

function optionText({ action, worth, terms }: ToldOption): string {
  const beside = worth === undefined ? '' : ` **${markdownText(worth)}**`;
  return `${markdownText(action)}${beside} ${markdownText(terms)}`;
}

function tableText(table: Table): string {
  const { title, columns, rows, shown, rowsAre } = table;
  if (rows.length === 0) return '';
  const rest = rows.length - shown;
  const more =
    rest > 0 ? `${rounded(rest)} ${shown > 0 ? 'more ' : ''}${rowsAre}: see the page or the JSON.` : '';
  if (shown === 0) return more;
  const shownRows = rows.slice(0, shown).map((row) => row.map(cellText));
  return [`### ${markdownText(title)}`, grid(columns, shownRows), more]
    .filter((part) => part !== '')
    .join('\n\n');
}

function grid(columns: Table['columns'], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => markdownText(title))),
    line(columns.map(({ align }) => (align === 'end' ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
}

function cellText(cell: Cell): string {
  if (isWords(cell)) return wordsText(cell);
  if (cell.kind === 'bar') return rounded(cell.count);
  const { number } = cell;
  if (number.kind === 'insufficient') return markdownText(stated(number));
  return markdownText(`${stated(number)} (${interval(number) || 'exact'}, n ${rounded(number.n)})`);
}

function wordsText(words: Words): string {
  return words
    .map((piece) => {
      if (typeof piece === 'string') return markdownText(piece);
      return piece.kind === 'day' ? longDay(piece.day) : markdownLink(piece.text, piece.url);
    })
    .join('');
}

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

function numberTables(block: Block): readonly NumberTable[] {
  if (block.kind === 'argument') return [block.numbers];
  if (block.kind === 'fold') return block.blocks.flatMap(numberTables);
  return block.kind === 'numbers' ? [block] : [];
}

/** Numbers that were counted alike share a line. */
function countedList(sections: readonly Section[]): string {
  const counted = sections
    .flatMap(({ blocks }) => blocks.flatMap(numberTables))
    .flatMap(({ rows, columns }) =>
      rows.flatMap(({ name, numbers }) =>
        numbers.map((number, i) => ({
          name: columns[i] === undefined ? name : `${name} (${columns[i].toLowerCase()})`,
          how: howCounted(number),
        })),
      ),
    );
  const groups = [...Map.groupBy(counted, ({ how }) => how)];
  return list(
    groups.map(([how, some]) =>
      markdownText(`${sentenceCase(some.map(({ name }) => name).join('; '))}: ${how}`),
    ),
  );
}
