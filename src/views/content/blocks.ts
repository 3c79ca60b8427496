import type { CalendarDay } from '#domain/calendar.ts';
import type { Measurement } from '#domain/measurement.ts';
import type { ItemRef } from '#metrics/item-ref.ts';
import { stated } from '#report/words.ts';

/**
 * What a report says, before anybody decides how it looks. Every format is made from these, so that a sentence or a
 * number is the same in all of them and hostile text is made harmless once per format.
 */
export interface Section {
  /** Names the section in addresses: `#flow`. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block = Paragraph | List | NumberTable | Table | Argument | Fold;

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly words: Words;
}

export interface List {
  readonly kind: 'list';
  readonly title: string;
  readonly items: readonly Words[];
}

/** A risk: what is so, what it costs, what speaks for it, what could be done, and what leaving it means. */
export interface Argument {
  readonly kind: 'argument';
  /** Names it in addresses. */
  readonly id: string;
  readonly statement: string;
  /** How it stands after what was decided about it. */
  readonly decided?: { readonly lead: string; readonly rest: string };
  readonly cost: string;
  /** The goal's chance now, and from the least to the most that relief would make of it. */
  readonly chance?: { readonly now: number; readonly relieved: readonly [number, number] };
  /** The strongest items first. */
  readonly items: readonly Words[];
  readonly options: readonly ToldOption[];
  readonly accepting: string;
  /** How sure it is, since when it stands, whose move it is. */
  readonly standing: Words;
  readonly numbers: NumberTable;
}

/** What could be done: what it would be worth stands beside it, under what it takes for granted and who decides. */
export interface ToldOption {
  readonly action: string;
  readonly worth?: string;
  readonly terms: string;
}

/** What most readers can do without, behind its title. */
export interface Fold {
  readonly kind: 'fold';
  readonly title: string;
  readonly blocks: readonly Argument[];
}

/** Numbers with everything that belongs to them: unit, interval, n, how they were counted. */
export interface NumberTable {
  readonly kind: 'numbers';
  readonly title: string;
  /** One title for each number of a row; none when every row holds a single number that needs no other name. */
  readonly columns: readonly string[];
  readonly rows: readonly NumberRow[];
}

export interface NumberRow {
  readonly name: string;
  readonly numbers: readonly Measurement[];
}

export interface Table {
  readonly kind: 'table';
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** So many rows are enough for most readers; the rest is folded away. */
  readonly shown: number;
  /** What a row is, in the plural. */
  readonly rowsAre: string;
}

export interface Column {
  readonly title: string;
  readonly align: 'start' | 'end';
}

export type Cell = Words | { readonly kind: 'number'; readonly number: Measurement } | Bar;

/** A count drawn as a length beside its figure. */
export interface Bar {
  readonly kind: 'bar';
  readonly count: number;
  /** The count that fills the whole length. */
  readonly full: number;
}

export type Words = readonly Piece[];
export type Piece = string | Link | Day;

export interface Link {
  readonly kind: 'link';
  readonly text: string;
  readonly url: string;
}

export interface Day {
  readonly kind: 'day';
  readonly day: CalendarDay;
}

export const paragraph = (...words: Words): Paragraph => ({ kind: 'paragraph', words });

export const day = (on: CalendarDay): Day => ({ kind: 'day', day: on });

export const start = (title: string): Column => ({ title, align: 'start' });
export const end = (title: string): Column => ({ title, align: 'end' });

export function numbers(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly [name: string, ...numbers: readonly Measurement[]])[],
): NumberTable {
  return { kind: 'numbers', title, columns, rows: rows.map(([name, ...some]) => ({ name, numbers: some })) };
}

/** Several numbers that lack the same data say so once: the others add nothing for a reader. */
export function numbersTold(
  title: string,
  rows: readonly (readonly [name: string, number: Measurement])[],
): NumberTable {
  const said = new Set<string>();
  const adds = (number: Measurement) => {
    if (number.kind === 'value') return true;
    const why = stated(number);
    const isNew = !said.has(why);
    said.add(why);
    return isNew;
  };
  return numbers(
    title,
    [],
    rows.filter(([, number]) => adds(number)),
  );
}

/** An item as people look for it: its key, which opens it, and its title. */
export function itemWords({ key, title, url }: ItemRef): Words {
  return [{ kind: 'link', text: key, url }, ` ${title}`];
}

export function isWords(cell: Cell): cell is Words {
  return Array.isArray(cell);
}
