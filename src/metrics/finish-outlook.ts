import { ascending, bisectLeft, bisectRight, max } from 'd3-array';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import { cumulativeIncidence, type IncidenceCurve, incidenceSince } from '#statistics/competing-risks.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { minimumSample } from '#statistics/quantiles.ts';
import { defaultGuard } from '#statistics/risk-set.ts';
import { incidenceAtSimilarAges } from '#statistics/similar-ages.ts';
import type { FlowSample } from './flow-sample.ts';
import { provenance } from './percentiles.ts';

/** What the team's own past says of an item that has been under way for some days. */
export interface Outlook {
  readonly finishWithin14Days: Measurement;
  /** Older than 85 % of items ever get; undefined when the past is too short to tell. */
  readonly agedOut: boolean | undefined;
}

const HORIZON = 14;
const AGED_OUT = 0.15;

/**
 * The outlook of an item by its age in days. The probability is that of items which had reached this age and were
 * watched for 14 days more, so an old item is compared with old items only. Where too few were, it is the rate at
 * which items of half to twice the age finished; `method` says which of the two.
 */
export function finishOutlook(sample: FlowSample): (age: number) => Outlook {
  const finished = sample.finished.length;
  const curve = cumulativeIncidence(sample.spells);
  const exits = sample.spells.map((spell) => spell.exit).toSorted(ascending);
  const longest = max(sample.finished, (spell) => spell.exit);
  return (age) => ({
    finishWithin14Days:
      finished < minimumSample(50)
        ? insufficient(finished, minimumSample(50), 'finished items with a recorded start')
        : curve.kind === 'insufficient'
          ? insufficient(curve.have, curve.need, curve.what)
          : finishWithin(sample, curve, exits, age),
    agedOut:
      finished < minimumSample(85) || curve.kind === 'insufficient' || longest === undefined
        ? undefined
        : agedOut(curve, longest, age),
  });
}

function finishWithin(
  sample: FlowSample,
  curve: IncidenceCurve,
  exits: readonly number[],
  age: number,
): Measurement {
  const until = age + HORIZON;
  const older = exits.length - bisectRight(exits, age);
  if (until > curve.supportedUntil) {
    const similar = incidenceAtSimilarAges(sample.spells, age, HORIZON);
    if (similar !== undefined) {
      const { n, incidence, interval90 } = similar;
      return {
        kind: 'value',
        value: incidence,
        unit: 'probability',
        interval90: [interval90.lower, interval90.upper],
        ...provenance(sample, n, minimumSample(50)),
        confidence: 'low',
        method: 'rate_at_similar_ages',
      };
    }
    // Some may join late again beyond the place where the curve stopped; they cannot mend it.
    const have = Math.min(exits.length - bisectLeft(exits, until), defaultGuard.along - 1);
    return insufficient(have, defaultGuard.along, `items watched until day ${Math.ceil(until)}`);
  }
  const { incidence: value, interval90 } = incidenceSince(curve, age, until) ?? {
    incidence: 0,
    interval90: undefined,
  };
  return {
    kind: 'value',
    value,
    unit: 'probability',
    interval90: interval90 ? [interval90.lower, interval90.upper] : endsOf(sample, value, age, until),
    ...provenance(sample, older, minimumSample(50)),
    method: sample.method,
  };
}

/** The curve has no error where nobody finished, but those watched all the while bound what may have been missed. */
function endsOf(
  sample: FlowSample,
  value: number,
  age: number,
  until: number,
): readonly [number | null, number | null] {
  if (value !== 0) return [null, value === 1 ? 1 : null];
  const throughout = sample.spells.filter(({ entry, exit }) => entry <= age && exit >= until).length;
  return [0, throughout === 0 ? null : jeffreysProportion(0, throughout).upper];
}

function agedOut(curve: IncidenceCurve, longest: number, age: number): boolean | undefined {
  const survival = curve.steps.findLast((step) => step.time <= age)?.survival ?? 1;
  // A share such as 3 of 20 may come out a few ulps above .15.
  if (survival <= AGED_OUT + 1e-9) return true;
  if (age <= curve.supportedUntil) return false;
  return age > longest ? true : undefined;
}
