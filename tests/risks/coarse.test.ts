import { expect, test } from 'vitest';
import { assessRisks } from '#risks/assess.ts';
import { coarse } from '#risks/coarse.ts';
import type { Signal } from '#risks/signal.ts';
import { supportSignal } from '#tests/builders/signal.ts';
import { team, view } from '#tests/builders/team.ts';
import { held, support } from './worked-support.ts';

const relieved: Partial<Signal> = {
  relief: support,
  cost: { fte: [2, 2] },
  options: [
    { action: 'Staff it.', assumption: 'Somebody can.', whoDecides: 'leadership', relief: () => support },
  ],
};
const assessed = (...signals: readonly Signal[]) =>
  assessRisks(view(team(), '2026-01-23', []), {
    detectors: signals.map((signal) => () => [signal]),
    goalAhead: () => held,
  });
const rounded = (range: readonly number[] | undefined) => range?.map((one) => Math.round(one * 1000) / 1000);

// WX-CF-1: .307, relieved .516 to .727, 2.3 to 4.1 weeks earlier.
test('what relief of one person’s time is worth is told in five points of chance and whole weeks, outward', () => {
  const [risk] = assessed(supportSignal({ ...relieved, ofTooFew: true })).risks;
  expect(risk?.impact).not.toHaveProperty('fte');
  expect(rounded(risk?.impact.probability?.relieved)).toEqual([0.5, 0.75]);
  expect(rounded(risk?.impact.dP)).toEqual([0.193, 0.443]);
  expect(rounded(risk?.impact.weeks)).toEqual([2, 5]);
  expect(rounded(risk?.options[0]?.dP)).toEqual([0.193, 0.443]);
});

test('of more than two it is told as it is', () => {
  const [risk] = assessed(supportSignal(relieved)).risks;
  expect(rounded(risk?.impact.probability?.relieved)).toEqual([0.516, 0.727]);
  expect(risk?.impact.fte).toEqual([2, 2]);
});

test('beside others it is no part that could be taken from the whole', () => {
  const other = supportSignal({
    ...relieved,
    kind: 'incidents',
    relief: { kind: 'pace', ratio: [1.2, 1.3] },
  });
  const told = assessed(supportSignal(relieved), other).together;
  const hidden = assessed(supportSignal({ ...relieved, ofTooFew: true }), other).together;
  expect(told?.attribution).toHaveLength(2);
  expect(hidden?.attribution).toBeUndefined();
  expect(rounded(hidden?.probability?.relieved)?.map((one) => (one * 20) % 1)).toEqual([0, 0]);
});

test('no step makes a loss of what gains little', () => {
  const told = coarse({ probability: { now: 0.41, relieved: [0.42, 0.44] }, dP: [0.01, 0.03] });
  expect(rounded(told.probability?.relieved)).toEqual([0.41, 0.45]);
  expect(rounded(told.dP)).toEqual([0, 0.04]);
});
