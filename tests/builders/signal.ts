import type { Signal } from '#risks/signal.ts';

/** What a detector saw: support that takes two of five people, unless told otherwise. */
export function supportSignal(more: Partial<Signal> = {}): Signal {
  return {
    kind: 'support_load',
    statement: 'Customer support takes 2 of 5 people.',
    evidence: [],
    probabilityReal: 0.99,
    confidence: { level: 'high', reasons: [] },
    owner: 'leadership',
    options: [],
    ...more,
  };
}
