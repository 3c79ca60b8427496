import { readFileSync } from 'node:fs';
import { sharedPath } from '#tests/support/shared.ts';

const path = sharedPath('data/golden/metrics.json');

export const hasGolden = path !== undefined;

/** One worked example of the reference file. */
export function golden<Id extends keyof Examples>(id: Id): Examples[Id] & { readonly tol: number } {
  const all: readonly { readonly id: string }[] =
    path === undefined ? [] : JSON.parse(readFileSync(path, 'utf8'));
  const found = all.find((example) => example.id === id);
  if (found === undefined) throw new Error(`the reference file has no example ${id}`);
  return found as unknown as Examples[Id] & { readonly tol: number };
}

/** Whether numbers agree as far as the reference file promises. */
export function near(
  actual: readonly (number | undefined)[],
  expected: readonly number[],
  tolerance: number,
): boolean {
  return (
    actual.length === expected.length &&
    actual.every(
      (value, at) => Math.abs((value ?? Number.NaN) - (expected[at] ?? Number.NaN)) <= tolerance + 1e-12,
    )
  );
}

export interface Durations {
  readonly d?: readonly number[];
  readonly entry?: readonly number[];
  readonly exit?: readonly number[];
  readonly event: readonly (0 | 1)[];
}

interface Example<Input, Expected> {
  readonly input: Input;
  readonly expected: Expected;
}
type Pair = readonly [number, number];
type Share = Example<
  { readonly k: number; readonly n: number },
  { readonly lo: number; readonly hi: number }
>;
type Misses = Example<
  { readonly miss: number; readonly n: number; readonly slo: number },
  { readonly pOverBudget: number; readonly burn: number }
>;
type Incidents = Example<
  { readonly N: number; readonly W: number },
  { readonly garwood95: Pair; readonly pGe1?: number; readonly pGe2: number }
>;
type Curve = Example<
  Durations,
  {
    readonly curve: readonly (readonly [number, number, number, number])[];
    readonly median?: number | null;
    readonly p85?: number;
  }
>;
type Effort = Example<
  { readonly effort: readonly number[] },
  { readonly hhi: number; readonly neff: number; readonly expH: number }
>;
type Limits = Example<
  { readonly x: readonly number[] },
  {
    readonly mean: number;
    readonly mr: number;
    readonly unpl: number;
    readonly lnpl: number;
    readonly url: number;
  }
>;
type Alarm = Example<
  { readonly B: number; readonly W: number; readonly phi: number; readonly k: readonly number[] },
  { readonly m: number; readonly V: number; readonly cdf: readonly number[] }
>;
type Cycles = Example<
  { readonly done: readonly number[]; readonly committed: readonly number[] },
  {
    readonly pooled: number;
    readonly jeffreys: Pair;
    readonly clusterMean: number;
    readonly se: number;
    readonly t: Pair;
    readonly report: 't' | 'jeffreys';
  }
>;
type Quantiles = Example<
  { readonly x: readonly number[]; readonly P: readonly number[] },
  { readonly qUpper: readonly number[]; readonly insufficient?: readonly boolean[] }
>;

/** What each example used here looks like. */
interface Examples {
  'WX-Q-1': Quantiles;
  'WX-Q-2': Quantiles;
  'WX-Q-3': Example<
    { readonly n: readonly number[]; readonly p: number },
    { readonly ranks: readonly Pair[] }
  >;
  'WX-Q-4': Example<
    { readonly n: number; readonly P: readonly number[] },
    { readonly rank: readonly number[] }
  >;
  'WX-Q-5': Example<
    { readonly p: readonly number[]; readonly conf: number },
    { readonly minN: readonly number[] }
  >;
  'WX-A3': Example<{ readonly dwell: readonly number[] }, { readonly p85: number }>;
  'WX-P-1': Share;
  'WX-P-2': Share;
  'WX-G1': Share;
  'WX-F5': Share;
  'WX-C8-long4of12': Misses;
  'WX-C8-short2of3': Misses;
  'WX-C8-short0of3': Misses;
  'WX-C8-long1of12': Misses;
  'WX-C7d': Example<{ readonly k: number; readonly n: number }, { readonly cp95: Pair }>;
  'WX-C4a': Cycles;
  'WX-C4b': Cycles;
  'WX-R-1': Example<
    { readonly weekly: readonly number[] },
    {
      readonly mean: number;
      readonly s2: number;
      readonly phi: number;
      readonly cv: number;
      readonly jeffreys: Pair;
      readonly inflated: Pair;
    }
  >;
  'WX-R-2': Incidents;
  'WX-R-3': Incidents;
  'WX-F2': Example<
    { readonly changes: number; readonly itemWeeks: number },
    { readonly lo: number; readonly hi: number }
  >;
  'WX-KM-1': Curve;
  'WX-KM-2': Curve;
  'WX-KM-3': Curve;
  'WX-F4': Example<
    { readonly leadership: Durations; readonly team: Durations },
    { readonly leadershipMedian: number; readonly teamMedian: number }
  >;
  'WX-B1a': Effort;
  'WX-B1b': Effort;
  'WX-B1c': Effort;
  'WX-B1d': Effort;
  'WX-B2': Effort;
  'WX-D4b': Example<
    { readonly FA: readonly (0 | 1)[]; readonly DL: readonly number[]; readonly AC: readonly number[] },
    { readonly doa: readonly number[] }
  >;
  'WX-C3a': Limits;
  'WX-C3b': Limits;
  'WX-C3c': Alarm;
  'WX-C3d': Alarm;
}
