/** The median, and in brackets the least and the most. */
export function spread(values: readonly number[], digits: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => figure(sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN, digits);
  return `${at(0.5)} (${at(0)}–${at(1)})`;
}

export function figure(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Rows under the names of their cells, in columns. */
export function table(rows: readonly Readonly<Record<string, string>>[]): string {
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
  const width = (column: number) => Math.max(...lines.map((line) => line[column]?.length ?? 0));
  return lines.map((line) => line.map((cell, i) => cell.padStart(width(i))).join('  ')).join('\n');
}
