import { expect, test } from 'vitest';
import { assessRisks } from '#risks/assess.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import type { Detector } from '#risks/signal.ts';
import { acceptance, toldRisk } from '#risks/told-risk.ts';
import { decision } from '#tests/builders/decision.ts';
import { day, epicWith, goal } from '#tests/builders/goal.ts';
import { supportSignal } from '#tests/builders/signal.ts';
import { team, view } from '#tests/builders/team.ts';

const slow: Detector = () => [
  supportSignal({ relief: { kind: 'pace', ratio: [1.5, 2] }, cost: { fte: [1.6, 2.4] } }),
];
const lookout = { detectors: [slow], goalAhead };
const ahead = (due?: string) =>
  view(team(due === undefined ? {} : { goals: [goal(due)] }), '2025-11-30', epicWith('PAY-1', { open: 20 }));

test('what is kept of a risk are the numbers that its report tells, with the goal’s chance and date', () => {
  const seen = ahead('2026-02-08');
  const [risk] = assessRisks(seen, lookout).risks;
  if (risk === undefined) throw new RangeError('it is raised');
  const kept = toldRisk(seen, risk);
  const { impact, statement, acceptMeans } = risk;
  expect(kept).toEqual({
    day: '2025-11-30',
    statement,
    acceptMeans,
    goal: { chance: impact.probability?.now, due: '2026-02-08' },
    dP: impact.dP,
    ...(impact.weeks === undefined ? {} : { weeks: impact.weeks }),
  });
  const percent = Math.round(100 * (impact.probability?.now ?? 0));
  expect(acceptance(kept)).toBe(`We accept ${percent} % for 8 February 2026.`);
  // What was accepted a moment ago did not grow since.
  const accepted = decision({ told: kept, until: day('2026-02-08'), recordedAt: seen.asOf - 1 });
  expect(assessRisks(seen, lookout, [accepted]).risks[0]?.status).toBe('accepted');
});

test('without a goal there is no chance to keep, and what is accepted is what it goes on costing', () => {
  const seen = ahead();
  const [risk] = assessRisks(seen, lookout).risks;
  if (risk === undefined) throw new RangeError('it is raised');
  const kept = toldRisk(seen, risk);
  expect(Object.keys(kept)).toEqual(['day', 'statement', 'acceptMeans']);
  expect(acceptance(kept)).toBe('We accept that it goes on taking 1.6 to 2.4 people.');
});
