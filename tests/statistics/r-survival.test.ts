import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cumulativeIncidence } from '#statistics/competing-risks.ts';
import { noGuard } from '#statistics/risk-set.ts';
import { kaplanMeier } from '#statistics/survival.ts';

type Row = readonly (number | null)[];

/** Made by r-survival.R, which stands beside it and says what the columns are. */
const file: {
  readonly samples: readonly {
    readonly spells: readonly (readonly [entry: number, exit: number, outcome: 0 | 1 | 2])[];
    readonly survival: readonly Row[];
    readonly incidence: readonly (readonly [time: number, incidence: number])[];
  }[];
} = JSON.parse(readFileSync(new URL('r-survival.json', import.meta.url), 'utf8'));

const OUTCOMES = ['censored', 'event', 'competing'] as const;
const close = (value: number | null) => (value === null ? undefined : expect.closeTo(value, 10));

describe("R's package survival, on left-truncated samples", () => {
  test('has at least 200 of them', () => {
    expect(file.samples.length).toBeGreaterThanOrEqual(200);
  });

  test('gives the same curve, standard errors and intervals', () => {
    for (const { spells, survival } of file.samples) {
      const curve = kaplanMeier(
        spells.map(([entry, exit, outcome]) => ({ entry, exit, event: outcome === 1 })),
        noGuard,
      );
      const steps = curve.kind === 'curve' ? curve.steps : [];
      expect(
        steps.map((step) => [
          step.time,
          step.atRisk,
          step.events,
          step.survival,
          step.standardError,
          step.interval90?.lower,
          step.interval90?.upper,
        ]),
      ).toEqual(survival.map((row) => row.map(close)));
    }
  });

  test('gives the same incidence beside a competing ending', () => {
    for (const { spells, incidence } of file.samples) {
      const curve = cumulativeIncidence(
        spells.map(([entry, exit, outcome]) => ({ entry, exit, outcome: OUTCOMES[outcome] })),
        noGuard,
      );
      const steps = curve.kind === 'curve' ? curve.steps : [];
      const at = (time: number) => steps.findLast((step) => step.time <= time)?.incidence ?? 0;
      expect(incidence.map(([time]) => at(time))).toEqual(incidence.map(([, share]) => close(share)));
    }
  });
});
