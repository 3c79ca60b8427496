import type { Risk } from '#risks/risk.ts';

/**
 * A part of a document with every number in it told with low confidence.
 * @example withLowConfidence({ people: { kind: 'value', value: 5, confidence: 'high' }, note: 'counts only' })
 *   // => { people: { kind: 'value', value: 5, confidence: 'low' }, note: 'counts only' }
 */
export function withLowConfidence<Part>(part: Part): Part {
  // The shape stays as it is: only the word that says how sure a number is becomes another of its kind.
  return lowered(part) as Part;
}

function lowered(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(lowered);
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).map(([key, value]) => [key, lowered(value)] as const);
  const isNumber = 'kind' in part && part.kind === 'value' && 'confidence' in part;
  return Object.fromEntries(isNumber ? [...entries, ['confidence', 'low'] as const] : entries);
}

/** The same of a risk: its numbers, and how far they can be trusted, saying why. */
export function doubtedRisk(risk: Risk): Risk {
  const { level: _, reasons } = risk.confidence;
  return {
    ...withLowConfidence(risk),
    confidence: { level: 'low', reasons: [...reasons, 'a source was not read up to this day'] },
  };
}
