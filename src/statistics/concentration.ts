import { sum } from 'd3-array';

/** Over how many parts an amount is spread. */
export interface Concentration {
  /** Herfindahl-Hirschman index: the sum of squared shares, 1 when everything is in one part. */
  readonly herfindahl: number;
  /** 1 / herfindahl: as many equal parts would be as concentrated. Crumbs hardly count. */
  readonly effective: number;
  /** exp(Shannon entropy): as `effective`, but crumbs count for more. */
  readonly entropyEffective: number;
}

/**
 * Over how many things effort is really spread.
 *
 * Hill numbers of order 2 and 1 of the shares. Parts of size 0 are left out. undefined when there is nothing to share.
 *
 * @example concentration([10, 10, 5, 5]) // => { herfindahl: 0.2778, effective: 3.6, entropyEffective: 3.78 }
 * @example concentration([30]) // => { herfindahl: 1, effective: 1, entropyEffective: 1 }
 */
export function concentration(amounts: readonly number[]): Concentration | undefined {
  if (!amounts.every((amount) => amount >= 0)) throw new RangeError('An amount of effort cannot be below 0.');
  const total = sum(amounts);
  if (total === 0) return undefined;
  const shares = amounts.filter((amount) => amount > 0).map((amount) => amount / total);
  const herfindahl = sum(shares, (share) => share ** 2);
  return {
    herfindahl,
    effective: 1 / herfindahl,
    entropyEffective: Math.exp(-sum(shares, (share) => share * Math.log(share))),
  };
}
