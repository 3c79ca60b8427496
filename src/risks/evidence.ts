import type { Confidence, Measurement } from '#domain/measurement.ts';
import type { ItemRef } from '#metrics/item-ref.ts';
import type { Evidence, Trust } from './risk.ts';

/** As many items as anybody reads. The number they stand under counts all of them. */
const SHOWN = 10;

/** An item as evidence: nothing of it but what people call it and where to open it. */
export function refWhy({ key, title, url }: ItemRef, why: string): Evidence['items'][number] {
  return { key, title, url, why };
}

/** A number under its name in the report, with the items that speak for it, worst first: the first ten are kept. */
export function evidenceOf(
  metric: string,
  number: Measurement,
  items: readonly Evidence['items'][number][] = [],
): Evidence {
  return { metric, number, items: items.slice(0, SHOWN) };
}

/**
 * How far a risk's numbers can be trusted: as far as the weakest of those it rests on, and a step less for each doubt.
 *
 * @example trustIn({}, ['the dates were set by a template']) // => { level: 'medium', reasons: ['the dates were set by a template'] }
 */
export function trustIn(
  numbers: Readonly<Record<string, Measurement>>,
  doubts: readonly string[] = [],
): Trust {
  const weak = Object.entries(numbers).flatMap(([name, number]) =>
    number.kind === 'value' && number.confidence !== 'high' ? [{ name, level: number.confidence }] : [],
  );
  const lowest = weak.some(({ level }) => level === 'low') ? 2 : Math.min(1, weak.length);
  return {
    level: LADDER[Math.min(2, lowest + doubts.length)] ?? 'low',
    reasons: [...weak.map(({ name, level }) => `${name} has ${level} confidence`), ...doubts],
  };
}

const LADDER: readonly Confidence[] = ['high', 'medium', 'low'];
