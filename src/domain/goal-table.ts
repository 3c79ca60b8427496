import { type Announced, type Label, labelOfCell } from './goal-words.ts';

/** What a row of a table announces; undefined: it belongs to what stands above. */
export type TableReader = (line: string) => readonly Announced[] | undefined;

/**
 * How the rows of a table are read, as its first row tells: labels in a head of its own, or at the sides. Under a label
 * for metrics a table is the metric.
 *
 * @example tableReader('| Problem | Owner |')('| they leave | @x |')
 *   // => [{ label: 'problem', said: 'they leave' }, { label: 'owner', said: '@x' }]
 */
export function tableReader(first: string, above?: Label): TableReader {
  if (above === 'metric' || above === 'goals') return () => undefined;
  const head = cellsOf(first).map(labelOfCell);
  const isHead = head.filter((label) => label !== undefined).length > 1;
  return (line) => {
    if (/^[\s|:-]+$/.test(line) || (isHead && line === first)) return [];
    const cells = cellsOf(line);
    if (isHead)
      return head.flatMap((label, i) => (label === undefined ? [] : [{ label, said: cells[i] ?? '' }]));
    const label = labelOfCell(cells[0] ?? '');
    if (label !== undefined && cells.length > 1) return [{ label, said: cells.slice(1).join(' ') }];
    return above === undefined ? [] : undefined;
  };
}

function cellsOf(line: string): readonly string[] {
  return line
    .replace(/^\s*\||\|\s*$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}
