import { sentenceCase } from '#report/words.ts';
import { end, start, type Table, type Words } from './blocks.ts';

/** What a source has cost and what its tracker lets it use, as the API tells it; instants are ISO 8601. */
export interface SourceLimits {
  readonly allowances: readonly {
    readonly resource: string;
    readonly limit: number;
    readonly remaining: number;
    readonly resetsAt: string;
    readonly announced: boolean;
  }[];
  readonly spent: readonly { readonly resource: string; readonly amount: number; readonly since: string }[];
  readonly pauses: readonly { readonly endpoint?: string | undefined; readonly until: string }[];
}

/** A row for everything that is counted or limited; undefined when nothing is yet. */
export function limitsTable(
  { allowances, spent }: SourceLimits,
  momentWords: (at: string) => string,
): Table | undefined {
  const resources = [...new Set([...spent, ...allowances].map(({ resource }) => resource))].toSorted();
  if (resources.length === 0) return undefined;
  const rows = resources.map((resource): readonly Words[] => {
    const used = spent.find((one) => one.resource === resource);
    const left = allowances.find((one) => one.resource === resource);
    const isCounted = used !== undefined && used.amount > 0;
    return [
      [`${sentenceCase(resource)}${left?.announced === true ? ', not enforced yet' : ''}`],
      [isCounted ? count(used.amount) : 'not counted'],
      [isCounted ? momentWords(used.since) : '–'],
      [left === undefined ? 'not told' : `${count(left.remaining)} of ${count(left.limit)}`],
      [left === undefined ? '–' : momentWords(left.resetsAt)],
    ];
  });
  return {
    kind: 'table',
    title: 'What it has cost, and what is left of its limits',
    columns: [start('Of'), end('Used'), start('Since'), end('Left'), start('Whole again')],
    rows,
    shown: rows.length,
    rowsAre: 'limits',
  };
}

const count = (n: number): string => n.toLocaleString('en-US', { maximumFractionDigits: 0 });
