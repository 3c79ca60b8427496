import { readFileSync } from 'node:fs';
import { sharedPath } from '#tests/support/shared.ts';

const path = sharedPath('data/golden/metrics.json');

export const hasExamples = path !== undefined;

/** A worked example of the reference file. */
export function worked<Id extends keyof Examples>(id: Id): Examples[Id] {
  const all: readonly { readonly id: string }[] =
    path === undefined ? [] : JSON.parse(readFileSync(path, 'utf8'));
  const found = all.find((example) => example.id === id);
  if (found === undefined) throw new Error(`the reference file has no example ${id}`);
  return found as unknown as Examples[Id];
}

interface Example<Input, Expected> {
  readonly input: Readonly<Input>;
  readonly expected: Readonly<Expected>;
}

/** What each example used here looks like. */
interface Examples {
  'WX-FC-1': Example<Record<'r28' | 'r84' | 'r182' | 'H', number>, { b: number }>;
  'WX-FC-2': Example<
    Record<'b' | 'phi' | 'H', number>,
    Record<'s' | 'atLeast85' | 'atLeast50' | 'atLeast95' | 'atMost95', number>
  >;
  'WX-FC-3': Example<Record<'b' | 'phi' | 'H' | 'N', number>, { P: number }>;
  'WX-FC-4': Example<
    { history: readonly number[]; weeks: number; N: number; scale: readonly number[] },
    { P: readonly number[] }
  >;
  'WX-FC-5': Example<
    { history: readonly number[]; items: number; weeks: readonly number[] },
    { P: readonly number[] }
  >;
  'WX-CF-1': Example<
    { b: readonly number[]; phi: number; H: number; N: number },
    Record<'eta1' | 'eta.5', { readonly P: number }>
  >;
  'WX-C7a': Example<{ p: readonly number[]; y: readonly (0 | 1)[] }, Record<'brier' | 'logloss', number>>;
  'WX-C7b': Example<{ ens: readonly number[]; y: number }, Record<'crps' | 'fair', number>>;
  'WX-C7d': Example<{ k: number; n: number }, { cp95: readonly number[] }>;
  'WX-C7c': Example<{ tau: number; q: number; y: readonly number[] }, { pinball: readonly number[] }>;
}
